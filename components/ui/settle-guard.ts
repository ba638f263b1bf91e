// The settle guard: a card that has moved, has another height, or now stands where another card was takes no tap for
// 400 ms, so that nothing jumps under a finger. The card is covered instead of ignoring its taps, so that a browser
// test waits as a person would. One cover serves all cards and is clipped to those that rest. A box for each card, or
// `pointer-events: none`, which every element inside inherits, costs a slow tablet 25 ms of styles and layout each
// time. Keyboard input is not blocked.

export const SETTLE_MS = 400;
/** The duration of `glides` in globals.css. */
export const GLIDE_MS = 120;

/** The attribute of the cover. */
export const COVER = 'data-cover';

export interface Corner {
  readonly left: number;
  readonly top: number;
}

export interface Box extends Corner {
  readonly width: number;
  readonly height: number;
}

const corner: Corner = { left: 0, top: 0 };

interface Rest {
  /** The former box, if the card can be seen gliding from there. */
  readonly from: Box | null;
  readonly since: number;
}

/** The keys of the boxes with another place than before, or with a place that was another box's. */
export function movedKeys(before: ReadonlyMap<string, Box>, after: ReadonlyMap<string, Box>): string[] {
  const moved: string[] = [];
  for (const [key, box] of after) {
    const was = before.get(key);
    if (
      was
        ? was.left !== box.left || was.top !== box.top || was.height !== box.height
        : [...before.values()].some((other) => overlap(other, box))
    )
      moved.push(key);
  }
  return moved;
}

const overlap = (a: Box, b: Box) =>
  a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;

export class SettleGuard {
  #cover: HTMLElement | null = null;
  #boxes: ReadonlyMap<string, Box> = new Map();
  #origin = corner;
  readonly #resting = new Map<string, Rest>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** The cover's ref. The cover is hidden while nothing rests. */
  readonly cover = (element: HTMLElement | null): void => {
    element?.setAttribute(COVER, '');
    this.#cover = element;
    this.#draw();
  };

  /**
   * Takes the new boxes. Those that moved rest from now on.
   * @param options `glide`: boxes are seen moving to their place; `origin`: the cover's corner, in the same coordinates
   * as the boxes
   */
  settle(
    boxes: ReadonlyMap<string, Box>,
    { glide = false, origin = corner }: { glide?: boolean; origin?: Corner } = {},
  ): void {
    const since = performance.now();
    const moved = movedKeys(this.#boxes, boxes);
    for (const key of moved) this.#resting.set(key, { since, from: (glide && this.#boxes.get(key)) || null });
    this.#boxes = boxes;
    this.#origin = origin;
    if (moved.length || this.#resting.size) this.#draw();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#resting.clear();
  }

  #draw(): void {
    clearTimeout(this.#timer);
    const now = performance.now();
    let next = Infinity;
    let path = '';
    for (const [key, { from, since }] of this.#resting) {
      const box = this.#boxes.get(key);
      if (!box || now >= since + SETTLE_MS) {
        this.#resting.delete(key);
        continue;
      }
      const gliding = from && now < since + GLIDE_MS;
      path += outline(gliding ? from : box, box, this.#origin);
      next = Math.min(next, since + (gliding ? GLIDE_MS : SETTLE_MS));
    }
    if (this.#cover) {
      this.#cover.hidden = !path;
      if (path) this.#cover.style.clipPath = `path("${path}")`;
    }
    if (path) this.#timer = setTimeout(() => this.#draw(), next - now);
  }
}

/** The area that a box sweeps over on its way, as the path of its outline. */
export function outline(from: Box, to: Box, origin: Corner = corner): string {
  const [first, second] = from.left < to.left ? [from, to] : [to, from];
  const height = Math.max(from.height, to.height);
  const [left, right] = [first.left - origin.left, second.left - origin.left];
  const [a, b] = [left + first.width, right + second.width];
  const [top, below] = [first.top - origin.top, second.top - origin.top];
  // The corners at the path's sides depend on the direction: a box that moves down to the right is outlined by other
  // corners than one that moves up.
  return below >= top
    ? `M${left} ${top}H${a}L${b} ${below}V${below + height}H${right}L${left} ${top + height}Z`
    : `M${left} ${top}L${right} ${below}H${b}V${below + height}L${a} ${top + height}H${left}Z`;
}

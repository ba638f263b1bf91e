// Nothing jumps under a finger: what has moved, has another height, or now stands where something else was, takes no
// tap for 400 ms. It is covered rather than its taps ignored, so that whoever taps for a test waits, as a person would.
// One cover for all, clipped to what rests: a box for each card, or `pointer-events: none`, which all inside would
// inherit, costs a slow tablet 25 ms of styles and layout each time. The keyboard goes through.

export const SETTLE_MS = 400;
/** As long as `glides` in globals.css takes. */
export const GLIDE_MS = 120;

/** The cover has this attribute. */
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
  /** Where it was, as long as it may be seen on its way from there. */
  readonly from: Box | null;
  readonly since: number;
}

/** The keys of the boxes whose place now is another one than before, or was another's. */
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

  /** The element that covers all places, given as its ref. It is hidden while nothing rests. */
  readonly cover = (element: HTMLElement | null): void => {
    element?.setAttribute(COVER, '');
    this.#cover = element;
    this.#draw();
  };

  /**
   * Takes where the cards now are; those that moved rest.
   * @param options `glide`: they are seen on their way there; `origin`: where the cover's corner is, measured as the
   * boxes are
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

/** What a box sweeps over on its way, as the path of its outline. */
export function outline(from: Box, to: Box, origin: Corner = corner): string {
  const [first, second] = from.left < to.left ? [from, to] : [to, from];
  const height = Math.max(from.height, to.height);
  const [left, right] = [first.left - origin.left, second.left - origin.left];
  const [a, b] = [left + first.width, right + second.width];
  const [top, below] = [first.top - origin.top, second.top - origin.top];
  // The corners between which it passes: a box that goes down to the right is outlined by others than one that goes up.
  return below >= top
    ? `M${left} ${top}H${a}L${b} ${below}V${below + height}H${right}L${left} ${top + height}Z`
    : `M${left} ${top}L${right} ${below}H${b}V${below + height}L${a} ${top + height}H${left}Z`;
}

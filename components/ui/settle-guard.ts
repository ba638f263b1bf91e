// Nothing jumps under a finger: what has moved, has another height, or now stands where something else was, takes no tap for 400 ms. It
// is covered (`data-resting` in globals.css) rather than its taps ignored, so that whoever taps for a test waits, as a person would; and
// rather than `pointer-events: none`, which all inside would inherit: 25 ms of styles on a slow tablet. The keyboard goes through.

export const SETTLE_MS = 400;

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The keys of the boxes whose place now is another one than before, or was another's. */
export function movedKeys(before: ReadonlyMap<string, Box>, after: ReadonlyMap<string, Box>): string[] {
  const moved: string[] = [];
  for (const [key, box] of after) {
    const was = before.get(key);
    if (was ? was.left !== box.left || was.top !== box.top || was.height !== box.height : [...before.values()].some((other) => overlap(other, box))) moved.push(key);
  }
  return moved;
}

const overlap = (a: Box, b: Box) => a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;

export class SettleGuard {
  #last: ReadonlyMap<string, Box> = new Map();
  readonly #timers = new Map<HTMLElement, ReturnType<typeof setTimeout>>();

  /** Takes where the cards now are; those that moved rest. */
  settle(boxes: ReadonlyMap<string, Box>, elementOf: (key: string) => HTMLElement | undefined): void {
    const moved = movedKeys(this.#last, boxes);
    this.#last = boxes;
    for (const key of moved) {
      const element = elementOf(key);
      if (element) this.#rest(element);
    }
  }

  stop(): void {
    for (const [element, timer] of this.#timers) {
      clearTimeout(timer);
      delete element.dataset['resting'];
    }
    this.#timers.clear();
  }

  #rest(element: HTMLElement): void {
    clearTimeout(this.#timers.get(element));
    element.dataset['resting'] = '';
    const wake = () => {
      delete element.dataset['resting'];
      this.#timers.delete(element);
    };
    this.#timers.set(element, setTimeout(wake, SETTLE_MS));
  }
}

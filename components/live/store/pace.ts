// How often the screen is drawn anew for what the server sends: the next view is published when the last one is in the
// document. A device that draws in a frame draws each change; one that takes longer draws several at once, so that it
// always has time for a finger.

/** No device rests longer: one that is slower than this draws the newest all the same. */
const LONGEST_MS = 250;
/** At 60 Hz, and a little of the next: the frame of a change begins some time after it. */
const FRAME_MS = 20;

export class Pace {
  readonly #publish: (atOnce: boolean) => boolean;
  #drawing = false;
  #wanted = false;
  #rested = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param publish tells all components of the newest view; false where it says nothing new */
  constructor(publish: (atOnce: boolean) => boolean) {
    this.#publish = publish;
  }

  /** Publishes it now, for a person who waits, and all that waits with it. */
  now(): void {
    this.#go(true);
  }

  /** Publishes it once the document holds what was published before, and this device has rested from it. */
  soon(): void {
    this.#wanted = true;
    if (this.#drawing || this.#timer !== undefined) return;
    const wait = this.#rested - performance.now();
    if (wait <= 0) this.#go(false);
    else this.#timer = setTimeout(() => this.#go(false), wait);
  }

  /**
   * The document holds what was published last.
   * @param drawnInMs how long this device took lately from a change to the frame that shows it
   */
  drawn(drawnInMs: number): void {
    if (!this.#drawing) return;
    this.#drawing = false;
    this.#rested = performance.now() + restOf(drawnInMs);
    if (this.#wanted) this.soon();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#wanted = false;
  }

  #go(atOnce: boolean): void {
    this.stop();
    if (this.#publish(atOnce)) this.#drawing = true;
  }
}

/** A device that draws in a frame need not rest; one that takes longer leaves as much time free as it drew for. */
export const restOf = (drawnInMs: number): number => (drawnInMs <= FRAME_MS ? 0 : Math.min(LONGEST_MS, drawnInMs));

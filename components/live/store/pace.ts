// Decides when the next view is published: once the last one is in the document. A device that draws within a frame
// draws each change of the server's by itself. A slower device draws several changes at once, so that it always has time
// for a finger.

/** A device rests no longer than this between two views, however slow it is. */
const LONGEST_MS = 250;
/** A frame at 60 Hz and a part of the next one, because a change comes some time before its frame begins. */
const FRAME_MS = 20;

export class Pace {
  readonly #publish: (atOnce: boolean) => boolean;
  #drawing = false;
  #wanted = false;
  #rested = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param publish tells all components of the newest view. @returns whether the view has changed */
  constructor(publish: (atOnce: boolean) => boolean) {
    this.#publish = publish;
  }

  /** Publishes the newest view now, because a person waits for it. */
  now(): void {
    this.#go(true);
  }

  /** Publishes the newest view once the document holds the last one and the device has rested. */
  soon(): void {
    this.#wanted = true;
    if (this.#drawing || this.#timer !== undefined) return;
    const wait = this.#rested - performance.now();
    if (wait <= 0) this.#go(false);
    else this.#timer = setTimeout(() => this.#go(false), wait);
  }

  /**
   * The document holds the last view.
   * @param drawnInMs the usual time of this device from a change to the frame that shows it
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

/** A device that draws within a frame need not rest. A slower one rests for as long as it draws. */
export const restOf = (drawnInMs: number): number => (drawnInMs <= FRAME_MS ? 0 : Math.min(LONGEST_MS, drawnInMs));

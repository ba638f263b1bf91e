// The server's time, as well as this device can know it. A message's delay only ever makes the server look younger than
// it is, so the largest difference seen in the last minute is the best estimate. It counts from the monotonic clock:
// changing the device's date changes nothing.

const SAMPLES = 60;

export class ServerClock {
  readonly #monotonic: () => number;
  readonly #date: () => number;
  #samples: number[] = [];
  #offset: number | null = null;
  #guess: number | null = null;

  constructor(monotonic = () => performance.now(), date = () => Date.now()) {
    this.#monotonic = monotonic;
    this.#date = date;
  }

  /** Takes what the server's clock said in a message that has just arrived. */
  hear(serverTime: string): void {
    const at = Date.parse(serverTime);
    if (Number.isNaN(at)) return;
    this.#samples.push(at - this.#monotonic());
    if (this.#samples.length > SAMPLES) this.#samples.shift();
    this.#offset = Math.max(...this.#samples);
  }

  /**
   * Until the server is heard: this device's date, and how far the server's was ahead of it when it was last heard.
   * @param atLeast the server's time in ms that was heard then: no earlier one can be right
   */
  guess(serverAhead: number, atLeast: number): void {
    this.#guess = Math.max(this.#date() + serverAhead, atLeast) - this.#monotonic();
  }

  /** Whether the server's time is known, or can be guessed. */
  get known(): boolean {
    return this.#offset !== null || this.#guess !== null;
  }

  /** How far the server's clock is ahead of this device's date, in ms. */
  get ahead(): number {
    return this.now() - this.#date();
  }

  now(): number {
    return this.#monotonic() + (this.#offset ?? this.#guess ?? this.#date() - this.#monotonic());
  }
}

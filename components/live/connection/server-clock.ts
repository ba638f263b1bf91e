// An estimate of the server's time. A message's delay only makes the server's clock look slower than it is, so the
// largest difference within the last minute is the best estimate. It counts from the monotonic clock, so a change of the
// device's date changes nothing.

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

  /** @param serverTime of a message that has just arrived */
  hear(serverTime: string): void {
    const at = Date.parse(serverTime);
    if (Number.isNaN(at)) return;
    this.#samples.push(at - this.#monotonic());
    if (this.#samples.length > SAMPLES) this.#samples.shift();
    this.#offset = Math.max(...this.#samples);
  }

  /**
   * For the time until the server is heard: an estimate from this device's date.
   * @param serverAhead the difference of the two clocks, in ms, when the server was last heard
   * @param atLeast the server's time in ms at that moment; no earlier time can be right
   */
  guess(serverAhead: number, atLeast: number): void {
    this.#guess = Math.max(this.#date() + serverAhead, atLeast) - this.#monotonic();
  }

  /** Whether there is an estimate. */
  get isSet(): boolean {
    return this.#offset !== null || this.#guess !== null;
  }

  /** The server's clock minus this device's date, in ms. */
  get ahead(): number {
    return this.now() - this.#date();
  }

  now(): number {
    return this.#monotonic() + (this.#offset ?? this.#guess ?? this.#date() - this.#monotonic());
  }
}

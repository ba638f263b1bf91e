// The server's time, as well as this device can know it. A message's delay only ever makes the server look younger than it is, so
// the largest difference seen in the last minute is the best estimate. It counts from the monotonic clock: changing the device's
// date changes nothing.

const SAMPLES = 60;

export class ServerClock {
  readonly #monotonic: () => number;
  #samples: number[] = [];
  #offset: number;

  constructor(monotonic = () => performance.now(), firstGuess = () => Date.now()) {
    this.#monotonic = monotonic;
    this.#offset = firstGuess() - monotonic();
  }

  /** Takes what the server's clock said in a message that has just arrived. */
  hear(serverTime: string): void {
    const at = Date.parse(serverTime);
    if (Number.isNaN(at)) return;
    this.#samples.push(at - this.#monotonic());
    if (this.#samples.length > SAMPLES) this.#samples.shift();
    this.#offset = Math.max(...this.#samples);
  }

  now(): number {
    return this.#monotonic() + this.#offset;
  }
}

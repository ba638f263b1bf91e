// A bulkhead (Nygard, Release It!): orders that fail by themselves hold a quarter of the requests at most. Where a
// quarter is less than one request, they hold a quarter of the time: each such request is followed by a rest.

const SHARE = 1 / 4;

export class Bulkhead {
  #inFlight = 0;
  #restUntil = 0;

  /** @param limit requests in flight at most, at this moment */
  constructor(
    private readonly limit: () => number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get inFlight(): number {
    return this.#inFlight;
  }

  /** How long it is closed for a rest; 0 or less where it is not. */
  get restMs(): number {
    return this.limit() * SHARE >= 1 ? 0 : this.#restUntil - this.now();
  }

  get open(): boolean {
    return this.restMs <= 0 && this.#inFlight < Math.max(1, Math.floor(this.limit() * SHARE));
  }

  /** @returns to be called when the request has ended */
  enter(): () => void {
    const began = this.now();
    this.#inFlight += 1;
    return () => {
      this.#inFlight -= 1;
      this.#restUntil = this.now() + (this.now() - began) * (1 / SHARE - 1);
    };
  }
}

// Counts the calls to the order API: the most in flight, the number for each order, and the answers by kind.

const WINDOW_S = 10;

export class Traffic {
  requests = 0;
  inFlight = 0;
  /** The most requests that were ever in flight at the same moment. */
  maxInFlight = 0;
  readonly answers = new Map<string, number>();
  readonly #calls = new Map<string, number>();
  readonly #seconds = new Map<number, number>();

  begin(): void {
    this.requests++;
    this.maxInFlight = Math.max(this.maxInFlight, ++this.inFlight);
    const second = Math.floor(Date.now() / 1000);
    this.#seconds.set(second, (this.#seconds.get(second) ?? 0) + 1);
    if (this.#seconds.size > WINDOW_S + 2)
      for (const old of this.#seconds.keys()) if (old < second - WINDOW_S) this.#seconds.delete(old);
  }

  end(): void {
    this.inFlight--;
  }

  answered(kind: string): void {
    this.answers.set(kind, (this.answers.get(kind) ?? 0) + 1);
  }

  asked(orderId: string): void {
    // Bounds memory: a long run requests more orders than are worth remembering.
    if (this.#calls.size >= 200_000) this.#calls.clear();
    this.#calls.set(orderId, (this.#calls.get(orderId) ?? 0) + 1);
  }

  /** How often one order was requested, singly or with others. */
  callsFor(orderId: string): number {
    return this.#calls.get(orderId) ?? 0;
  }

  /** Over the last whole seconds. */
  perSecond(): number {
    const now = Math.floor(Date.now() / 1000);
    let sum = 0;
    for (const [second, count] of this.#seconds) if (second < now && second >= now - WINDOW_S) sum += count;
    return sum / WINDOW_S;
  }

  reset(): void {
    this.requests = 0;
    this.maxInFlight = this.inFlight;
    this.answers.clear();
    this.#calls.clear();
  }
}

// Why the order service is down, in words. Each reason is told once in an outage, and the end of the outage as well.

/** Reasons beyond these are of the same outage. */
const MAX_TOLD = 8;

export class Outage {
  #reason: string | null = null;
  readonly #told = new Set<string>();

  /** @param tell told a reason, and null when the service works again */
  constructor(private readonly tell: (reason: string | null) => void) {}

  /** The last failure's reason; null since a request got through. */
  get reason(): string | null {
    return this.#reason;
  }

  /** A request failed while the service was known to be down. */
  failed(error: Error | undefined): void {
    if (!error) return;
    const reason = (this.#reason = error.message);
    if (this.#told.has(reason) || this.#told.size >= MAX_TOLD) return;
    this.#told.add(reason);
    this.tell(reason);
  }

  over(): void {
    this.#reason = null;
    if (!this.#told.size) return;
    this.#told.clear();
    this.tell(null);
  }
}

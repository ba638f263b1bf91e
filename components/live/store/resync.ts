// Asks the server for the changes after a rev, or for the whole board. It asks one question at a time, because the
// server reads its database for each.

/** A question without an answer counts as lost after this. */
const UNANSWERED_MS = 1500;

export class Resync {
  readonly #send: (rev: number | null) => boolean;
  /** Monotonic; null while no question is open. */
  #askedAt: number | null = null;

  /** @param send sends the question. @returns whether it was sent */
  constructor(send: (rev: number | null) => boolean) {
    this.#send = send;
  }

  /** @param rev null asks for the whole board */
  ask(rev: number | null): void {
    if (this.#askedAt !== null && performance.now() - this.#askedAt < UNANSWERED_MS) return;
    if (this.#send(rev)) this.#askedAt = performance.now();
  }

  /** The question was answered, or its socket ended: the next one may be sent. */
  close(): void {
    this.#askedAt = null;
  }
}

// Asks the server for the changes after a rev, or for the whole board. It asks one question at a time, because the
// server reads its database for each.

/** The board that is held, as `BoardState` has it. */
interface From {
  readonly rev: number | null;
  readonly revAt: string | null;
}

/** Asks for the whole board. */
export const WHOLE: From = { rev: null, revAt: null };

/** A question without an answer counts as lost after this. */
const UNANSWERED_MS = 1500;

export class Resync {
  readonly #send: (from: From) => boolean;
  /** Monotonic; null while no question is open. */
  #askedAt: number | null = null;

  /** @param send sends the question. @returns whether it was sent */
  constructor(send: (from: From) => boolean) {
    this.#send = send;
  }

  /** @param from its rev null asks for the whole board */
  ask(from: From): void {
    if (this.#askedAt !== null && performance.now() - this.#askedAt < UNANSWERED_MS) return;
    if (this.#send({ rev: from.rev, revAt: from.revAt })) this.#askedAt = performance.now();
  }

  /** The question was answered, or its socket ended: the next one may be sent. */
  close(): void {
    this.#askedAt = null;
  }
}

// The failures that the server tells apart, as a closed set of codes. A code carries no retry flag, since it does not
// decide alone: fetch/verdicts.ts weighs a failure of the order API against the requests around it, db/faults.ts
// classifies database errors, and a wrong start ends the process.

export type ErrorCode =
  /** The order service as a whole does not answer as it should. */
  | 'ORDER_API_UNAVAILABLE'
  /** The order service asks for fewer requests (429). */
  | 'ORDER_API_THROTTLED'
  /** The order service failed on this one order. */
  | 'ORDER_API_FAILED'
  /** The order service answered with an older order than its message announced: its replica lags. */
  | 'ORDER_BEHIND'
  /** The order service answered with something else than an order. */
  | 'ORDER_MALFORMED'
  /** The database belongs to another environment. */
  | 'WRONG_ENVIRONMENT'
  /** A setting has a value that cannot work. */
  | 'INVALID_CONFIG';

export class HeardError extends Error {
  override readonly name = 'HeardError';
  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: { cause?: unknown; retryAfterMs?: number },
  ) {
    super(message, options);
    this.retryAfterMs = options?.retryAfterMs;
  }
  /** How long the other side asked us to wait, in ms. */
  readonly retryAfterMs: number | undefined;
}

/** Turns anything thrown into one line of text, without secrets or stacks. Never throws. */
export function messageOf(error: unknown): string {
  try {
    if (error instanceof Error) {
      const cause =
        error.cause instanceof Error && error.cause.message !== error.message ? ` (${error.cause.message})` : '';
      return `${error.message}${cause}`.replaceAll(/\s+/g, ' ').slice(0, 500);
    }
    return String(error).slice(0, 500);
  } catch {
    return 'an error that cannot be shown';
  }
}

// Every failure that the server decides about: a closed set of codes, each retryable or not.

const retryableByCode = {
  /** The order service as a whole does not answer as it should. */
  ORDER_API_UNAVAILABLE: true,
  /** The order service asks for less (429). */
  ORDER_API_THROTTLED: true,
  /** The order service failed on this one order. */
  ORDER_API_FAILED: true,
  /** What it answered is older than what is known to have happened: its replica lags. */
  ORDER_BEHIND: true,
  /** What it answered is not an order. */
  ORDER_MALFORMED: true,
  /** The database is away or too slow. */
  DATABASE_UNAVAILABLE: true,
  /** The database refused this very data. */
  DATABASE_REFUSED: true,
  WRONG_ENVIRONMENT: false,
  INVALID_CONFIG: false,
} as const;

export type ErrorCode = keyof typeof retryableByCode;

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
  get retryable(): boolean {
    return retryableByCode[this.code];
  }
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

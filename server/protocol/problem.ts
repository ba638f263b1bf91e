// The server's answer instead of success: problem details (RFC 9457) with members of its own.
import * as z from 'zod/mini';

/** One field of the request that the server refused. `code` names the reason for words in the reader's language. */
export const FieldError = z.object({ field: z.string(), message: z.string(), code: z.optional(z.string()) });
export type FieldError = z.infer<typeof FieldError>;

/**
 * Every member is optional, since a proxy on the way answers errors of its own. `retryAfterSeconds` comes with a 429.
 */
export const ProblemDocument = z.object({
  detail: z.optional(z.string()),
  errors: z.optional(z.array(FieldError)),
  retryAfterSeconds: z.optional(z.number()),
});
export type ProblemDocument = z.infer<typeof ProblemDocument>;

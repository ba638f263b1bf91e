// Find an order: where it is, or why it is not here. Asked by every screen, of its own restaurant only.
import * as z from 'zod/mini';
import { By, TicketState } from './domain.ts';

export const FindMessage = z.object({
  type: z.literal('find'),
  text: z.string().check(z.minLength(1), z.maxLength(100)),
});

/**
 * `open`: in the kitchen. `held`: nothing of it is to be cooked yet. `ready`: cooked, and not yet with the guest.
 * `done`: nothing is left to do. `canceled`. `old`: the kitchen has it, but screens show three days only. `archived`:
 * it has not changed for a week. Of the others the kitchen has nothing yet: `parked` waits for a retry, `failed` needs
 * a person, `discarded` was given up by one, `rejected` could not be read.
 */
export const Whereabouts = z.enum([
  'open',
  'held',
  'ready',
  'done',
  'canceled',
  'old',
  'archived',
  'parked',
  'failed',
  'discarded',
  'rejected',
]);
export type Whereabouts = z.infer<typeof Whereabouts>;

export const FoundOrder = z.object({
  orderId: z.string(),
  number: z.string(),
  where: Whereabouts,
  status: z.nullable(z.string()),
  table: z.nullable(z.string()),
  receivedAt: z.string(),
  /** The words by which guests must not have something; those of a dish with its name. */
  allergies: z.array(z.object({ text: z.string(), dish: z.nullable(z.string()) })),
  /** Missing in answers of an older server. */
  dueAt: z.optional(z.nullable(z.string())),
  tickets: z.array(
    z.object({
      station: z.string(),
      state: TicketState,
      course: z.nullable(z.number()),
      firedAt: z.string(),
      bumpedAt: z.nullable(z.string()),
      bumpedBy: By,
    }),
  ),
  /**
   * A message of the order that waits in the retry table, or has FAILED there. The order as shown may then be too old.
   */
  parked: z.nullable(
    z.object({
      failed: z.boolean(),
      attempts: z.number(),
      nextAttemptAt: z.nullable(z.string()),
      lastError: z.nullable(z.string()),
    }),
  ),
  /** In the server's own words: why a message was rejected. */
  reason: z.nullable(z.string()),
});
export type FoundOrder = z.infer<typeof FoundOrder>;

/** Whether an order that is not found can still be on its way. Null: not known now. */
export const PipelineState = z.object({
  messagesWaiting: z.nullable(z.number()),
  secondsBehind: z.nullable(z.number()),
  orderApi: z.enum(['ok', 'slow', 'down']),
  kafka: z.enum(['ok', 'away']),
  /**
   * Of orders that cannot be fetched yet only the id is known, and no number: so many may be the one that was asked
   * for.
   */
  unfetchedOrders: z.number(),
});
export type PipelineState = z.infer<typeof PipelineState>;

/** Newest first, 20 at most. `unavailable`: ask again. */
export const FindResult = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('found'), matches: z.array(FoundOrder), pipeline: PipelineState }),
  z.object({ outcome: z.literal('too-many') }),
  z.object({ outcome: z.literal('unavailable') }),
]);
export type FindResult = z.infer<typeof FindResult>;

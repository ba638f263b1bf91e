// Delayed orders that no screen can show yet: a message of each waits in the retry table, or has FAILED there.
import * as z from 'zod/mini';

export const ParkedOrder = z.object({
  orderId: z.string(),
  /** Null: the kitchen has never had this order. */
  number: z.nullable(z.string()),
  where: z.nullable(z.string()),
  state: z.enum(['PARKED', 'FAILED']),
  messages: z.number(),
  attempts: z.number(),
  parkedAt: z.string(),
  nextAttemptAt: z.nullable(z.string()),
  lastError: z.nullable(z.string()),
  /** Nothing says yet to which restaurant the order belongs. Only operators are told of such orders. */
  unknownRestaurant: z.boolean(),
});
export type ParkedOrder = z.infer<typeof ParkedOrder>;

export const ParkedOrders = z.object({
  orders: z.array(ParkedOrder),
  /** All of them; `orders` holds those that have waited longest. */
  count: z.number(),
  /** Orders whose restaurant is not known; they may be this restaurant's. */
  unknown: z.number(),
});
export type ParkedOrders = z.infer<typeof ParkedOrders>;

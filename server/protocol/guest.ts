// An order as its guest sees it: the dishes and how far they are, and nothing else.
import * as z from 'zod/mini';

/**
 * `coming`: the kitchen has it, and has not begun. `ready`: the guest can collect it, and all of the order. `carried`: on
 * its way to the table.
 */
export const GuestDish = z.object({
  name: z.string(),
  quantity: z.number(),
  /** Not there for a count. */
  unit: z.optional(z.string()),
  state: z.enum(['coming', 'cooking', 'ready', 'carried', 'served', 'canceled']),
});
export type GuestDish = z.infer<typeof GuestDish>;

/** `at` is the server's time. */
export const GuestOrder = z.object({
  at: z.string(),
  state: z.enum(['open', 'served', 'canceled']),
  dishes: z.array(GuestDish),
});
export type GuestOrder = z.infer<typeof GuestOrder>;

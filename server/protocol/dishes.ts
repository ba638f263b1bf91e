// The dishes that a restaurant has cooked lately. Nobody keeps a menu, and a dish can be sold out before it is ordered.
import * as z from 'zod/mini';

export const DishesMessage = z.object({ type: z.literal('dishes') });

/** Those that were cooked most often first, 300 at most. `unavailable`: ask again. */
export const DishesResult = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('dishes'),
    dishes: z.array(z.object({ sku: z.nullable(z.string()), name: z.string() })),
  }),
  z.object({ outcome: z.literal('unavailable') }),
]);
export type DishesResult = z.infer<typeof DishesResult>;

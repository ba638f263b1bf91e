// The demo's front page: restaurants and their screens, which anybody may open.
import * as z from 'zod/mini';

export const DemoRestaurant = z.object({
  id: z.string(),
  name: z.string(),
  stations: z.array(z.object({ name: z.string() })),
});
export type DemoRestaurant = z.infer<typeof DemoRestaurant>;

export const DemoChoice = z.object({ restaurants: z.array(DemoRestaurant) });
export type DemoChoice = z.infer<typeof DemoChoice>;

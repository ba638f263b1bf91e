// How a restaurant is set up, as its managers see and change it.
import * as z from 'zod/mini';
import { ORDER_TYPES } from './domain.ts';
import { Courses, DishStart, Lead, Thresholds } from './facts.ts';

/** A dish goes to the first station with a route whose every given field is its own. */
export const SetupRoute = z.object({
  category: z.optional(z.string()),
  sku: z.optional(z.string()),
  type: z.optional(z.enum(ORDER_TYPES)),
});
export type SetupRoute = z.infer<typeof SetupRoute>;

export const SetupStation = z.object({
  name: z.string(),
  fallback: z.boolean(),
  routes: z.array(SetupRoute),
  combine: z.boolean(),
  thresholds: Thresholds,
  lead: Lead,
  start: DishStart,
  screen: z.boolean(),
});
export type SetupStation = z.infer<typeof SetupStation>;

export const Setup = z.object({
  name: z.string(),
  timeZone: z.string(),
  courses: Courses,
  lead: Lead,
  allergySeen: z.boolean(),
  stations: z.array(SetupStation),
});
export type Setup = z.infer<typeof Setup>;

/** `version` names this state of the set-up. The server refuses a change of a state that is not the newest. */
export const SetupNow = z.object({ setup: Setup, version: z.string(), discovered: z.boolean() });
export type SetupNow = z.infer<typeof SetupNow>;

/** Where a dish would go, and the route that takes it. Null: no route does, and the fallback takes the dish. */
export const DishRouted = z.object({ station: z.string(), route: z.nullable(SetupRoute) });
export type DishRouted = z.infer<typeof DishRouted>;

/**
 * The effects of a change on the orders in the kitchen now. Nothing moves. `elsewhere` are dishes that would go to
 * another station if they came now, the first of `count`. `retired` are stations that go; they keep their open tickets
 * until these are done.
 */
export const SetupEffects = z.object({
  elsewhere: z.array(
    z.object({ orderId: z.string(), number: z.string(), dish: z.string(), from: z.string(), to: z.string() }),
  ),
  count: z.number(),
  retired: z.array(z.object({ station: z.string(), tickets: z.number(), screens: z.number() })),
});
export type SetupEffects = z.infer<typeof SetupEffects>;

/** Two names with the same key are the same station: the path of its screen does not mind case. */
export const nameKey = (name: string): string => name.normalize('NFC').toLowerCase();

// How long dishes and tickets took, and the usual figures of a restaurant.
import * as z from 'zod/mini';

/** Seconds; null where there was nothing to measure. */
const spread = { count: z.number(), p50: z.nullable(z.number()), p90: z.nullable(z.number()) };
export const Spread = z.object(spread);
export type Spread = z.infer<typeof Spread>;

/** One row of a table of times. `name` is the name of a station or a dish. */
export const TimesRow = z.object({ ...spread, key: z.string(), name: z.string() });
export type TimesRow = z.infer<typeof TimesRow>;

/** `onFire`: from its start until it was ready, for the dishes whose station says that it starts. */
export const DishTimesRow = z.object({ ...spread, key: z.string(), name: z.string(), onFire: Spread });
export type DishTimesRow = z.infer<typeof DishTimesRow>;

/** An hour of the day, 0 to 23. */
export const HourTimes = z.object({ ...spread, hour: z.number() });
export type HourTimes = z.infer<typeof HourTimes>;

export const TimesReport = z.object({
  /** Days of the restaurant's time zone, YYYY-MM-DD, both included. */
  from: z.string(),
  to: z.string(),
  /** All tickets. */
  all: Spread,
  stations: z.array(TimesRow),
  dishes: z.array(DishTimesRow),
  /** Hours without a ticket are left out. */
  hours: z.array(HourTimes),
  /** Today, and the same day a week ago. */
  today: z.array(HourTimes),
  weekAgo: z.array(HourTimes),
});
export type TimesReport = z.infer<typeof TimesReport>;

/** The usual figures for the moment of the question. */
export const Usual = z.object({
  /**
   * The median, over earlier days at this hour, of the orders with a ticket open in the kitchen, and of the late ones
   * among them. Null: there is no day to compare with.
   */
  open: z.nullable(z.number()),
  late: z.nullable(z.number()),
  /** The number of days compared with, and whether all of them are of the same weekday. */
  days: z.number(),
  sameWeekday: z.boolean(),
  /** Tickets bumped in the last hour, and in the same hour a week ago. */
  lastHour: Spread,
  weekAgo: Spread,
  /** From the firing of a ticket to the first screen of its station that confirmed it, today. */
  toScreen: z.object({ ...spread, slowest: z.nullable(z.object({ seconds: z.number(), at: z.string() })) }),
});
export type Usual = z.infer<typeof Usual>;

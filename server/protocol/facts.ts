// The facts of a restaurant beside its orders: stations, courses and sold-out dishes.
import * as z from 'zod/mini';
import { By } from './domain.ts';

/** How long a ticket may take, in seconds from its fire, before it is marked. */
export const Threshold = z.object({ warnSeconds: z.number(), lateSeconds: z.number() });
export type Threshold = z.infer<typeof Threshold>;

/** By order type, `default` for all others. */
export const Thresholds = z.object({
  default: z.optional(Threshold),
  DINE_IN: z.optional(Threshold),
  TAKEAWAY: z.optional(Threshold),
  DELIVERY: z.optional(Threshold),
});
export type Thresholds = z.infer<typeof Thresholds>;

/** How long before its due time an order for later is fired, in seconds, by order type; `default` for all others. */
export const Lead = z.object({
  default: z.optional(z.number()),
  DINE_IN: z.optional(z.number()),
  TAKEAWAY: z.optional(z.number()),
  DELIVERY: z.optional(z.number()),
});
export type Lead = z.infer<typeof Lead>;

const USUAL_LEAD_SECONDS = 1500;

/** The lead for an order of this type. */
export const leadSeconds = (lead: Lead | undefined, orderType: string | null): number =>
  ofType(lead ?? {}, orderType) ?? USUAL_LEAD_SECONDS;

/** The setting of an order type, or else the `default` of all others. */
function ofType<T>(settings: Readonly<Record<string, T | undefined>>, orderType: string | null): T | undefined {
  return (
    (orderType !== null && Object.hasOwn(settings, orderType) ? settings[orderType] : undefined) ?? settings['default']
  );
}

/**
 * How dishes are begun at a station. `off`: nobody says so. `tap`: a cook's tap begins one, another ends it. `auto`: the
 * first `first` tickets of the station are begun by themselves.
 */
export const DishStart = z.object({ mode: z.enum(['off', 'tap', 'auto']), first: z.number() });
export type DishStart = z.infer<typeof DishStart>;
export const NO_START: DishStart = { mode: 'off', first: 1 };

/**
 * `combine`: the same dishes of one ticket are shown as one line. `screen`: the station has a screen; without one nobody
 * confirms its tickets. `lead`: as it counts there: the station's own, or else the restaurant's.
 */
export const StationView = z.object({
  id: z.string(),
  name: z.string(),
  retired: z.boolean(),
  combine: z.boolean(),
  thresholds: Thresholds,
  lead: Lead,
  start: DishStart,
  screen: z.boolean(),
});
export type StationView = z.infer<typeof StationView>;

/** The settings of a station whose set-up leaves them out. */
export const UNSET_STATION: Omit<StationView, 'id' | 'name'> = {
  retired: false,
  combine: false,
  thresholds: {},
  lead: {},
  start: NO_START,
  screen: true,
};

export const USUAL_THRESHOLD: Threshold = { warnSeconds: 300, lateSeconds: 480 };

/** The thresholds of a station for an order of this type. */
export function thresholdOf(
  station: Pick<StationView, 'thresholds'> | null | undefined,
  orderType: string | null,
): Threshold {
  return ofType(station?.thresholds ?? {}, orderType) ?? USUAL_THRESHOLD;
}

/**
 * When the later courses of an order are fired. `together`: with the first. `manual`: when someone asks for it.
 * `after-previous`: when all of the course before is ready. `timed`: so many seconds after the course before was fired.
 */
export const Courses = z.object({
  mode: z.enum(['together', 'manual', 'after-previous', 'timed']),
  gapSeconds: z.number(),
});
export type Courses = z.infer<typeof Courses>;
export const TOGETHER: Courses = { mode: 'together', gapSeconds: 900 };

/**
 * `key` is the dish's dishKey. `until`: when it is back by itself; null: when somebody says so. `left`: how many may still be
 * sold, where somebody counts: above zero it is not sold out, and below zero more were ordered than there are; null: none.
 */
export const SoldOut = z.object({
  key: z.string(),
  sku: z.nullable(z.string()),
  name: z.string(),
  at: z.string(),
  by: By,
  until: z.nullable(z.string()),
  left: z.nullable(z.number()),
});
export type SoldOut = z.infer<typeof SoldOut>;

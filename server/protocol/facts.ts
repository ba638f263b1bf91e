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

/** `combine`: the same dishes of one ticket are shown as one line. */
export const StationView = z.object({
  id: z.string(),
  name: z.string(),
  retired: z.boolean(),
  combine: z.boolean(),
  thresholds: Thresholds,
});
export type StationView = z.infer<typeof StationView>;

export const USUAL_THRESHOLD: Threshold = { warnSeconds: 300, lateSeconds: 480 };

/** The thresholds of a station for an order of this type. */
export function thresholdOf(
  station: Pick<StationView, 'thresholds'> | null | undefined,
  orderType: string | null,
): Threshold {
  const thresholds: Record<string, Threshold | undefined> = station?.thresholds ?? {};
  return (
    (orderType !== null && Object.hasOwn(thresholds, orderType) ? thresholds[orderType] : undefined) ??
    thresholds['default'] ??
    USUAL_THRESHOLD
  );
}

/** From when on a ticket is late, in ms since 1970. */
export const lateFrom = (
  firedAt: string,
  station: Pick<StationView, 'thresholds'> | null | undefined,
  orderType: string | null,
): number => Date.parse(firedAt) + thresholdOf(station, orderType).lateSeconds * 1000;

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

/** `key` is the dish's dishKey. */
export const SoldOut = z.object({
  key: z.string(),
  sku: z.nullable(z.string()),
  name: z.string(),
  at: z.string(),
  by: By,
});
export type SoldOut = z.infer<typeof SoldOut>;

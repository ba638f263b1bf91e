// The dials that can be turned while the platform runs: how badly it behaves, and how busy its restaurants are.
import { z } from 'zod';

const rate = z.number().min(0).max(1);
const ms = z.number().int().min(0).max(60_000);

export const errorKinds = ['500', '503', '429', '404', 'reset', 'cut', 'timeout'] as const;
export type ErrorKind = (typeof errorKinds)[number];

export const Dials = z.strictObject({
  latencyMs: z.strictObject({ min: ms, max: ms }),
  /**
   * The share of answers that fail, by kind. `cut`: a body that ends before its length. `timeout`: no answer at all.
   */
  errors: z.strictObject({ 500: rate, 503: rate, 429: rate, 404: rate, reset: rate, cut: rate, timeout: rate }),
  /** The Retry-After of 429 and 503 in seconds. Null: no such header. */
  retryAfterS: z.number().int().min(0).max(3600).nullable(),
  /** The time by which every answer lags behind the truth. */
  replicaLagMs: ms,
  /** The share of answers whose order has lost its dishes. */
  emptyRate: rate,
  /** The share of messages that are sent twice. */
  duplicateRate: rate,
  /** The share of messages without a version, among those that change the status. Only these may lack it. */
  versionlessRate: rate,
  /** `refuse`: connections are closed without an answer. */
  outage: z.enum(['503', 'refuse']).nullable(),
  multiGet: z.boolean(),
  /** With more requests than this in flight the API answers 503, as under overload. Null: no limit. */
  overloadAt: z.number().int().min(1).nullable(),
  /** The orders per minute over all restaurants, with more at their meal times. 0: nobody orders. */
  ordersPerMinute: z.number().min(0).max(6000),
  hot: z.strictObject({ restaurantId: z.string(), share: rate }).nullable(),
  /** Turns on the imaginary chefs and waiters, if an operator's token lets them in. */
  crew: z.boolean(),
});
export type Dials = z.infer<typeof Dials>;

export const DialsPatch = Dials.partial().extend({
  latencyMs: Dials.shape.latencyMs.partial().optional(),
  errors: Dials.shape.errors.partial().optional(),
});
export type DialsPatch = z.input<typeof DialsPatch>;

export const calm: Dials = {
  latencyMs: { min: 0, max: 0 },
  errors: { 500: 0, 503: 0, 429: 0, 404: 0, reset: 0, cut: 0, timeout: 0 },
  retryAfterS: 1,
  replicaLagMs: 0,
  emptyRate: 0,
  duplicateRate: 0,
  versionlessRate: 0,
  outage: null,
  multiGet: true,
  overloadAt: null,
  ordersPerMinute: 0,
  hot: null,
  crew: false,
};

/** @throws z.ZodError for values out of range or unknown dials */
export function turned(dials: Dials, patch: unknown): Dials {
  const { latencyMs, errors, ...rest } = DialsPatch.parse(patch);
  const min = latencyMs?.min ?? Math.min(dials.latencyMs.min, latencyMs?.max ?? Infinity);
  const max = Math.max(min, latencyMs?.max ?? dials.latencyMs.max);
  return Dials.parse({ ...dials, ...rest, latencyMs: { min, max }, errors: { ...dials.errors, ...errors } });
}

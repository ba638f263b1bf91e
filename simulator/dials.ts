// What can be turned while the platform runs: how badly it behaves, and how much goes on in the restaurants.
import { z } from 'zod';

const rate = z.number().min(0).max(1);
const ms = z.number().int().min(0).max(60_000);

export const errorKinds = ['500', '503', '429', '404', 'reset', 'cut', 'timeout'] as const;
export type ErrorKind = (typeof errorKinds)[number];

export const Dials = z.strictObject({
  latencyMs: z.strictObject({ min: ms, max: ms }),
  /**
   * Share of the answers that go wrong, by how. `cut`: a body that ends before its length. `timeout`: no answer at all.
   */
  errors: z.strictObject({ 500: rate, 503: rate, 429: rate, 404: rate, reset: rate, cut: rate, timeout: rate }),
  /** What 429 and 503 ask the caller to wait, in seconds; null: they say nothing. */
  retryAfterS: z.number().int().min(0).max(3600).nullable(),
  /** How far behind the truth every answer is. */
  replicaLagMs: ms,
  /** Share of the answers whose order has lost its dishes. */
  emptyRate: rate,
  /** Share of the messages that are sent twice. */
  duplicateRate: rate,
  /**
   * Share of the messages that do not carry a version, among those that change the status: only these may go without.
   */
  versionlessRate: rate,
  /** `refuse`: connections are ended without an answer. */
  outage: z.enum(['503', 'refuse']).nullable(),
  multiGet: z.boolean(),
  /** With more requests than this in flight it answers 503: what overload does to it; null: it bears everything. */
  overloadAt: z.number().int().min(1).nullable(),
  /** Over all restaurants; more at their meal times. 0: nobody orders. */
  ordersPerMinute: z.number().min(0).max(6000),
  hot: z.strictObject({ restaurantId: z.string(), share: rate }).nullable(),
  /** Imaginary chefs and waiters, where an operator's token lets them in. */
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

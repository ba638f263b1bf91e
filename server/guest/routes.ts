// GET /guest/<token>.json: the guest's view of one order, for anybody with its link. Answers are cached for a second,
// so a table full of phones costs the database no more than one phone. Each network address is rate-limited, since
// anybody may ask.
import type { Hono } from 'hono';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { addressOf } from '../auth/client-address.ts';
import { Prisma, type PrismaClient } from '../db/client.ts';
import { loadOrders } from '../order/order-rows.ts';
import { Problem } from '../http/problems.ts';
import { answer } from '../http/answers.ts';
import { addRoute } from '../http/requests.ts';
import { GuestOrder } from '../protocol/guest.ts';
import { isShown } from '../order/shown.ts';
import { guestOrder } from './guest-order.ts';
import type { GuestTokens } from './tokens.ts';

export interface GuestRoutesDeps {
  prisma: PrismaClient;
  guests: GuestTokens;
}

const KEPT_MS = 1000;
const KEPT_ORDERS = 5000;
/** Guests go home: a link that lies around shows nothing some hours after the order was done. */
const OPEN_HOURS = 12;
/** A whole restaurant may sit behind one address. */
const ASKING = { points: 300, duration: 10 };
const GUESSING = { points: 30, duration: 60, blockDuration: 60 };

export function addGuestRoutes(app: Hono, { prisma, guests }: GuestRoutesDeps): void {
  const asking = new RateLimiterMemory(ASKING);
  const guessing = new RateLimiterMemory(GUESSING);
  const kept = new Map<string, { until: number; order: Promise<GuestOrder | null> }>();

  const read = (id: string): Promise<GuestOrder | null> => {
    const now = performance.now();
    const held = kept.get(id);
    if (held && held.until > now) return held.order;
    if (kept.size >= KEPT_ORDERS)
      for (const [key, { until }] of kept) if (until <= now || kept.size >= KEPT_ORDERS) kept.delete(key);
    const order = readGuestOrder(prisma, id);
    kept.set(id, { until: now + KEPT_MS, order });
    order.catch(() => kept.delete(id));
    return order;
  };

  addRoute(app, '/guest/:file', {
    GET: async (c) => {
      const address = addressOf(c);
      await take(asking, address);
      const id = guests.orderIdOf((c.req.param('file') ?? '').replace(/\.json$/, ''));
      if (id === null) await take(guessing, address);
      const order = id === null ? null : await read(id);
      if (!order) throw new Problem(404, 'There is no such order, or not any more.');
      return answer(c, GuestOrder, order);
    },
  });
}

async function readGuestOrder(prisma: PrismaClient, id: string): Promise<GuestOrder | null> {
  const [order] = await loadOrders(
    prisma,
    Prisma.sql`
      o.id = ${id}
        AND (o.closed_at IS NULL OR o.closed_at > now() - ${OPEN_HOURS} * interval '1 hour')
        AND ${isShown}
    `,
  );
  return order ? guestOrder(order, new Date().toISOString()) : null;
}

async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    throw new Problem(
      429,
      'Too many came from here at once.',
      { retryAfterSeconds: seconds },
      { 'retry-after': String(seconds) },
    );
  }
}

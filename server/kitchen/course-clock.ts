// Fires orders for later and courses whose time has come. Every process looks twice a second, and at the very moment at
// which the next ticket is due. The process that gets an order's lane does the work, and the others skip that lane. Now
// and then it looks at all held tickets, since the set-up may have changed after they were held.
import type { Bus } from '../db/bus.ts';
import { Prisma, type PrismaClient, type Sql } from '../db/client.ts';
import { faultOf } from '../db/faults.ts';
import { messageOf } from '../errors.ts';
import { coursesJson, leadsJson } from '../feed/facts.ts';
import type { Logger } from '../logger.ts';
import type { Part } from '../lib/part.ts';
import { Rounds } from '../lib/rounds.ts';
import { troublesOf } from '../lib/troubles.ts';
import { followCourses, type FiringRules } from '../protocol/rules/courses.ts';
import { loadOrders } from '../order/order-rows.ts';
import { lockFreeLanes } from './free-lanes.ts';
import { saveChanges } from './save-changes.ts';

export interface CourseClockDeps {
  prisma: PrismaClient;
  bus: Bus;
  log: Logger;
}

const LOOK_MS = 500;
/**
 * A change of the set-up is followed at once. These rounds find tickets that slipped past it. Orders for later may be
 * many, and are looked at again at their time anyway, so that the round over all of them is rare.
 */
const ALL_EVERY_MS = { course: 30_000, due: 600_000 };
type HeldFor = keyof typeof ALL_EVERY_MS;
const BATCH = 50;
/** An order that cannot be looked after by itself is left alone for so long. */
const REFUSED_MS = 30_000;

export class CourseClock implements Part {
  readonly #rounds = new Rounds({
    everyMs: LOOK_MS,
    work: () => this.look(),
    watched: () => troublesOf(this.deps.log).watch('courses could not be looked after'),
  });
  readonly #allAt: Record<HeldFor, number | null> = { course: null, due: null };
  #unsubscribe: () => void = () => {};
  #next: NodeJS.Timeout | undefined;
  /** Until when each order is left alone, by the process's own clock. */
  readonly #refused = new Map<string, number>();

  constructor(private readonly deps: CourseClockDeps) {}

  start(): void {
    this.#unsubscribe = this.deps.bus.on('courses', () => {
      this.#allAt.course = this.#allAt.due = null;
      this.#rounds.kick();
    });
    this.#rounds.start();
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    clearTimeout(this.#next);
    await this.#rounds.stop();
  }

  /**
   * Fires the orders and courses that are due.
   * @returns how many orders changed
   */
  async look(): Promise<number> {
    if (this.#rounds.stopped) return 0;
    let changed = 0;
    try {
      const ids = [...new Set([...(await this.#due()), ...(await this.#held('course')), ...(await this.#held('due'))])];
      const wanted = ids.filter((id) => !this.#isRefused(id));
      for (let i = 0; i < wanted.length && !this.#rounds.stopped; i += BATCH)
        changed += await this.#followEach(wanted.slice(i, i + BATCH));
    } catch (error) {
      this.#allAt.course = this.#allAt.due = null;
      throw error;
    }
    return changed;
  }

  /**
   * Those that become due before the next look are looked at when they are. Without now(), which stays the same for a
   * whole statement, the index on held_until would be of no use.
   */
  async #due(): Promise<string[]> {
    const rows = await this.deps.prisma.$queryRaw<{ id: string; ms: number }[]>`
      SELECT order_id AS id, extract(epoch FROM min(held_until) - clock_timestamp())::float8 * 1000 AS ms
      FROM tickets
      WHERE held_until <= now() + ${LOOK_MS} * interval '1 ms' AND state = 'held'
      GROUP BY order_id
    `;
    const soon = rows.filter(({ ms }) => ms > 0).map(({ ms }) => ms);
    clearTimeout(this.#next);
    if (soon.length && !this.#rounds.stopped) this.#next = setTimeout(() => this.#rounds.kick(), Math.min(...soon) + 1);
    return rows.filter(({ ms }) => ms <= 0).map(({ id }) => id);
  }

  /**
   * All that are held for this reason, where it is time to look at them all. By station: the table has tickets of all
   * times, and an index leads from a station to its held ones.
   */
  async #held(heldFor: HeldFor): Promise<string[]> {
    const before = this.#allAt[heldFor];
    if (before !== null && performance.now() - before <= ALL_EVERY_MS[heldFor]) return [];
    this.#allAt[heldFor] = performance.now();
    const rows = await this.deps.prisma.$queryRaw<{ id: string }[]>`
      SELECT DISTINCT t.id
      FROM stations s
      CROSS JOIN LATERAL (
        SELECT order_id AS id FROM tickets WHERE station_id = s.id AND state = 'held' AND held_for = ${heldFor} OFFSET 0
      ) t
    `;
    return rows.map(({ id }) => id);
  }

  #isRefused(id: string): boolean {
    const until = this.#refused.get(id);
    if (until === undefined) return false;
    if (until > performance.now()) return true;
    this.#refused.delete(id);
    return false;
  }

  /** One order that cannot be looked after keeps no other from its time. @throws where the database is at fault */
  async #followEach(ids: string[]): Promise<number> {
    try {
      return await this.#follow(ids);
    } catch (error) {
      const fault = faultOf(error);
      if (fault === 'away' || fault === 'broken') throw error;
      if (ids.length > 1) {
        const half = Math.ceil(ids.length / 2);
        return (await this.#followEach(ids.slice(0, half))) + (await this.#followEach(ids.slice(half)));
      }
      this.#refused.set(ids[0]!, performance.now() + REFUSED_MS);
      this.deps.log.error(
        { orderId: ids[0], error: messageOf(error) },
        'the held tickets of an order could not be looked after',
      );
      return 0;
    }
  }

  async #follow(ids: string[]): Promise<number> {
    const touched = await this.deps.prisma.$transaction(async (tx) => {
      const free = await lockFreeLanes(tx, ids);
      const [orders, setups] = [await loadOrders(tx, Prisma.sql`o.id = ANY(${free}::text[])`), await rulesOf(tx, free)];
      const changes = orders.flatMap((before) => {
        const setup = setups.get(before.restaurantId);
        const after = setup ? followCourses(before, setup, setup.now) : before;
        return after === before ? [] : [{ before, after }];
      });
      return saveChanges(tx, changes);
    });
    this.deps.bus.publish('feed', touched.keys());
    return [...touched.values()].flat().length;
  }
}

async function rulesOf(tx: Sql, orderIds: string[]): Promise<Map<string, FiringRules & { now: string }>> {
  const rows = await tx.$queryRaw<(FiringRules & { id: string; now: Date })[]>`
    SELECT r.id, ${coursesJson} AS courses, ${leadsJson} AS leads, clock_timestamp() AS now
    FROM restaurants r
    WHERE r.id IN (SELECT restaurant_id FROM orders WHERE id = ANY(${orderIds}::text[]))
  `;
  return new Map(rows.map(({ id, courses, leads, now }) => [id, { courses, leads, now: now.toISOString() }]));
}

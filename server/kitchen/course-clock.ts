// Fires courses whose time has come. Every process looks once a second. The process that gets an order's lane does the
// work, and the others skip that lane. Now and then it looks at all held tickets, since the set-up may have changed
// after they were held.
import type { Bus } from '../db/bus.ts';
import { Prisma, type PrismaClient, type Sql } from '../db/client.ts';
import { messageOf } from '../errors.ts';
import { recordChanges } from '../feed/changes.ts';
import { coursesJson } from '../feed/facts.ts';
import type { Logger } from '../logger.ts';
import type { Courses } from '../protocol/facts.ts';
import type { Part } from '../lib/part.ts';
import { Rounds } from '../lib/rounds.ts';
import { followCourses } from '../protocol/rules/courses.ts';
import { loadOrders, saveOrders } from '../order/order-rows.ts';

export interface CourseClockDeps {
  prisma: PrismaClient;
  bus: Bus;
  log: Logger;
}

const LOOK_MS = 1000;
/** A change of the set-up is followed at once. This round finds tickets that slipped past it. */
const ALL_EVERY_MS = 30_000;
const BATCH = 50;

export class CourseClock implements Part {
  readonly #rounds = new Rounds({
    everyMs: LOOK_MS,
    work: () => this.look(),
    onError: (error) => this.deps.log.debug({ error: messageOf(error) }, 'courses could not be looked after'),
  });
  #allAt = 0;
  #unsubscribe: () => void = () => {};

  constructor(private readonly deps: CourseClockDeps) {}

  start(): void {
    this.#unsubscribe = this.deps.bus.on('courses', () => {
      this.#allAt = 0;
    });
    this.#rounds.start();
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    await this.#rounds.stop();
  }

  /**
   * Fires the courses that are due.
   * @returns how many orders changed
   */
  async look(): Promise<number> {
    if (this.#rounds.stopped) return 0;
    const all = performance.now() - this.#allAt > ALL_EVERY_MS || this.#allAt === 0;
    if (all) this.#allAt = performance.now();
    const ids = await (all ? this.#held() : this.#due());
    let changed = 0;
    for (let i = 0; i < ids.length && !this.#rounds.stopped; i += BATCH)
      changed += await this.#follow(ids.slice(i, i + BATCH));
    return changed;
  }

  async #due(): Promise<string[]> {
    const rows = await this.deps.prisma.$queryRaw<
      { id: string }[]
    >`SELECT DISTINCT order_id AS id FROM tickets WHERE held_until <= clock_timestamp()`;
    return rows.map(({ id }) => id);
  }

  /** By station: the table has tickets of all times, and an index leads from a station to its held ones. */
  async #held(): Promise<string[]> {
    const rows = await this.deps.prisma.$queryRaw<{ id: string }[]>`
      SELECT DISTINCT t.id
      FROM stations s
      CROSS JOIN LATERAL (
        SELECT order_id AS id FROM tickets WHERE station_id = s.id AND state = 'held' AND held_for = 'course' OFFSET 0
      ) t
    `;
    return rows.map(({ id }) => id);
  }

  async #follow(ids: string[]): Promise<number> {
    const touched = await this.deps.prisma.$transaction(async (tx) => {
      const free = await lockFreeLanes(tx, ids);
      const [orders, setups] = [
        await loadOrders(tx, Prisma.sql`o.id = ANY(${free}::text[])`),
        await coursesOf(tx, free),
      ];
      const changes = orders.flatMap((before) => {
        const setup = setups.get(before.restaurantId);
        const after = setup ? followCourses(before, setup.courses, setup.now) : before;
        return after === before ? [] : [{ before, after }];
      });
      await saveOrders(tx, changes);
      const byRestaurant = new Map<string, string[]>();
      for (const { after } of changes)
        byRestaurant.set(after.restaurantId, [...(byRestaurant.get(after.restaurantId) ?? []), after.id]);
      await recordChanges(tx, byRestaurant);
      return byRestaurant;
    });
    this.deps.bus.publish('feed', touched.keys());
    return [...touched.values()].flat().length;
  }
}

/** Locks the lanes that no other transaction has locked. An order behind a locked lane is found at the next look. */
async function lockFreeLanes(tx: Sql, ids: string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT order_id AS id
    FROM lanes
    WHERE order_id = ANY(${ids}::text[])
    ORDER BY order_id COLLATE "C"
    FOR UPDATE SKIP LOCKED
  `;
  return rows.map(({ id }) => id);
}

async function coursesOf(tx: Sql, orderIds: string[]): Promise<Map<string, { courses: Courses; now: string }>> {
  const rows = await tx.$queryRaw<{ id: string; courses: Courses; now: Date }[]>`
    SELECT r.id, ${coursesJson} AS courses, clock_timestamp() AS now
    FROM restaurants r
    WHERE r.id IN (SELECT restaurant_id FROM orders WHERE id = ANY(${orderIds}::text[]))
  `;
  return new Map(rows.map(({ id, courses, now }) => [id, { courses, now: now.toISOString() }]));
}

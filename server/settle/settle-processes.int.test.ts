// Several processes settle at once, restaurants are new, the database goes away: on a real database, each message ends
// once all the same.
import fc from 'fast-check';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { Proxy } from '../../chaos/proxy.ts';
import { createPrisma } from '../db/client.ts';
import { event as anyEvent, item } from '../../test/made.ts';
import {
  arrived,
  expectRules,
  failing,
  kindsOf,
  startSettler,
  tryOnce,
  type TestSettler,
} from '../../test/pipeline.ts';
import { startSettlers } from '../../test/settlers.ts';
import { until } from '../../test/until.ts';
import type { OrderEvent } from '../upstream/message.ts';
import type { OrderDetail } from '../upstream/detail.ts';
import { ensureRestaurants } from './discover.ts';
import type { Settlement } from './settlement.ts';

const settlers = await startSettlers();
const { database, prisma, one, two, event, detail, order } = settlers;
afterAll(() => settlers.stop());
/** An order that no other test uses. */
let id = '';
beforeEach(() => {
  id = settlers.nextOrder();
});

test('the database is away: a settlement waits for as long as it takes, and is then done once', async () => {
  const away = await startSettler(database.url);
  const waiting: Promise<unknown>[] = [];
  await prisma.$transaction(async (tx) => {
    await tx.$executeRaw`LOCK TABLE lanes IN ACCESS EXCLUSIVE MODE`;
    waiting.push(away.settler.settle(arrived([event(1)], detail(1))));
    await until('its session has ended in the middle of its transaction', async () => {
      const ended = await prisma.$queryRaw<unknown[]>`
        SELECT pg_terminate_backend(pid)
        FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO lanes%'
      `;
      return ended.length > 0;
    });
    expect(await until('it was noticed', () => away.settler.databaseTrouble)).toBe('the database takes no orders');
  });
  expect(await waiting[0]).toMatchObject({ fates: { APPLIED: 1 } });
  expect(await kindsOf(prisma, id)).toHaveLength(1);
  await away.stop();
});

test('a connection that is reset in a statement is an outage: nothing is parked, and the order is applied once', async () => {
  const proxy = await new Proxy(() => Number(new URL(database.url).port)).listen();
  const url = new URL(database.url);
  url.port = String(proxy.port);
  const reset = await startSettler(url.href);
  for (const statement of ['INSERT INTO lanes', 'json_build_object', 'INSERT INTO order_history']) {
    proxy.tamper = (from, chunk) => {
      if (from !== 'client' || !chunk.includes(statement)) return 'pass';
      proxy.tamper = undefined;
      return 'reset';
    };
    const orderId = `${id}-${statement}`;
    const settled = await reset.settler.settle(arrived([{ ...event(1), orderId }], { ...detail(1), id: orderId }));
    expect([proxy.tamper, settled], statement).toMatchObject([undefined, { fates: { APPLIED: 1 } }]);
    expect(await kindsOf(prisma, orderId)).toHaveLength(1);
  }
  expect(await prisma.parkedMessage.count({ where: { orderId: { startsWith: id } } })).toBe(0);
  await reset.stop();
  await proxy.close();
});

test('an unknown restaurant is made once, with one station, however many ask for it at once, and its managers are told', async () => {
  const clients = Array.from({ length: 4 }, () => createPrisma(database.url, { poolSize: 3 }));
  const ids = Array.from({ length: 40 }, (_, i) => `new-${i}`);
  await Promise.all(
    clients.flatMap((client) => Array.from({ length: 3 }, () => client.$queryRaw`SELECT pg_sleep(0.05)::text`)),
  );
  for (const restaurantId of ids)
    await Promise.all(
      clients.flatMap((client) => [1, 2, 3].map(() => ensureRestaurants(client, [restaurantId], new Set(), one.bus))),
    );
  await Promise.all(
    [one, two].flatMap(({ settler }, s) =>
      ids.map((restaurantId) =>
        settler.settle(
          arrived([{ ...event(1), orderId: `${id}-${restaurantId}-${s}` }], {
            ...detail(1),
            id: `${id}-${restaurantId}-${s}`,
            restaurantId,
          }),
        ),
      ),
    ),
  );
  for (const restaurantId of ids) {
    expect(
      await prisma.restaurant.findUnique({ where: { id: restaurantId }, include: { stations: true } }),
    ).toMatchObject({
      discovered: true,
      name: restaurantId,
      stations: [{ name: 'Kitchen', fallback: true, retiredAt: null }],
    });
  }
  await Promise.all(clients.map((client) => client.$disconnect()));
});

test('batches of two processes over the same orders and restaurants take their locks in one order: none is refused as a deadlock', async () => {
  const ids = Array.from({ length: 40 }, (_, i) => `${id}-${i}`);
  for (const settler of [one, two]) settler.warnings.length = 0;
  // Slow enough that the two are always in the middle of it at once.
  await prisma.$executeRawUnsafe(
    'CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.001); RETURN NEW; END $$',
  );
  await prisma.$executeRawUnsafe(
    'CREATE TRIGGER dawdling BEFORE INSERT ON lanes FOR EACH ROW EXECUTE FUNCTION dawdle()',
  );
  const settleAll = ({ settler }: TestSettler, list: string[], version: number) =>
    Promise.all(
      list.map((orderId) =>
        settler.settle(
          arrived(
            [event(version, { orderId })],
            detail(version, { id: orderId, restaurantId: `r-dead-${orderId.length % 2}` }),
          ),
        ),
      ),
    );
  for (let round = 1; round <= 5; round += 1)
    await Promise.all([settleAll(one, ids, round * 2), settleAll(two, ids.toReversed(), round * 2 + 1)]);
  await prisma.$executeRawUnsafe('DROP TRIGGER dawdling ON lanes');
  expect([...one.warnings, ...two.warnings]).toEqual([]);
});

test(
  'two processes race over the same orders and restaurants: whether an order is parked is decided under its lock, nothing deadlocks, every rule holds',
  { timeout: 120_000 },
  async () => {
    const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
    const names = Array.from({ length: 6 }, (_, i) => `race-${i}`);
    const runs = fc.sample(
      fc.array(
        fc.record({
          order: fc.nat(5),
          process: fc.nat(1),
          what: fc.constantFrom('found', 'found', 'found', 'older', 'failed', 'try', 'try', 'failed try', 'replay'),
          size: fc.integer({ min: 1, max: 3 }),
        }),
        { minLength: 500, maxLength: 500 },
      ),
      { numRuns: 1, seed },
    )[0]!;
    const versions = new Map(names.map((name) => [name, 0]));
    const topic: OrderEvent[] = [];
    const pending = new Map<string, OrderEvent[]>(names.map((name) => [name, []]));
    const lanes = new Map<string, Promise<unknown>>();
    const truth = (orderId: string, lag = 0): OrderDetail => {
      const version = Math.max(1, versions.get(orderId)! - lag);
      return detail(version, {
        id: orderId,
        restaurantId: `r-race-${Number(orderId.at(-1)) % 2}`,
        items: [item('l1', { quantity: version }), item('l2')],
      });
    };
    // Messages of one order come one after another, as from a lane, and sometimes from a second process that reads the
    // same again; tries come beside them.
    const arrive = async (settler: TestSettler, orderId: string, what: string, size: number) => {
      const mine = pending.get(orderId)!.splice(0);
      for (let i = 0; i < size; i += 1) {
        versions.set(orderId, versions.get(orderId)! + 1);
        const message = event(versions.get(orderId)!, { orderId });
        topic.push(message);
        mine.push(message);
      }
      const other = settler === one ? two : one;
      const settlement: Settlement =
        what === 'failed' ? failing(mine) : arrived(mine, truth(orderId, what === 'older' ? 1 : 0));
      const [{ again }] = await Promise.all([
        settler.settler.settle(settlement),
        what === 'found' && size > 1 ? other.settler.settle(arrived(mine, truth(orderId))) : undefined,
      ]);
      pending.get(orderId)!.unshift(...again);
    };
    const attempt = async (settler: TestSettler, orderId: string, what: string) => {
      await tryOnce(settler, orderId, what === 'try' ? truth(orderId) : 'no').catch((error: unknown) => {
        if (!(error instanceof TypeError)) throw error;
      });
    };
    const tries: Promise<unknown>[] = [];
    for (const { order: n, process: p, what, size } of runs) {
      const [orderId, settler] = [names[n]!, [one, two][p]!];
      if (what.endsWith('try')) {
        tries.push(attempt(settler, orderId, what));
        if (tries.length > 8) await tries.shift();
        continue;
      }
      const before = lanes.get(orderId) ?? Promise.resolve();
      const replayed = topic
        .filter((message) => message.orderId === orderId && !pending.get(orderId)!.includes(message))
        .slice(-3, -1);
      lanes.set(
        orderId,
        what === 'replay'
          ? before.then(() =>
              replayed.length ? [one, two][1 - p]!.settler.settle(arrived(replayed, truth(orderId))) : undefined,
            )
          : before.then(() => arrive(settler, orderId, what, size)),
      );
      if (size === 3) await lanes.get(orderId);
    }
    await Promise.all([...lanes.values(), ...tries]);
    await prisma.$executeRaw`
      DELETE FROM lanes
      WHERE parked = 0 AND order_id NOT LIKE 'race-%' AND order_id NOT IN (SELECT order_id FROM parked_messages)
    `;
    const others = await prisma.$queryRaw<OrderEvent['position'][]>`
      SELECT incarnation_id AS "incarnationId", partition, "offset"::int AS "offset"
      FROM order_history
      WHERE order_id NOT LIKE 'race-%'
      UNION ALL
      SELECT incarnation_id, partition, "offset"::int
      FROM parked_messages
      WHERE order_id NOT LIKE 'race-%' AND state IN ('PARKED', 'FAILED')
    `;
    const all = [...topic, ...others.map((position) => ({ ...anyEvent(0), position }))];
    try {
      expect(topic.length).toBeGreaterThan(200);
      await expectRules(prisma, all, [...pending.values()].flat());
      // The order service is well again: everything that waits ends, and the kitchen has the newest.
      for (const orderId of names) {
        const rest = pending.get(orderId)!.splice(0);
        if (rest.length) await one.settler.settle(arrived(rest, truth(orderId)));
        for (let i = 0; (await prisma.lane.findUniqueOrThrow({ where: { orderId } })).parked && i < 50; i += 1)
          await tryOnce(two, orderId, truth(orderId));
        // A newest message that has FAILED after its tries stays listed, and the order as it was before.
        const newest = { orderId, state: 'FAILED' as const, version: versions.get(orderId)! };
        if ((await prisma.parkedMessage.count({ where: newest })) > 0) continue;
        expect(await order(orderId)).toMatchObject({
          version: versions.get(orderId),
          lines: [{ quantity: versions.get(orderId) }, {}],
        });
      }
      await expectRules(prisma, all);
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error });
    }
  },
);

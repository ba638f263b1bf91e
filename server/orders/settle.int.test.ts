// Settlements on a real database: the rules that keep order, under races, replays and failures.
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createPrisma, Prisma, type PrismaClient } from '../db/client.ts';
import { loadOrders } from '../kitchen/order-rows.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { detail as anyDetail, event as anyEvent, item } from '../testing/made.ts';
import { arrived, expectRules, failing, historyOf, kindsOf, lease, parkedOf, startSettler, tryOnce, type TestSettler } from '../testing/pipeline.ts';
import { until } from '../testing/until.ts';
import type { OrderEvent } from '../ingest/message.ts';
import type { OrderDetail } from './detail.ts';
import { ensureRestaurants } from './discover.ts';
import type { Settlement } from './settlement.ts';

let database: TestDatabase;
let prisma: PrismaClient;
let one: TestSettler;
let two: TestSettler;
beforeAll(async () => {
  database = await createTestDatabase();
  prisma = database.prisma;
  [one, two] = await Promise.all([startSettler(database.url), startSettler(database.url)]);
});
afterAll(async () => { await Promise.all([one?.stop(), two?.stop()]); await database?.drop(); });

let [offsets, orders] = [0, 0];
/** An order that no other test uses. */
let id = '';
beforeEach(() => { id = `order-${orders += 1}`; });
const now = new Date().toISOString();
const event = (version: number | null, more: Partial<OrderEvent> = {}): OrderEvent => anyEvent(offsets += 1, { orderId: id, version, ...more });
const detail = (version: number | null, more: Partial<OrderDetail> = {}): OrderDetail => anyDetail(version, { id, placedAt: now, ...more });
const settle = (settlement: Settlement) => one.settler.settle(settlement);
const order = async (orderId = id) => (await loadOrders(prisma, Prisma.sql`o.id = ${orderId}`))[0];
/** Everything of one order, and how often its restaurant's screens were told of it. */
const everything = async (orderId = id) => ({ order: await order(orderId), history: await kindsOf(prisma, orderId), parked: await parkedOf(prisma, orderId), changes: await prisma.change.count({ where: { orderId } }) });

describe('a message ends', () => {
  test('as applied, in the transaction that writes the order and tells the screens', async () => {
    const message = event(3);
    const { rev } = await prisma.restaurant.findUnique({ where: { id: 'r-1' } }) ?? { rev: 0n };
    expect(await settle(arrived([message], detail(3)))).toEqual({ again: [], fates: { APPLIED: 1 }, parked: false });
    expect(await order()).toMatchObject({ id, version: 3, lines: [{ id: 'l1', state: 'waiting' }, { id: 'l2' }], tickets: [{ state: 'open' }] });
    expect(await historyOf(prisma, id)).toMatchObject([{ kind: 'APPLIED', version: 3, offset: message.position.offset, redelivery: false }]);
    expect(Number((await prisma.restaurant.findUniqueOrThrow({ where: { id: 'r-1' } })).rev)).toBe(Number(rev) + 1);
    expect(await prisma.change.findMany({ where: { orderId: id } })).toMatchObject([{ restaurantId: 'r-1', rev: rev + 1n }]);
  });

  test('what is read back equals what was written, to the last field', async () => {
    const came = detail(1, {
      number: 'Ä "7"', dueAt: now, note: 'line\nline 😀', guests: 4, priority: 'RUSH', type: null,
      items: [item('l/1', { quantity: 0.5, sku: 'X', category: 'c', modifiers: [{ name: 'Hot', kind: 'ADD' }], allergens: ['milk', 'nuts'], note: '', course: 2, seat: '4' }), item('l2', { voided: true })],
    });
    await settle(arrived([event(1)], came));
    const first = await order();
    // A detail with the same content and no version differs only where reading back lost something.
    await settle(arrived([event(null)], { ...came, version: null }));
    expect(await order()).toEqual(first);
    expect((await kindsOf(prisma, id)).map((kind) => kind.split(' ')[1])).toEqual(['APPLIED', 'COVERED']);
  });

  test('replays change nothing: not the order, not what became of a message, not the screens', async () => {
    const messages = [event(1), event(2), event(3)];
    await settle(arrived([messages[0]!], detail(1)));
    await settle(arrived([messages[1]!, messages[2]!], detail(3)));
    const before = await everything();
    for (const replayed of messages) await settle(arrived([replayed], detail(3)));
    await settle({ orderId: id, finding: { kind: 'seen' }, before: messages, during: [] });
    await settle(failing(messages));
    expect(await everything()).toEqual(before);
  });

  test('redelivered bytes at a new place are marked as a redelivery, and change nothing', async () => {
    const message = event(1);
    await settle(arrived([message], detail(1)));
    const { changes } = await everything();
    const again = { ...message, position: event(1).position };
    await settle(arrived([again], detail(1)));
    expect([await kindsOf(prisma, id), (await everything()).changes]).toEqual([[`${message.position.offset} APPLIED`, `${again.position.offset} COVERED again`], changes]);
  });

  test('an older version never overwrites a newer one', async () => {
    await settle(arrived([event(5)], detail(5, { table: '5' })));
    const old = event(4);
    expect(await settle(arrived([old], detail(4, { table: '4' })))).toMatchObject({ again: [], fates: { COVERED: 1 } });
    const newer = event(6);
    expect(await settle(arrived([newer], detail(4, { table: '4' })))).toMatchObject({ again: [newer], fates: {} });
    expect(await order()).toMatchObject({ version: 5, table: '5' });
  });

  test('an older status never overwrites a newer one, where nothing has a version', async () => {
    await settle(arrived([event(null, { status: 'COMPLETED' })], detail(null, { status: 'COMPLETED' })));
    const late = event(null, { status: 'PAID' });
    expect(await settle(arrived([late], detail(null, { status: 'PAID' })))).toMatchObject({ again: [late] });
    expect(await order()).toMatchObject({ status: 'COMPLETED' });
  });

  test('the same offset of a topic that was made again is another message', async () => {
    const message = event(1);
    await settle(arrived([message], detail(1)));
    await settle(arrived([{ ...event(2), position: { ...message.position, incarnationId: 2 } }], detail(2)));
    expect((await historyOf(prisma, id)).map(({ kind, incarnationId, version }) => [kind, incarnationId, version])).toEqual([['APPLIED', 1, 1], ['APPLIED', 2, 2]]);
  });

  test('at a place where another message ended or waits: the topic was made again, and neither may be taken for the other', async () => {
    const [ended, waits] = [event(1), { ...event(1), orderId: `${id}-waits` }];
    await settle(arrived([ended], detail(1)));
    await settle(failing([waits]));
    const before = await everything();
    for (const { position } of [ended, waits]) {
      one.replaced.length = 0;
      const other = { ...event(2), position };
      expect(await settle(arrived([other], detail(2)))).toMatchObject({ again: [other], fates: {} });
      expect(one.replaced).toEqual([1]);
    }
    expect(await everything()).toEqual(before);
  });
});

describe('a parked order', () => {
  test('keeps what comes later waiting behind its head, whoever has a detail in hand', async () => {
    const [head, later] = [event(1), event(2)];
    expect(await settle(failing([head]))).toMatchObject({ fates: { PARKED: 1 }, parked: true });
    expect(await two.settler.settle(arrived([later], detail(2)))).toMatchObject({ fates: { PARKED: 1 }, parked: true });
    expect([await order(), await parkedOf(prisma, id)]).toEqual([undefined, [head, later].map(({ position: { offset } }) => ({ offset, state: 'PARKED', attempts: 0 }))]);
    await tryOnce(one, id, detail(2));
    expect(await kindsOf(prisma, id)).toEqual([`${head.position.offset} APPLIED`, `${later.position.offset} SUPERSEDED`]);
    expect(await prisma.lane.findUnique({ where: { orderId: id } })).toMatchObject({ parked: 0, nextAttemptAt: null, leaseToken: null });
  });

  test('a message is FAILED after exactly its attempts, with exactly one e-mail, and the next one is due', async () => {
    const [head, next] = [event(1), event(2)];
    await settle(failing([head, next]));
    for (const attempts of [1, 2]) { await tryOnce(one, id, 'no'); expect(await parkedOf(prisma, id)).toMatchObject([{ state: 'PARKED', attempts }, { state: 'PARKED', attempts: 0 }]); }
    expect(await prisma.outboxMessage.count({ where: { subject: id } })).toBe(0);
    expect(await tryOnce(one, id, 'the last straw')).toMatchObject({ fates: { FAILED: 1 }, parked: true });
    expect(await parkedOf(prisma, id)).toMatchObject([{ state: 'FAILED', attempts: 3 }, { state: 'PARKED', attempts: 0 }]);
    expect(await prisma.outboxMessage.findMany({ where: { subject: id } })).toMatchObject([{ body: '3 attempts: the last straw', attempts: 0 }]);
    const lane = await prisma.lane.findUniqueOrThrow({ where: { orderId: id } });
    expect([lane.parked, lane.nextAttemptAt!.getTime() <= Date.now()]).toEqual([1, true]);
  });

  test('FAILED and its e-mail are one transaction: where the one is not written, the other is not', async () => {
    await settle(failing([event(1)]));
    for (let i = 0; i < 2; i += 1) await tryOnce(one, id, 'no');
    // Refused at the very end, when everything else of the transaction is done.
    await prisma.$executeRawUnsafe('CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION \'not now\' USING ERRCODE = \'40001\'; END $$');
    await prisma.$executeRawUnsafe(`CREATE CONSTRAINT TRIGGER refused AFTER UPDATE ON parked_messages DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.order_id = '${id}' AND NEW.state = 'FAILED') EXECUTE FUNCTION refuse()`);
    one.warnings.length = 0;
    const last = tryOnce(one, id, 'no');
    await until('it was refused', 5000, () => one.warnings.length > 0);
    expect([await parkedOf(prisma, id), await prisma.outboxMessage.count({ where: { subject: id } })]).toMatchObject([[{ state: 'PARKED', attempts: 2 }], 0]);
    await prisma.$executeRawUnsafe('DROP TRIGGER refused ON parked_messages');
    await last;
    expect([await parkedOf(prisma, id), await prisma.outboxMessage.count({ where: { subject: id } })]).toMatchObject([[{ state: 'FAILED', attempts: 3 }], 1]);
  });

  test('an e-mail that cannot be written holds back its own message only', async () => {
    await settle(failing([event(1)]));
    for (let i = 0; i < 2; i += 1) await tryOnce(one, id, 'no');
    await prisma.$executeRawUnsafe(`ALTER TABLE outbox ADD CONSTRAINT no_mail CHECK (subject <> '${id}')`);
    const last = tryOnce(one, id, 'no');
    await settle(arrived([{ ...event(1), orderId: `${id}-other` }], detail(1, { id: `${id}-other` })));
    expect(await parkedOf(prisma, id)).toMatchObject([{ state: 'PARKED', attempts: 2 }]);
    await prisma.$executeRawUnsafe('ALTER TABLE outbox DROP CONSTRAINT no_mail');
    await last;
    expect([await parkedOf(prisma, id), await prisma.outboxMessage.count({ where: { subject: id } })]).toMatchObject([[{ state: 'FAILED', attempts: 3 }], 1]);
  });

  test('a later success takes over what had FAILED', async () => {
    const [poor, later] = [event(1), event(2)];
    await settle(failing([poor]));
    for (let i = 0; i < 3; i += 1) await tryOnce(one, id, 'no');
    expect(await settle(arrived([later], detail(2)))).toMatchObject({ fates: { APPLIED: 1, SUPERSEDED: 1 } });
    expect([await kindsOf(prisma, id), await parkedOf(prisma, id)]).toEqual([[`${later.position.offset} APPLIED`, `${poor.position.offset} SUPERSEDED`], [{ offset: poor.position.offset, state: 'SUPERSEDED', attempts: 3 }]]);
  });

  test('an outage burns no attempt', async () => {
    await settle(failing([event(1)]));
    for (let i = 0; i < 5; i += 1) await tryOnce(one, id, 'down', { outage: true });
    expect(await parkedOf(prisma, id)).toMatchObject([{ state: 'PARKED', attempts: 0 }]);
  });

  test('a lost lease changes nothing, whatever was found', async () => {
    await settle(failing([event(1)]));
    const lost = await lease(prisma, id);
    await lease(prisma, id);
    const before = { ...(await everything()), lane: await prisma.lane.findUnique({ where: { orderId: id }, omit: { touchedAt: true } }) };
    await settle({ orderId: id, finding: { kind: 'detail', detail: detail(1) }, before: [], during: [], lease: lost });
    await settle({ orderId: id, finding: { kind: 'failed', reason: 'no', outage: false }, before: [], during: [], lease: lost });
    expect({ ...(await everything()), lane: await prisma.lane.findUnique({ where: { orderId: id }, omit: { touchedAt: true } }) }).toEqual(before);
  });

  test('arrivals behind the head leave its lease and its time alone', async () => {
    await settle(failing([event(1)]));
    const mine = await lease(prisma, id);
    const before = await prisma.lane.findUniqueOrThrow({ where: { orderId: id } });
    await two.settler.settle(arrived([event(2)], detail(2)));
    expect(await prisma.lane.findUnique({ where: { orderId: id } })).toMatchObject({ parked: 2, leaseToken: mine.token, nextAttemptAt: before.nextAttemptAt });
    await settle({ orderId: id, finding: { kind: 'detail', detail: detail(2) }, before: [], during: [], lease: mine });
    expect(await parkedOf(prisma, id)).toMatchObject([{ state: 'APPLIED' }, { state: 'SUPERSEDED' }]);
  });
});

describe('an order that the database or the kitchen refuses', () => {
  test('is parked alone, and does not hold back its batch', async () => {
    await prisma.$executeRawUnsafe('ALTER TABLE line_items ADD CONSTRAINT no_poison CHECK (name <> \'Poison\')');
    const [began, batches] = [Date.now(), one.batches.length];
    const settlements = Array.from({ length: 20 }, (_, i) => {
      const orderId = `${id}-${i}`;
      return arrived([{ ...event(1), orderId }], { ...detail(1), id: orderId, items: [item('l1', { name: i === 13 ? 'Poison' : 'Soup' })] });
    });
    const results = await Promise.all(settlements.map(settle));
    expect(results.map(({ fates }) => Object.keys(fates)[0])).toEqual(settlements.map((_, i) => (i === 13 ? 'PARKED' : 'APPLIED')));
    expect(Date.now() - began).toBeLessThan(3000);
    expect(one.batches.length).toBeGreaterThan(batches);
    expect((await prisma.parkedMessage.findFirstOrThrow({ where: { orderId: `${id}-13` } })).lastError).toContain('the database refused the order');
    await tryOnce(one, `${id}-13`, settlements[13]!.finding.kind === 'detail' ? settlements[13]!.finding.detail : '');
    expect(await parkedOf(prisma, `${id}-13`)).toMatchObject([{ state: 'PARKED', attempts: 1 }]);
    await prisma.$executeRawUnsafe('ALTER TABLE line_items DROP CONSTRAINT no_poison');
    await tryOnce(one, `${id}-13`, { ...detail(1), id: `${id}-13`, items: [item('l1', { name: 'Poison' })] });
    expect(await parkedOf(prisma, `${id}-13`)).toMatchObject([{ state: 'APPLIED' }]);
  });

  test('is parked when it suddenly comes as another restaurant\'s', async () => {
    await settle(arrived([event(1)], detail(1)));
    await settle(arrived([event(2)], detail(2, { restaurantId: 'r-other' })));
    expect([await order(), await parkedOf(prisma, id)]).toMatchObject([{ restaurantId: 'r-1', version: 1 }, [{ state: 'PARKED' }]]);
  });
});

test('the database is away: a settlement waits for as long as it takes, and is then done once', async () => {
  const away = await startSettler(database.url);
  const waiting: Promise<unknown>[] = [];
  await prisma.$transaction(async (tx) => {
    await tx.$executeRaw`LOCK TABLE lanes IN ACCESS EXCLUSIVE MODE`;
    waiting.push(away.settler.settle(arrived([event(1)], detail(1))));
    await until('its session has ended in the middle of its transaction', 3000, async () => {
      const ended = await prisma.$queryRaw<unknown[]>`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO lanes%'`;
      return ended.length > 0;
    });
    expect(await until('it was noticed', 3000, () => away.settler.databaseAway)).toBe(true);
  });
  expect(await waiting[0]).toMatchObject({ fates: { APPLIED: 1 } });
  expect(await kindsOf(prisma, id)).toHaveLength(1);
  await away.stop();
});

test('an unknown restaurant is made once, with one station, however many ask for it at once, and its managers are told', async () => {
  const clients = Array.from({ length: 4 }, () => createPrisma(database.url, { poolSize: 3 }));
  const ids = Array.from({ length: 40 }, (_, i) => `new-${i}`);
  await Promise.all(clients.flatMap((client) => Array.from({ length: 3 }, () => client.$queryRaw`SELECT pg_sleep(0.05)::text`)));
  for (const restaurantId of ids) await Promise.all(clients.flatMap((client) => [1, 2, 3].map(() => ensureRestaurants(client, [restaurantId], new Set(), one.bus))));
  await Promise.all([one, two].flatMap(({ settler }, s) => ids.map((restaurantId) => settler.settle(arrived([{ ...event(1), orderId: `${id}-${restaurantId}-${s}` }], { ...detail(1), id: `${id}-${restaurantId}-${s}`, restaurantId })))));
  for (const restaurantId of ids) {
    expect(await prisma.restaurant.findUnique({ where: { id: restaurantId }, include: { stations: true } })).toMatchObject({ discovered: true, name: restaurantId, stations: [{ name: 'Kitchen', fallback: true, retiredAt: null }] });
  }
  await Promise.all(clients.map((client) => client.$disconnect()));
});

test('batches of two processes over the same orders and restaurants take their locks in one order: none is refused as a deadlock', async () => {
  const ids = Array.from({ length: 40 }, (_, i) => `${id}-${i}`);
  for (const settler of [one, two]) settler.warnings.length = 0;
  // Slow enough that the two are always in the middle of it at once.
  await prisma.$executeRawUnsafe('CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.001); RETURN NEW; END $$');
  await prisma.$executeRawUnsafe('CREATE TRIGGER dawdling BEFORE INSERT ON lanes FOR EACH ROW EXECUTE FUNCTION dawdle()');
  const settleAll = ({ settler }: TestSettler, list: string[], version: number) => Promise.all(list.map((orderId) =>
    settler.settle(arrived([event(version, { orderId })], detail(version, { id: orderId, restaurantId: `r-dead-${orderId.length % 2}` })))));
  for (let round = 1; round <= 5; round += 1) await Promise.all([settleAll(one, ids, round * 2), settleAll(two, ids.toReversed(), round * 2 + 1)]);
  await prisma.$executeRawUnsafe('DROP TRIGGER dawdling ON lanes');
  expect([...one.warnings, ...two.warnings]).toEqual([]);
});

test('two processes race over the same orders and restaurants: whether an order is parked is decided under its lock, nothing deadlocks, every rule holds', { timeout: 120_000 }, async () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
  const names = Array.from({ length: 6 }, (_, i) => `race-${i}`);
  const runs = fc.sample(fc.array(fc.record({ order: fc.nat(5), process: fc.nat(1), what: fc.constantFrom('found', 'found', 'found', 'older', 'failed', 'try', 'try', 'failed try', 'replay'), size: fc.integer({ min: 1, max: 3 }) }), { minLength: 500, maxLength: 500 }), { numRuns: 1, seed })[0]!;
  const first = offsets + 1;
  const versions = new Map(names.map((name) => [name, 0]));
  const topic: OrderEvent[] = [];
  const pending = new Map<string, OrderEvent[]>(names.map((name) => [name, []]));
  const lanes = new Map<string, Promise<unknown>>();
  const truth = (orderId: string, lag = 0): OrderDetail => {
    const version = Math.max(1, versions.get(orderId)! - lag);
    return anyDetail(version, { id: orderId, restaurantId: `r-race-${Number(orderId.at(-1)) % 2}`, placedAt: now, items: [item('l1', { quantity: version }), item('l2')] });
  };
  // Messages of one order come one after another, as from a lane, and sometimes from a second process that reads the same again; tries come beside them.
  const arrive = async (settler: TestSettler, orderId: string, what: string, size: number) => {
    const mine = pending.get(orderId)!.splice(0);
    for (let i = 0; i < size; i += 1) { versions.set(orderId, versions.get(orderId)! + 1); const message = event(versions.get(orderId)!, { orderId }); topic.push(message); mine.push(message); }
    const other = settler === one ? two : one;
    const settlement: Settlement = what === 'failed' ? failing(mine) : arrived(mine, truth(orderId, what === 'older' ? 1 : 0));
    const [{ again }] = await Promise.all([settler.settler.settle(settlement), what === 'found' && size > 1 ? other.settler.settle(arrived(mine, truth(orderId))) : undefined]);
    pending.get(orderId)!.unshift(...again);
  };
  const attempt = async (settler: TestSettler, orderId: string, what: string) => { await tryOnce(settler, orderId, what === 'try' ? truth(orderId) : 'no').catch((error: unknown) => { if (!(error instanceof TypeError)) throw error; }); };
  const tries: Promise<unknown>[] = [];
  for (const { order: n, process: p, what, size } of runs) {
    const [orderId, settler] = [names[n]!, [one, two][p]!];
    if (what.endsWith('try')) { tries.push(attempt(settler, orderId, what)); if (tries.length > 8) await tries.shift(); continue; }
    const before = lanes.get(orderId) ?? Promise.resolve();
    const replayed = topic.filter((message) => message.orderId === orderId && !pending.get(orderId)!.includes(message)).slice(-3, -1);
    lanes.set(orderId, what === 'replay'
      ? before.then(() => (replayed.length ? [one, two][1 - p]!.settler.settle(arrived(replayed, truth(orderId))) : undefined))
      : before.then(() => arrive(settler, orderId, what, size)));
    if (size === 3) await lanes.get(orderId);
  }
  await Promise.all([...lanes.values(), ...tries]);
  await prisma.$executeRaw`DELETE FROM lanes WHERE parked = 0 AND order_id NOT LIKE 'race-%' AND order_id NOT IN (SELECT order_id FROM parked_messages)`;
  const others = await prisma.$queryRaw<OrderEvent['position'][]>`SELECT incarnation_id AS "incarnationId", partition, "offset"::int AS "offset" FROM order_history WHERE order_id NOT LIKE 'race-%'
    UNION ALL SELECT incarnation_id, partition, "offset"::int FROM parked_messages WHERE order_id NOT LIKE 'race-%' AND state IN ('PARKED', 'FAILED')`;
  const all = [...topic, ...others.map((position) => ({ ...anyEvent(0), position }))];
  try {
    expect(topic.length).toBeGreaterThan(200);
    await expectRules(prisma, all, [...pending.values()].flat());
    // The order service is well again: everything that waits ends, and the kitchen has the newest.
    for (const orderId of names) {
      const rest = pending.get(orderId)!.splice(0);
      if (rest.length) await one.settler.settle(arrived(rest, truth(orderId)));
      for (let i = 0; (await prisma.lane.findUniqueOrThrow({ where: { orderId } })).parked && i < 50; i += 1) await tryOnce(two, orderId, truth(orderId));
      expect(await order(orderId)).toMatchObject({ version: versions.get(orderId), lines: [{ quantity: versions.get(orderId) }, {}] });
    }
    await expectRules(prisma, all);
    expect(offsets).toBeGreaterThan(first);
  } catch (error) {
    throw new Error(`seed ${seed}`, { cause: error });
  }
});

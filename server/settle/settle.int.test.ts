// Settlements on a real database: the rules that keep order, under races, replays and failures.
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { item } from '../../test/made.ts';
import { arrived, failing, historyOf, kindsOf, lease, parkedOf, tryOnce } from '../../test/pipeline.ts';
import { startSettlers } from '../../test/settlers.ts';
import { until } from '../../test/until.ts';
import type { Settlement } from './settlement.ts';

const settlers = await startSettlers();
const { prisma, one, two, event, detail, order } = settlers;
afterAll(() => settlers.stop());
/** An order that no other test uses. */
let id = '';
beforeEach(() => {
  id = settlers.nextOrder();
});
const settle = (settlement: Settlement) => one.settler.settle(settlement);
/** Everything of one order, and how often its restaurant's screens were told of it. */
const everything = async (orderId = id) => ({
  order: await order(orderId),
  history: await kindsOf(prisma, orderId),
  parked: await parkedOf(prisma, orderId),
  changes: await prisma.change.count({ where: { orderId } }),
});

describe('a message ends', () => {
  test('as applied, in the transaction that writes the order and tells the screens', async () => {
    const message = event(3);
    const { rev } = (await prisma.restaurant.findUnique({ where: { id: 'r-1' } })) ?? { rev: 0n };
    expect(await settle(arrived([message], detail(3)))).toEqual({ again: [], fates: { APPLIED: 1 }, parked: false });
    expect(await order()).toMatchObject({
      id,
      version: 3,
      lines: [{ id: 'l1', state: 'waiting' }, { id: 'l2' }],
      tickets: [{ state: 'open' }],
    });
    expect(await historyOf(prisma, id)).toMatchObject([
      { kind: 'APPLIED', version: 3, offset: message.position.offset, redelivery: false },
    ]);
    expect(Number((await prisma.restaurant.findUniqueOrThrow({ where: { id: 'r-1' } })).rev)).toBe(Number(rev) + 1);
    expect(await prisma.change.findMany({ where: { orderId: id } })).toMatchObject([
      { restaurantId: 'r-1', rev: rev + 1n },
    ]);
  });

  test('what is read back equals what was written, to the last field', async () => {
    const came = detail(1, {
      number: 'Ä "7"',
      dueAt: new Date().toISOString(),
      note: 'line\nline 😀',
      guests: 4,
      priority: 'RUSH',
      type: null,
      items: [
        item('l/1', {
          quantity: 0.5,
          sku: 'X',
          category: 'c',
          modifiers: [{ name: 'Hot', kind: 'ADD' }],
          allergens: ['milk', 'nuts'],
          note: '',
          course: 2,
          seat: '4',
        }),
        item('l2', { voided: true }),
      ],
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
    expect([await kindsOf(prisma, id), (await everything()).changes]).toEqual([
      [`${message.position.offset} APPLIED`, `${again.position.offset} COVERED again`],
      changes,
    ]);
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
    expect(
      (await historyOf(prisma, id)).map(({ kind, incarnationId, version }) => [kind, incarnationId, version]),
    ).toEqual([
      ['APPLIED', 1, 1],
      ['APPLIED', 2, 2],
    ]);
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
    expect([await order(), await parkedOf(prisma, id)]).toEqual([
      undefined,
      [head, later].map(({ position: { offset } }) => ({ offset, state: 'PARKED', attempts: 0 })),
    ]);
    await tryOnce(one, id, detail(2));
    expect(await kindsOf(prisma, id)).toEqual([
      `${head.position.offset} APPLIED`,
      `${later.position.offset} SUPERSEDED`,
    ]);
    expect(await prisma.lane.findUnique({ where: { orderId: id } })).toMatchObject({
      parked: 0,
      nextAttemptAt: null,
      leaseToken: null,
    });
  });

  test('a message is FAILED after exactly its attempts, with exactly one e-mail, and the next one is due', async () => {
    const [head, next] = [event(1), event(2)];
    await settle(failing([head, next]));
    for (const attempts of [1, 2]) {
      await tryOnce(one, id, 'no');
      expect(await parkedOf(prisma, id)).toMatchObject([
        { state: 'PARKED', attempts },
        { state: 'PARKED', attempts: 0 },
      ]);
    }
    expect(await prisma.outboxMessage.count({ where: { subject: id } })).toBe(0);
    expect(await tryOnce(one, id, 'the last straw')).toMatchObject({ fates: { FAILED: 1 }, parked: true });
    expect(await parkedOf(prisma, id)).toMatchObject([
      { state: 'FAILED', attempts: 3 },
      { state: 'PARKED', attempts: 0 },
    ]);
    expect(await prisma.outboxMessage.findMany({ where: { subject: id } })).toMatchObject([
      { body: '3 attempts: the last straw', attempts: 0 },
    ]);
    const lane = await prisma.lane.findUniqueOrThrow({ where: { orderId: id } });
    expect([lane.parked, lane.nextAttemptAt!.getTime() <= Date.now()]).toEqual([1, true]);
  });

  test('FAILED and its e-mail are one transaction: where the one is not written, the other is not', async () => {
    await settle(failing([event(1)]));
    for (let i = 0; i < 2; i += 1) await tryOnce(one, id, 'no');
    // Refused at the very end, when everything else of the transaction is done.
    await prisma.$executeRawUnsafe(
      "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not now' USING ERRCODE = '40001'; END $$",
    );
    await prisma.$executeRawUnsafe(
      `CREATE CONSTRAINT TRIGGER refused AFTER UPDATE ON parked_messages DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.order_id = '${id}' AND NEW.state = 'FAILED') EXECUTE FUNCTION refuse()`,
    );
    one.warnings.length = 0;
    const last = tryOnce(one, id, 'no');
    await until('it was refused', () => one.warnings.length > 0);
    expect([await parkedOf(prisma, id), await prisma.outboxMessage.count({ where: { subject: id } })]).toMatchObject([
      [{ state: 'PARKED', attempts: 2 }],
      0,
    ]);
    await prisma.$executeRawUnsafe('DROP TRIGGER refused ON parked_messages');
    await last;
    expect([await parkedOf(prisma, id), await prisma.outboxMessage.count({ where: { subject: id } })]).toMatchObject([
      [{ state: 'FAILED', attempts: 3 }],
      1,
    ]);
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
    expect([await parkedOf(prisma, id), await prisma.outboxMessage.count({ where: { subject: id } })]).toMatchObject([
      [{ state: 'FAILED', attempts: 3 }],
      1,
    ]);
  });

  test('a later success takes over what had FAILED', async () => {
    const [poor, later] = [event(1), event(2)];
    await settle(failing([poor]));
    for (let i = 0; i < 3; i += 1) await tryOnce(one, id, 'no');
    expect(await settle(arrived([later], detail(2)))).toMatchObject({ fates: { APPLIED: 1, SUPERSEDED: 1 } });
    expect([await kindsOf(prisma, id), await parkedOf(prisma, id)]).toEqual([
      [`${later.position.offset} APPLIED`, `${poor.position.offset} SUPERSEDED`],
      [{ offset: poor.position.offset, state: 'SUPERSEDED', attempts: 3 }],
    ]);
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
    const before = {
      ...(await everything()),
      lane: await prisma.lane.findUnique({ where: { orderId: id }, omit: { touchedAt: true } }),
    };
    await settle({ orderId: id, finding: { kind: 'detail', detail: detail(1) }, before: [], during: [], lease: lost });
    await settle({
      orderId: id,
      finding: { kind: 'failed', reason: 'no', outage: false },
      before: [],
      during: [],
      lease: lost,
    });
    expect({
      ...(await everything()),
      lane: await prisma.lane.findUnique({ where: { orderId: id }, omit: { touchedAt: true } }),
    }).toEqual(before);
  });

  test('arrivals behind the head leave its lease and its time alone', async () => {
    await settle(failing([event(1)]));
    const mine = await lease(prisma, id);
    const before = await prisma.lane.findUniqueOrThrow({ where: { orderId: id } });
    await two.settler.settle(arrived([event(2)], detail(2)));
    expect(await prisma.lane.findUnique({ where: { orderId: id } })).toMatchObject({
      parked: 2,
      leaseToken: mine.token,
      nextAttemptAt: before.nextAttemptAt,
    });
    await settle({ orderId: id, finding: { kind: 'detail', detail: detail(2) }, before: [], during: [], lease: mine });
    expect(await parkedOf(prisma, id)).toMatchObject([{ state: 'APPLIED' }, { state: 'SUPERSEDED' }]);
  });
});

test('what hot orders bring is spread over several transactions: a new order waits for one or two of them', async () => {
  const batches = one.batches.length;
  await Promise.all(
    Array.from({ length: 5 }, (_, i) => {
      const orderId = `${id}-hot-${i}`;
      return settle(
        arrived(
          Array.from({ length: 900 }, () => ({ ...event(1), orderId })),
          { ...detail(1), id: orderId },
        ),
      );
    }),
  );
  expect(one.batches.slice(batches).sort()).toEqual([1, 2, 2]);
  expect(await prisma.orderHistory.count({ where: { orderId: { startsWith: `${id}-hot-` } } })).toBe(4500);
});

describe('an order that the database or the kitchen refuses', () => {
  test('is parked alone, and does not hold back its batch', async () => {
    await prisma.$executeRawUnsafe("ALTER TABLE line_items ADD CONSTRAINT no_poison CHECK (name <> 'Poison')");
    const [began, batches] = [Date.now(), one.batches.length];
    const settlements = Array.from({ length: 20 }, (_, i) => {
      const orderId = `${id}-${i}`;
      return arrived([{ ...event(1), orderId }], {
        ...detail(1),
        id: orderId,
        items: [item('l1', { name: i === 13 ? 'Poison' : 'Soup' })],
      });
    });
    const results = await Promise.all(settlements.map(settle));
    expect(results.map(({ fates }) => Object.keys(fates)[0])).toEqual(
      settlements.map((_, i) => (i === 13 ? 'PARKED' : 'APPLIED')),
    );
    expect(Date.now() - began).toBeLessThan(20_000);
    expect(one.batches.length).toBeGreaterThan(batches);
    expect((await prisma.parkedMessage.findFirstOrThrow({ where: { orderId: `${id}-13` } })).lastError).toContain(
      'the database refused the order',
    );
    await tryOnce(one, `${id}-13`, settlements[13]!.finding.kind === 'detail' ? settlements[13]!.finding.detail : '');
    expect(await parkedOf(prisma, `${id}-13`)).toMatchObject([{ state: 'PARKED', attempts: 1 }]);
    await prisma.$executeRawUnsafe('ALTER TABLE line_items DROP CONSTRAINT no_poison');
    await tryOnce(one, `${id}-13`, { ...detail(1), id: `${id}-13`, items: [item('l1', { name: 'Poison' })] });
    expect(await parkedOf(prisma, `${id}-13`)).toMatchObject([{ state: 'APPLIED' }]);
  });

  test("is parked when it suddenly comes as another restaurant's", async () => {
    await settle(arrived([event(1)], detail(1)));
    await settle(arrived([event(2)], detail(2, { restaurantId: 'r-other' })));
    expect([await order(), await parkedOf(prisma, id)]).toMatchObject([
      { restaurantId: 'r-1', version: 1 },
      [{ state: 'PARKED' }],
    ]);
  });
});

// The retry table worked off by several processes at once, and by operators beside them.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PrismaClient } from '../db/client.ts';
import { HeardError } from '../errors.ts';
import type { OrderEvent } from '../upstream/message.ts';
import type { FetchResult } from '../fetch/fetch-queue.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { detail as anyDetail, event as anyEvent } from '../../test/made.ts';
import { arrived, failing, kindsOf, log, parkedOf, startSettler, type TestSettler } from '../../test/pipeline.ts';
import { until } from '../../test/until.ts';
import { claimDue, LEASE_SECONDS, RENEW_EVERY_MS, renewClaims } from './claims.ts';
import { RetryControl } from './control.ts';
import { RetryWorker } from './worker.ts';

let database: TestDatabase;
let prisma: PrismaClient;
let settlers: TestSettler[];
let control: RetryControl;
beforeAll(async () => {
  database = await createTestDatabase();
  prisma = database.prisma;
  settlers = await Promise.all([startSettler(database.url), startSettler(database.url)]);
  control = new RetryControl({ prisma, bus: settlers[0]!.bus });
});
afterAll(async () => {
  await Promise.all(settlers?.map((settler) => settler.stop()) ?? []);
  await database?.drop();
});

let [offsets, orders] = [0, 0];
let id = '';
const workers: RetryWorker[] = [];
beforeEach(() => {
  id = `order-${(orders += 1)}`;
});
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop();
  await prisma.$executeRaw`UPDATE lanes SET next_attempt_at = NULL, parked = 0`;
});

const event = (version: number | null, orderId = id): OrderEvent => anyEvent((offsets += 1), { orderId, version });
const sound = (orderId: string, version = 9): FetchResult => ({
  ok: true,
  detail: anyDetail(version, { id: orderId }),
});
const broken = (outage = false): FetchResult => ({
  ok: false,
  error: new HeardError('ORDER_API_FAILED', 'the order service answered 500'),
  outage,
});
const park = (messages: OrderEvent[]) => settlers[0]!.settler.settle(failing(messages));
const idOf = async (offset: number) => (await prisma.parkedMessage.findFirstOrThrow({ where: { offset } })).id;
const stateOf = async (orderId = id) => (await parkedOf(prisma, orderId)).map(({ state }) => state).join(' ');

function startWorker(
  settler: TestSettler,
  fetch: (orderId: string) => Promise<FetchResult>,
  { width = 5, down = (): boolean => false } = {},
): RetryWorker {
  const worker = new RetryWorker({
    renew: (claims) => renewClaims(settler.prisma, claims),
    log,
    claim: (free, trying) => claimDue(settler.prisma, free, trying),
    fetch,
    settle: (settlement) => settler.settler.settle(settlement),
    serviceDown: down,
    width: () => width,
  });
  workers.push(worker);
  worker.start();
  return worker;
}

test('a due head is tried until the order service answers, then it is applied and what waited behind it superseded', async () => {
  const messages = [event(1), event(2), event(3)];
  await park(messages);
  let tries = 0;
  startWorker(settlers[0]!, async (orderId) => ((tries += 1) < 3 ? broken() : sound(orderId)));
  await until('the order is free', async () => (await stateOf()) === 'APPLIED SUPERSEDED SUPERSEDED');
  expect([tries, await kindsOf(prisma, id)]).toEqual([
    3,
    messages.map(({ position: { offset } }, i) => `${offset} ${i ? 'SUPERSEDED' : 'APPLIED'}`),
  ]);
  expect((await parkedOf(prisma, id))[0]!.attempts).toBe(2);
});

test('each attempt is one request, and there are exactly as many as allowed before the message has FAILED', async () => {
  await park([event(1)]);
  let tries = 0;
  startWorker(settlers[0]!, async () => {
    tries += 1;
    return broken();
  });
  await until('it has FAILED', async () => (await stateOf()) === 'FAILED');
  expect([
    tries,
    await parkedOf(prisma, id),
    await prisma.outboxMessage.count({ where: { subject: id } }),
  ]).toMatchObject([3, [{ attempts: 3 }], 1]);
});

test('workers of two processes never try one order at once, and each order is tried once for each time it is due', async () => {
  const ids = Array.from({ length: 30 }, (_, i) => `${id}-${i}`);
  await Promise.all(ids.map((orderId) => park([event(1, orderId)])));
  const [busy, tries] = [new Set<string>(), new Map<string, number>()];
  let doubled = 0;
  const fetch = async (orderId: string): Promise<FetchResult> => {
    if (busy.has(orderId)) doubled += 1;
    busy.add(orderId);
    tries.set(orderId, (tries.get(orderId) ?? 0) + 1);
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
    busy.delete(orderId);
    return tries.get(orderId)! > 1 ? sound(orderId) : broken();
  };
  const pair = settlers.map((settler) => startWorker(settler, fetch, { width: 10 }));
  const kicks = setInterval(() => {
    for (const worker of pair) worker.kick();
  }, 1);
  try {
    await until(
      'all are applied',
      async () =>
        (await prisma.parkedMessage.count({ where: { orderId: { in: ids }, state: 'APPLIED' } })) === ids.length,
    );
  } finally {
    clearInterval(kicks);
  }
  expect([doubled, [...tries.values()].every((count) => count === 2)]).toEqual([0, true]);
});

test('never more tries at once than the width; one while the service is down', async () => {
  const ids = Array.from({ length: 12 }, (_, i) => `${id}-${i}`);
  await Promise.all(ids.map((orderId) => park([event(1, orderId)])));
  let [open, most, mostDown, down] = [0, 0, 0, true];
  const fetch = async (orderId: string): Promise<FetchResult> => {
    open += 1;
    if (down) mostDown = Math.max(mostDown, open);
    else most = Math.max(most, open);
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
    open -= 1;
    return down ? broken(true) : sound(orderId);
  };
  const worker = startWorker(settlers[0]!, fetch, { width: 3, down: () => down });
  const kicks = setInterval(() => worker.kick(), 1);
  try {
    await until('some were tried', () => mostDown > 0);
    await new Promise((resolve) => {
      setTimeout(resolve, 150);
    });
    down = false;
    await until(
      'all are applied',
      async () =>
        (await prisma.parkedMessage.count({ where: { orderId: { in: ids }, state: 'APPLIED' } })) === ids.length,
    );
  } finally {
    clearInterval(kicks);
  }
  expect(mostDown).toBe(1);
  expect(most).toBeLessThanOrEqual(3);
  expect(
    await prisma.parkedMessage.count({ where: { orderId: { in: ids }, attempts: { gt: 0 } } }),
    'an outage burns no attempt',
  ).toBe(0);
});

test('a lease that its holder lets run out is taken over, and what the first one finds later counts for nothing', async () => {
  await park([event(1)]);
  const late: ((result: FetchResult) => void)[] = [];
  const calls: string[] = [];
  startWorker(settlers[0]!, async (orderId) =>
    late.length
      ? (calls.push(orderId), broken())
      : new Promise<FetchResult>((resolve) => {
          late.push(resolve);
        }),
  );
  await until('the first has it', () => late.length === 1);
  startWorker(settlers[1]!, async (orderId) => {
    calls.push(orderId);
    return broken();
  });
  await new Promise((resolve) => {
    setTimeout(resolve, 300);
  });
  expect(calls).toEqual([]);
  // The holder was stopped for longer than its lease.
  await prisma.$executeRaw`UPDATE lanes SET lease_until = now() - interval '1 ms' WHERE order_id = ${id}`;
  await until('the second tried it', () => calls.length > 0);
  await until('its failure is written', async () => (await parkedOf(prisma, id))[0]!.attempts === 1);
  late[0]!(broken());
  await until('it goes on', async () => (await stateOf()) === 'FAILED');
  expect([calls.length, await parkedOf(prisma, id)]).toMatchObject([3, [{ attempts: 3 }]]);
});

test('a lease is prolonged three times before it ends, while it is ours, and not any more', async () => {
  expect(RENEW_EVERY_MS * 3).toBeLessThanOrEqual(LEASE_SECONDS * 1000);
  await park([event(1)]);
  await prisma.$executeRaw`UPDATE lanes SET next_attempt_at = now() WHERE order_id = ${id}`;
  const claims = await claimDue(prisma, 100, []);
  const mine = claims.filter(({ orderId }) => orderId === id);
  expect(mine).toHaveLength(1);
  const leftOf = async () => {
    const [row] = await prisma.$queryRaw<{ seconds: number }[]>`
      SELECT extract(epoch FROM lease_until - now())::float8 AS seconds FROM lanes WHERE order_id = ${id}
    `;
    return row!.seconds;
  };
  await prisma.$executeRaw`UPDATE lanes SET lease_until = now() + interval '1 second' WHERE order_id = ${id}`;
  await renewClaims(prisma, mine);
  expect(await leftOf()).toBeGreaterThan(LEASE_SECONDS / 2);
  await prisma.$executeRaw`
    UPDATE lanes SET lease_token = gen_random_uuid(), lease_until = now() + interval '1 second' WHERE order_id = ${id}
  `;
  await renewClaims(prisma, mine);
  expect(await leftOf()).toBeLessThan(2);
  // Nobody else's test finds it due.
  await prisma.$executeRaw`UPDATE lanes SET lease_token = NULL, lease_until = NULL WHERE order_id = ANY(${claims.map(({ orderId }) => orderId)})`;
});

test('a blocked order does not hide another one that is due', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, i) => park([event(1, `${id}-${i}`)])));
  await prisma.$executeRaw`
    UPDATE lanes
    SET
      lease_token = gen_random_uuid(), lease_until = now() + interval '1 hour',
      next_attempt_at = now() - interval '1 hour'
    WHERE order_id LIKE ${`${id}-%`}
  `;
  await park([event(1)]);
  startWorker(settlers[0]!, async (orderId) => sound(orderId), { width: 1 });
  await until('it is applied', async () => (await stateOf()) === 'APPLIED');
});

describe('an operator', () => {
  const failedOne = async () => {
    const message = event(1);
    await park([message]);
    const worker = startWorker(settlers[0]!, async () => broken());
    await until('it has FAILED', async () => (await stateOf()) === 'FAILED');
    await worker.stop();
    return message;
  };

  test('tries a FAILED message again at once: its attempts stay, and it ends APPLIED', async () => {
    const message = await failedOne();
    startWorker(settlers[0]!, async (orderId) => sound(orderId));
    expect(await control.retryNow(await idOf(message.position.offset), 'chef')).toBe('done');
    await until('it is applied', async () => (await stateOf()) === 'APPLIED');
    expect([await parkedOf(prisma, id), await kindsOf(prisma, id)]).toEqual([
      [{ offset: message.position.offset, state: 'APPLIED', attempts: 3 }],
      [`${message.position.offset} APPLIED`],
    ]);
    expect(
      await prisma.auditEntry.findFirst({ where: { action: 'parked.retry', actor: 'chef' }, orderBy: { id: 'desc' } }),
    ).toMatchObject({ detail: { orderId: id, state: 'FAILED' } });
  });

  test('whose try fails once more gets no second e-mail, and no attempt is counted', async () => {
    const message = await failedOne();
    let tries = 0;
    startWorker(settlers[0]!, async () => {
      tries += 1;
      return broken();
    });
    await control.retryNow(await idOf(message.position.offset), 'chef');
    await until('it was tried', () => tries === 1);
    await until('it has FAILED again', async () => (await stateOf()) === 'FAILED');
    expect([await parkedOf(prisma, id), await prisma.outboxMessage.count({ where: { subject: id } })]).toMatchObject([
      [{ attempts: 3 }],
      1,
    ]);
  });

  test('tries a waiting message before it is due', async () => {
    const message = event(1);
    await park([message]);
    await prisma.$executeRaw`UPDATE lanes SET next_attempt_at = now() + interval '1 hour' WHERE order_id = ${id}`;
    startWorker(settlers[0]!, async (orderId) => sound(orderId));
    await control.retryNow(await idOf(message.position.offset), 'chef');
    await until('it is applied', async () => (await stateOf()) === 'APPLIED');
    expect((await parkedOf(prisma, id))[0]!.attempts).toBe(0);
  });

  test('discards a message: it is never tried again, and the one behind it is due', async () => {
    const [head, next] = [event(1), event(2)];
    await park([head, next]);
    await prisma.$executeRaw`UPDATE lanes SET next_attempt_at = now() + interval '1 hour' WHERE order_id = ${id}`;
    expect(await control.discard(await idOf(head.position.offset), 'chef')).toBe('done');
    let tries = 0;
    startWorker(settlers[0]!, async (orderId) => {
      tries += 1;
      return sound(orderId);
    });
    await until('the next is applied', async () => (await stateOf()) === 'DISCARDED APPLIED');
    expect([tries, await kindsOf(prisma, id)]).toEqual([
      1,
      [`${head.position.offset} DISCARDED`, `${next.position.offset} APPLIED`],
    ]);
    expect(await control.retryNow(await idOf(head.position.offset), 'chef')).toBe('wrong-state');
    expect(await control.discard(await idOf(head.position.offset), 'chef')).toBe('wrong-state');
    expect(await control.discard(10n ** 9n, 'chef')).toBe('not-found');
  });

  test("discards under a worker's hands: what it finds counts for nothing", async () => {
    const message = event(1);
    await park([message]);
    const answers: ((result: FetchResult) => void)[] = [];
    startWorker(
      settlers[0]!,
      () =>
        new Promise<FetchResult>((resolve) => {
          answers.push(resolve);
        }),
    );
    await until('it is being tried', () => answers.length === 1);
    await control.discard(await idOf(message.position.offset), 'chef');
    answers[0]!(sound(id));
    await settlers[0]!.settler.settle(arrived([event(2)], anyDetail(2, { id })));
    expect([await stateOf(), (await kindsOf(prisma, id)).map((kind) => kind.split(' ')[1])]).toEqual([
      'DISCARDED',
      ['DISCARDED', 'APPLIED'],
    ]);
  });

  test('discards one in the middle of the row: its head keeps its lease', async () => {
    const messages = [event(1), event(2), event(3)];
    await park(messages);
    await prisma.$executeRaw`
      UPDATE lanes SET lease_token = gen_random_uuid(), lease_until = now() + interval '1 hour' WHERE order_id = ${id}
    `;
    const before = await prisma.lane.findUniqueOrThrow({ where: { orderId: id } });
    await control.discard(await idOf(messages[1]!.position.offset), 'chef');
    expect(await prisma.lane.findUnique({ where: { orderId: id } })).toMatchObject({
      parked: 2,
      leaseToken: before.leaseToken,
      nextAttemptAt: before.nextAttemptAt,
    });
  });

  test('and a worker and new messages at the same time: every count stays right', async () => {
    const ids = Array.from({ length: 10 }, (_, i) => `${id}-${i}`);
    const messages = ids.map((orderId) => [event(1, orderId), event(2, orderId), event(3, orderId)]);
    await Promise.all(messages.map(park));
    let n = 0;
    startWorker(settlers[0]!, async (orderId) => ((n += 1) % 2 ? sound(orderId, 3) : broken()));
    startWorker(settlers[1]!, async (orderId) => ((n += 1) % 2 ? sound(orderId, 3) : broken()));
    await Promise.all(
      messages.flatMap(([first, second], i) => [
        idOf(first!.position.offset).then((row) => control.retryNow(row, 'chef')),
        idOf(second!.position.offset).then((row) => control.discard(row, 'chef')),
        settlers[1]!.settler.settle(arrived([event(3, ids[i])], anyDetail(3, { id: ids[i]! }))),
      ]),
    );
    await until(
      'nothing waits',
      async () => (await prisma.parkedMessage.count({ where: { orderId: { in: ids }, state: 'PARKED' } })) === 0,
    );
    expect(
      await prisma.lane.findMany({
        where: { orderId: { in: ids }, OR: [{ parked: { not: 0 } }, { nextAttemptAt: { not: null } }] },
      }),
    ).toEqual([]);
    for (const orderId of ids)
      expect(
        (await prisma.orderHistory.count({ where: { orderId } })) +
          (await prisma.parkedMessage.count({ where: { orderId, state: 'FAILED' } })),
      ).toBe(4);
  });
});

// Whose fault an error is, and who waits for it: settlements against a database that a test plays.
import { expect, test } from 'vitest';
import { createLogger } from '../logger.ts';
import { event, detail } from '../../test/made.ts';
import { arrived } from '../../test/pipeline.ts';
import { until } from '../../test/until.ts';
import { Persistence } from './persistence.ts';
import type { SettleResult } from './settle.ts';
import type { Settlement } from './settlement.ts';

const state = (code: string) => Object.assign(new Error(`refused with ${code}`), { code });
const done: SettleResult = { again: [], fates: { APPLIED: 1 }, parked: false };

/** @param answer the error for a batch; undefined where it is taken */
function played(answer: (batch: Settlement[], call: number) => Error | undefined) {
  const batches: string[][] = [];
  const parked: { orderId: string; outage: boolean }[] = [];
  const lines: string[] = [];
  const note = (level: string) => (_: object, words: string) => void lines.push(`${level}: ${words}`);
  const persistence = new Persistence({
    log: Object.assign(createLogger('silent'), { warn: note('warn'), error: note('error'), info: note('info') }),
    settleOnce: async (batch) => {
      batches.push(batch.map(({ orderId }) => orderId));
      const error = answer(batch, batches.length);
      if (error) throw error;
      return batch.map(({ orderId, finding }) => {
        if (finding.kind === 'failed') parked.push({ orderId, outage: finding.outage });
        return done;
      });
    },
  });
  const settle = (orderId: string, messages = 1) =>
    persistence.settle(
      arrived(
        Array.from({ length: messages }, (_, i) => ({ ...event(i + 1), orderId })),
        detail(1, { id: orderId }),
      ),
    );
  return { persistence, settle, batches, parked, lines };
}
const has = (batch: Settlement[], orderId: string) => batch.some((one) => one.orderId === orderId);

test.each(['57P01', '40P01', '53300', '08006'])('%s is waited out, whole, and nobody is parked', async (code) => {
  const { settle, batches, parked, persistence } = played((_, call) => (call <= 2 ? state(code) : undefined));
  await Promise.all([settle('a'), settle('b')]);
  expect(batches).toEqual([
    ['a', 'b'],
    ['a', 'b'],
    ['a', 'b'],
  ]);
  expect([parked, persistence.trouble]).toEqual([[], null]);
});

test.each(['42501', '42703', '42P01', '0A000', '25006', '58030', 'XX000', 'P0001'])(
  '%s is the database that has to be mended: it is said once, by name, and nobody is parked',
  async (code) => {
    let mended = false;
    const { settle, batches, parked, persistence, lines } = played(() => (mended ? undefined : state(code)));
    const settling = Promise.all([settle('a'), settle('b')]);
    await until('it was tried again', () => batches.length >= 3);
    expect(persistence.trouble).toContain(code);
    expect(lines.filter((line) => line.startsWith('error'))).toEqual(['error: the database has to be mended']);
    mended = true;
    await settling;
    expect([parked, persistence.trouble, lines.at(-1)]).toEqual([[], null, 'info: the database takes orders again']);
  },
);

test.each(['22003', '22021', '23514', '54000'])(
  '%s is about one order: it is parked, and the others go on',
  async (code) => {
    const { settle, parked, persistence } = played((batch) =>
      batch.some(({ orderId, finding }) => orderId === 'c' && finding.kind === 'detail') ? state(code) : undefined,
    );
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((id) => settle(id)));
    expect(parked).toEqual([{ orderId: 'c', outage: false }]);
    expect(persistence.trouble).toBe(null);
  },
);

test('two orders that are refused alike are an outage: neither has to pay', async () => {
  const { settle, parked } = played((batch) =>
    batch.some(({ finding }) => finding.kind === 'detail') ? state('23514') : undefined,
  );
  await settle('a');
  await settle('b');
  await settle('a');
  expect(parked).toEqual([
    { orderId: 'a', outage: false },
    { orderId: 'b', outage: true },
    { orderId: 'a', outage: true },
  ]);
});

test('a batch that takes too long is tried twice, then halved until one order is alone', async () => {
  let fast = false;
  const { settle, batches, persistence, lines } = played((batch) =>
    !fast && has(batch, 'e') ? state('57014') : undefined,
  );
  const slow = settle('e');
  await Promise.all(['a', 'b', 'c', 'd', 'f', 'g', 'h'].map((id) => settle(id)));
  expect(batches.slice(0, 2)).toEqual([
    ['e', 'a', 'b', 'c', 'd', 'f', 'g', 'h'],
    ['e', 'a', 'b', 'c', 'd', 'f', 'g', 'h'],
  ]);
  await until('it is alone', () => batches.filter((batch) => batch.join() === 'e').length >= 2);
  expect(lines.filter((line) => line.startsWith('error'))).toEqual([
    'error: an order cannot be settled; it is tried again, and all others go on',
  ]);
  expect(persistence.trouble).toBe(null);
  fast = true;
  expect(await slow).toEqual(done);
});

test('an order with most of the messages is alone at the first cut', async () => {
  let fast = false;
  const { settle, batches } = played((batch) => (!fast && has(batch, 'hot') ? state('57014') : undefined));
  const others = ['a', 'b', 'c'].map((id) => settle(id));
  const hot = settle('hot', 1000);
  others.push(...['d', 'e'].map((id) => settle(id)));
  await Promise.all(others);
  expect(batches.filter((batch) => batch.includes('hot') && batch.length > 1)).toHaveLength(2);
  fast = true;
  await hot;
});

test('orders that hang for good, however many, keep no other from being settled', async () => {
  let fast = false;
  const stuck = ['s1', 's2', 's3', 's4', 's5'];
  const { settle, persistence } = played((batch) =>
    !fast && stuck.some((id) => has(batch, id)) ? state('57014') : undefined,
  );
  const hanging = Promise.all(stuck.map((id) => settle(id)));
  for (let n = 0; n < 20; n += 1) expect(await settle(`new-${n}`)).toEqual(done);
  expect(persistence.trouble).toBe(null);
  fast = true;
  await hanging;
});

test('after stop() everything that waits gives up', async () => {
  const { settle, persistence } = played(() => state('57014'));
  const waiting = settle('a');
  persistence.stop();
  await expect(waiting).rejects.toThrow();
});

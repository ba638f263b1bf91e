// The answer of a replica that lags never passes for the truth.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detail, item } from '../../test/made.ts';
import { behindMessage, containsMessage, covers, olderThanStored } from './freshness.ts';
import { comesBefore, statusRank } from '../protocol/status.ts';

const message = (version: number | null, status = 'PLACED') => ({ version, status });

describe('behind the message', () => {
  test('an older version is, an equal or newer one is not, whatever the statuses say', () => {
    expect(behindMessage(detail(2), message(3))).toContain('version 2 came');
    expect(behindMessage(detail(3, { status: 'PLACED' }), message(3, 'COMPLETED'))).toBeUndefined();
    expect(behindMessage(detail(4), message(3))).toBeUndefined();
  });

  test('where either has no version, an earlier status is', () => {
    expect(behindMessage(detail(9, { status: 'PLACED' }), message(null, 'PAID'))).toContain('status PLACED came');
    expect(behindMessage(detail(null, { status: 'PAID' }), message(3, 'COMPLETED'))).toContain('status PAID came');
    expect(behindMessage(detail(null, { status: 'COMPLETED' }), message(null, 'CANCELED'))).toBeDefined();
    expect(behindMessage(detail(null, { status: 'PAID' }), message(null, 'PAID'))).toBeUndefined();
    expect(behindMessage(detail(null, { status: 'CANCELED' }), message(null, 'PLACED'))).toBeUndefined();
  });

  test('a status that nobody knows proves nothing either way', () => {
    expect(behindMessage(detail(null, { status: 'PLACED' }), message(null, 'BOXED'))).toBeUndefined();
    expect(behindMessage(detail(null, { status: 'BOXED' }), message(null, 'COMPLETED'))).toBeUndefined();
    expect([statusRank('BOXED'), comesBefore('BOXED', 'PAID'), comesBefore('PAID', 'BOXED')]).toEqual([
      null,
      false,
      false,
    ]);
  });

  test('an order without its dishes is, however new, unless it is canceled', () => {
    expect(behindMessage(detail(99, { items: [] }), message(1))).toContain('without its dishes');
    expect(behindMessage(detail(99, { items: [], status: 'CANCELED' }), message(1))).toBeUndefined();
    expect(behindMessage(detail(1, { items: [], status: 'CANCELED' }), message(2))).toBeDefined();
    expect(behindMessage(detail(99, { items: [item('l1', { voided: true })] }), message(1))).toBeUndefined();
  });
});

test('older than what the kitchen has: by version, else by status; a new order never is', () => {
  expect(olderThanStored(detail(1), null)).toBe(false);
  expect(olderThanStored(detail(2), { version: 3, status: 'PLACED' })).toBe(true);
  expect(olderThanStored(detail(3), { version: 3, status: 'COMPLETED' })).toBe(false);
  expect(olderThanStored(detail(null, { status: 'PLACED' }), { version: 3, status: 'PAID' })).toBe(true);
  expect(olderThanStored(detail(4, { status: 'PLACED' }), { version: null, status: 'PAID' })).toBe(true);
  expect(olderThanStored(detail(null, { status: 'PAID' }), { version: 3, status: 'PAID' })).toBe(false);
});

test('only a version proves that what the kitchen has contains a message', () => {
  expect(containsMessage({ version: 3, status: 'PAID' }, message(3))).toBe(true);
  expect(containsMessage({ version: 3, status: 'PAID' }, message(4))).toBe(false);
  expect(containsMessage({ version: 3, status: 'PAID' }, message(null, 'PLACED'))).toBe(false);
  expect(containsMessage({ version: null, status: 'PAID' }, message(1))).toBe(false);
  expect(containsMessage(null, message(0))).toBe(false);
});

test('a fetch covers what had arrived before it began; of what came later only what a version proves', () => {
  expect(covers(detail(null), message(null), true)).toBe(true);
  expect(covers(detail(null), message(null), false)).toBe(false);
  expect(covers(detail(5), message(null), false)).toBe(false);
  expect(covers(detail(5), message(5), false)).toBe(true);
  expect(covers(detail(5), message(6), true)).toBe(false);
});

test('property: a version that is behind covers nothing, and one that is not contains all that it covers', () => {
  const version = fc.option(fc.nat(6), { nil: null });
  const status = fc.constantFrom('PLACED', 'PAID', 'COMPLETED', 'CANCELED', 'BOXED');
  fc.assert(
    fc.property(version, status, version, status, fc.boolean(), (came, cameStatus, asked, askedStatus, before) => {
      const [fetched, event] = [detail(came, { status: cameStatus }), message(asked, askedStatus)];
      const behind = behindMessage(fetched, event) !== undefined;
      if (behind) expect(covers(fetched, event, before)).toBe(false);
      else if (came !== null && asked !== null)
        expect(containsMessage({ version: came, status: cameStatus }, event)).toBe(true);
      expect(covers(fetched, event, true)).toBe(!behind);
    }),
  );
});

test('an answer out of a cache needs a version to cover a message', () => {
  const cached = { status: 'PAID', ageSeconds: 40 };
  expect(behindMessage(detail(3, cached), { status: 'PAID', version: 3 })).toBeUndefined();
  expect(behindMessage(detail(3, cached), { status: 'PAID', version: null })).toContain('40 s old');
  expect(behindMessage(detail(null, cached), { status: 'PAID', version: 3 })).toContain('40 s old');
  expect(covers(detail(null, cached), { status: 'PAID', version: null }, true)).toBe(false);
  expect(covers(detail(null, { status: 'PAID' }), { status: 'PAID', version: null }, true)).toBe(true);
});

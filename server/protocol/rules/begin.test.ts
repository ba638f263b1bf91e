// The first tickets of a station are begun by themselves, a rush before all others, and none that is done already.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, detail, item, kitchenOrder } from '../../../test/made.ts';
import { beginTickets, ticketsToBegin, type OpenTicket } from './begin.ts';

const ticket = (id: string, seconds: number, more: Partial<OpenTicket> = {}): OpenTicket => ({
  id,
  firedAt: at(seconds),
  rushed: false,
  waiting: 1,
  cooking: 0,
  ...more,
});
const ids = (tickets: readonly OpenTicket[]) => tickets.map(({ id }) => id);

describe('the tickets that are begun', () => {
  test('are the oldest, as many as the station takes at once', () => {
    const open = [ticket('c', 3), ticket('a', 1), ticket('b', 2)];
    expect(ids(ticketsToBegin(open, 2))).toEqual(['a', 'b']);
    expect(ids(ticketsToBegin(open, 9))).toEqual(['a', 'b', 'c']);
  });

  test('leave room for those on the fire, and none for those that are ready', () => {
    const cooking = ticket('a', 1, { waiting: 0, cooking: 2 });
    expect(ids(ticketsToBegin([cooking, ticket('b', 2), ticket('c', 3)], 2))).toEqual(['b']);
    const ready = ticket('a', 1, { waiting: 0 });
    expect(ids(ticketsToBegin([ready, ticket('b', 2), ticket('c', 3)], 2))).toEqual(['b', 'c']);
  });

  test('are begun again where a dish came to them', () => {
    expect(ids(ticketsToBegin([ticket('a', 1, { cooking: 2 })], 1))).toEqual(['a']);
  });

  test('have a rush before them', () => {
    expect(ids(ticketsToBegin([ticket('a', 1), ticket('r', 5, { rushed: true })], 1))).toEqual(['r']);
  });

  test('property: the order in which they are given does not matter, and what is begun stays in front', () => {
    const tickets = fc.uniqueArray(
      fc.record({
        id: fc.uuid(),
        firedAt: fc.nat(3).map(at),
        rushed: fc.boolean(),
        waiting: fc.nat(2),
        cooking: fc.nat(2),
      }),
      { selector: ({ id }) => id, maxLength: 12 },
    );
    fc.assert(
      fc.property(tickets, fc.nat(5), (open, first) => {
        const begun = ticketsToBegin(open, first);
        expect(begun.length).toBeLessThanOrEqual(first);
        expect(ids(ticketsToBegin(open.toReversed(), first))).toEqual(ids(begun));
        // Once they are on the fire, nothing more is begun.
        const later = open.map((one) =>
          begun.includes(one) ? { ...one, waiting: 0, cooking: one.cooking + one.waiting } : one,
        );
        expect(ticketsToBegin(later, first)).toEqual([]);
      }),
    );
  });
});

describe('beginning', () => {
  const order = kitchenOrder(detail(1, { items: [item('l1'), item('l2')] }));
  const { id } = order.tickets[0]!;

  test('puts all waiting dishes of an open ticket on the fire, once', () => {
    const begun = beginTickets(order, new Set([id]), at(9));
    expect(begun.lines.map(({ state, startedAt }) => [state, startedAt])).toEqual([
      ['cooking', at(9)],
      ['cooking', at(9)],
    ]);
    expect(begun.changedAt).toBe(at(9));
    expect(beginTickets(begun, new Set([id]), at(10))).toBe(begun);
  });

  test('begins nothing of another ticket, of one that has left the board, or of a canceled order', () => {
    expect(beginTickets(order, new Set(['x']), at(9))).toBe(order);
    const bumped = { ...order, tickets: order.tickets.map((one) => ({ ...one, state: 'bumped' as const })) };
    expect(beginTickets(bumped, new Set([id]), at(9))).toBe(bumped);
    const canceled = { ...order, status: 'CANCELED' as const };
    expect(beginTickets(canceled, new Set([id]), at(9))).toBe(canceled);
  });
});

// The sounds for changes on a kitchen's board.
import { expect, it } from 'vitest';
import type { OrderView } from '../../server/protocol/views.ts';
import { at, makeLine, makeOrder, makeTicket } from '../../test/orders.ts';
import { soundsBetween } from './heard-events.ts';

const board = (...orders: OrderView[]) => new Map(orders.map((order) => [order.id, order]));
const plain = makeOrder('a');
const heard = (before: OrderView | null, after: OrderView) =>
  soundsBetween(board(...(before ? [before] : [])), board(after), 'grill');

it('a ticket that is new, or whose course is fired, but not one that comes back', () => {
  expect(heard(null, plain)).toEqual(['new']);
  expect(heard(null, makeOrder('a', { priority: 'RUSH' }))).toEqual(['rushed']);
  expect(heard(makeOrder('a', { tickets: [makeTicket({ state: 'held' })] }), plain)).toEqual(['new']);
  expect(heard(makeOrder('a', { tickets: [makeTicket({ state: 'bumped', bumpedAt: at(3) })] }), plain)).toEqual([]);
  expect(
    heard(
      null,
      makeOrder('a', { tickets: [makeTicket({ stationId: 'bar' })], lines: [makeLine('l', { stationId: 'bar' })] }),
    ),
  ).toEqual([]);
});

it('what changed, once', () => {
  const added = makeOrder('a', { lines: [...plain.lines, makeLine('l2', { flag: { kind: 'added', at: at(5) } })] });
  expect(heard(plain, added)).toEqual(['changed']);
  expect(heard(added, { ...added, guests: 5 })).toEqual([]);
  const voided = makeOrder('a', { lines: [makeLine('a-1', { voided: true, flag: { kind: 'voided', at: at(5) } })] });
  expect(heard(plain, voided)).toEqual(['voided']);
  expect(
    heard(
      plain,
      makeOrder('a', { status: 'CANCELED', tickets: [makeTicket({ notices: [{ kind: 'canceled', at: at(5) }] })] }),
    ),
  ).toEqual(['voided']);
  expect(
    heard(
      plain,
      makeOrder('a', {
        rush: { at: at(5), by: null },
        tickets: [makeTicket({ notices: [{ kind: 'rush', at: at(5) }] })],
      }),
    ),
  ).toEqual(['rushed']);
});

it('that an order is ready at all its stations, where there are others', () => {
  const shared = (state: 'waiting' | 'ready') =>
    makeOrder('a', {
      lines: [makeLine('l1', { state: 'ready' }), makeLine('l2', { stationId: 'bar', ticketId: 't2', state })],
    });
  expect(heard(shared('waiting'), shared('ready'))).toEqual(['ready']);
  expect(heard(plain, makeOrder('a', { lines: [makeLine('a-1', { state: 'ready' })] }))).toEqual([]);
});

it('the most pressing first, each once', () => {
  const before = board(plain);
  const after = board(
    makeOrder('a', { lines: [makeLine('a-1', { voided: true, flag: { kind: 'voided', at: at(5) } })] }),
    makeOrder('b'),
    makeOrder('c'),
    makeOrder('d', { priority: 'RUSH' }),
  );
  expect(soundsBetween(before, after, 'grill')).toEqual(['rushed', 'voided', 'new']);
});

// The pass hears what is new, rushed, canceled and complete, each once, and nothing at what it did itself.
import { expect, it } from 'vitest';
import type { OrderView } from '../../server/protocol/views.ts';
import { ago, line, order } from '../../test/floor-orders.ts';
import { isNewlyLate, passSoundsBetween } from './pass-sounds.ts';

const board = (...orders: OrderView[]) => new Map(orders.map((one) => [one.id, one]));
const heard = (before: OrderView | null, after: OrderView) =>
  passSoundsBetween(board(...(before ? [before] : [])), board(after));

const two = (first: 'waiting' | 'ready' | 'served', second: 'waiting' | 'ready' | 'served') =>
  order({ lines: [line({ state: first }), line({ id: 'l2', state: second })] });

it('an order that is new, or is rushed', () => {
  expect(heard(null, order())).toEqual(['new']);
  expect(heard(null, order({ priority: 'RUSH' }))).toEqual(['rushed']);
  expect(heard(order(), order({ rush: { at: ago(1), by: null } }))).toEqual(['rushed']);
  expect(heard(order({ priority: 'RUSH' }), order({ priority: 'RUSH', table: '9' }))).toEqual([]);
  expect(heard(order(), order({ table: '9' }))).toEqual([]);
});

it('an order that is complete, not one of whose dishes one is ready, nor one that was served and is taken back', () => {
  expect(heard(two('waiting', 'waiting'), two('ready', 'waiting'))).toEqual([]);
  expect(heard(two('ready', 'waiting'), two('ready', 'ready'))).toEqual(['ready']);
  expect(heard(two('served', 'served'), two('ready', 'ready'))).toEqual([]);
});

it('a cancellation, once', () => {
  const canceled = order({ status: 'CANCELED' });
  expect(heard(order(), canceled)).toEqual(['voided']);
  expect(heard(canceled, order({ status: 'CANCELED', table: '9' }))).toEqual([]);
  expect(heard(null, canceled)).toEqual([]);
});

it('several changes at once, the most urgent first', () => {
  expect(
    passSoundsBetween(
      board(order({ id: 'a' }), two('ready', 'waiting')),
      board(order({ id: 'a', status: 'CANCELED' }), two('ready', 'ready'), order({ id: 'new' })),
    ),
  ).toEqual(['voided', 'ready', 'new']);
});

it('what is late now and was not before', () => {
  expect(isNewlyLate(new Set(['a']), new Set(['a', 'b']))).toBe(true);
  expect(isNewlyLate(new Set(['a', 'b']), new Set(['a']))).toBe(false);
});

// The rows of a card at the pass.
import { expect, test } from 'vitest';
import { line, order } from '../../test/floor-orders.ts';
import { rowsOf } from './pass-words.ts';

const lines = [line({ id: 'l1' }), line({ id: 'l2', quantity: 0, voided: true, state: 'voided' }), line({ id: 'l3' })];
const ids = (state: 'waiting' | 'canceled') =>
  rowsOf({ order: order({ lines }), state }).map((row) => row.map(({ id }) => id));

test('each dish has a row, the dishes of a canceled order have one; a line of nothing has none', () => {
  expect([ids('waiting'), ids('canceled')]).toEqual([[['l1'], ['l3']], [['l1', 'l3']]]);
});

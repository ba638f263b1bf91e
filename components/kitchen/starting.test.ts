// A first tap begins a dish and a second ends it, where the station is set so, and nowhere else.
import { expect, test } from 'vitest';
import type { LineState } from '../../server/protocol/domain.ts';
import { at, makeLine, makeOrder } from '../../test/orders.ts';
import { ticketsOf } from './station-tickets.ts';
import { begunAt, tapOn, toBegin } from './starting.ts';

test.each([
  ['off', 'waiting', 'bump'],
  ['off', 'cooking', 'bump'],
  ['tap', 'waiting', 'start'],
  ['tap', 'cooking', 'bump'],
  ['auto', 'waiting', 'bump'],
  ['auto', 'cooking', 'bump'],
  ['off', 'ready', 'recall'],
  ['tap', 'ready', 'recall'],
  ['auto', 'ready', 'recall'],
] as const)('where dishes begin by %s, a tap on one that is %s is %s', (mode, state, command) => {
  expect(tapOn({ state }, { mode, first: 1 })).toBe(command);
});

const card = (states: readonly LineState[], ticket: object = {}) => {
  const made = makeOrder('o');
  const [first] = made.tickets;
  const order = makeOrder('o', {
    tickets: [{ ...first!, ...ticket }],
    lines: states.map((state, n) =>
      makeLine(`l${n}`, { ticketId: first!.id, state, startedAt: state === 'cooking' ? at(10 + n) : null }),
    ),
  });
  return ticketsOf(order)[0]!;
};

test('a ticket is begun with all that waits on it, and has been since its first dish was', () => {
  const begun = card(['waiting', 'cooking', 'ready', 'cooking']);
  expect(toBegin(begun).map(({ id }) => id)).toEqual(['l0']);
  expect(begunAt(begun)).toBe(Date.parse(at(11)));
  expect(begunAt(card(['waiting', 'ready']))).toBeNull();
});

test('a held ticket, and one that has left the board, cannot be begun', () => {
  expect(toBegin(card(['held'], { state: 'held', heldFor: 'order' }))).toEqual([]);
  expect(toBegin(card(['waiting'], { state: 'bumped' }))).toEqual([]);
});

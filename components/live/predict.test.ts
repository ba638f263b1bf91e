// What a tap shows before the server has answered is what the server then says.
import { expect, it } from 'vitest';
import type { OrderCommand } from '../../server/protocol/commands.ts';
import { predict } from './predict.ts';
import { at, makeLine, makeOrder, makeTicket } from './testing-orders.ts';

const id = 'f3b0c442-98fc-4c14-9afb-f4c8996fb924';
const base = { id, orderId: 'a', ticketId: 't1' };
const order = makeOrder('a', { lines: [makeLine('1', { state: 'ready', readyAt: at(1) }), makeLine('2'), makeLine('3', { ticketId: 't2' })] });
const states = (next: ReturnType<typeof predict>) => next.lines.map(({ state }) => state);

it('bumps a ticket, and recalls it with what was ready before still ready', () => {
  const bumped = predict(order, { ...base, kind: 'bump' }, at(9));
  expect(states(bumped)).toEqual(['ready', 'ready', 'waiting']);
  expect(bumped.tickets[0]).toMatchObject({ state: 'bumped', bumpedAt: at(9) });
  const recalled = predict(bumped, { ...base, kind: 'recall' }, at(12));
  expect(states(recalled)).toEqual(['ready', 'waiting', 'waiting']);
  expect(recalled.tickets[0]).toMatchObject({ state: 'open', bumpedAt: null, firedAt: at(0) });
});

it('moves single lines and leaves the ticket where it is', () => {
  expect(states(predict(order, { ...base, kind: 'bump', lineIds: ['2'] }, at(9)))).toEqual(['ready', 'ready', 'waiting']);
  expect(states(predict(order, { ...base, kind: 'recall', lineIds: ['1'] }, at(9)))).toEqual(['waiting', 'waiting', 'waiting']);
  expect(predict(order, { ...base, kind: 'bump', lineIds: ['2'] }, at(9)).tickets[0]?.state).toBe('open');
});

it('serves what is ready, and takes that back', () => {
  const serve: OrderCommand = { id, orderId: 'a', kind: 'serve', lineIds: ['1', '2'] };
  const served = predict(order, serve, at(9));
  expect(states(served)).toEqual(['served', 'waiting', 'waiting']);
  expect(states(predict(served, { ...serve, kind: 'unserve' }, at(9)))).toEqual(['ready', 'waiting', 'waiting']);
});

it('takes flags and notices away, and closes what has nothing left to do', () => {
  const changed = makeOrder('a', { lines: [makeLine('1', { voided: true, state: 'voided', flag: { kind: 'voided', at: at(1) } })], tickets: [makeTicket({ notices: [{ kind: 'table', at: at(1) }] })] });
  const seen = predict(changed, { ...base, kind: 'acknowledge' }, at(9));
  expect(seen.lines[0]?.flag).toBeNull();
  expect(seen.tickets[0]).toMatchObject({ notices: [], state: 'closed' });
});

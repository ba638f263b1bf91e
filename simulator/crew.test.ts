// The imaginary chefs' and waiters' actions on a board, and the tickets that they leave alone.
import { expect, test } from 'vitest';
import { chefsWork, patienceOf, waitersWork } from './crew.ts';
import type { BoardOrder } from './crew-screen.ts';

const MINUTE = 60_000;
const now = Date.parse('2026-03-02T12:00:00Z');
const ago = (minutes: number) => new Date(now - minutes * MINUTE).toISOString();
const order = (minutes: number, patch: { line?: object; ticket?: object } = {}): BoardOrder => ({
  id: 'o-1',
  number: 'A1',
  lines: [{ id: 'l1', ticketId: 't1', state: 'waiting', voided: false, readyAt: null, flag: null, ...patch.line }],
  tickets: [{ id: 't1', stationId: 's1', state: 'open', firedAt: ago(minutes), notices: [], ...patch.ticket }],
});
const chefs = (board: BoardOrder, station = 's1') => [...chefsWork([board], station, now, patienceOf(1))];

test('a chef leaves young tickets and other stations alone, and bumps what is old', () => {
  expect(chefs(order(1))).toEqual([]);
  expect(chefs(order(10))).toEqual([{ kind: 'bump', orderId: 'o-1', ticketId: 't1' }]);
  expect(chefs(order(10), 's2')).toEqual([]);
  expect(chefs(order(10, { ticket: { state: 'bumped' } }))).toEqual([]);
});

test('a chef acknowledges changes after having had time to read them', () => {
  expect(chefs(order(1, { ticket: { notices: [{ at: ago(0.1) }] } }))).toEqual([]);
  expect(chefs(order(1, { line: { flag: { at: ago(2) } } }))).toEqual([
    { kind: 'acknowledge', orderId: 'o-1', ticketId: 't1' },
  ]);
});

test('a waiter serves what has been ready for some minutes', () => {
  const work = (minutes: number) => [
    ...waitersWork([order(9, { line: { state: 'ready', readyAt: ago(minutes) } })], now, patienceOf(1)),
  ];
  expect(work(0.5)).toEqual([]);
  expect(work(4)).toEqual([{ kind: 'serve', orderId: 'o-1', lineIds: ['l1'] }]);
});

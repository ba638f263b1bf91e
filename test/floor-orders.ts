// Orders for tests of the floor, the expo and the manager: every field has a usual value, and a test gives only the
// fields that it is about.
import type { LineView, OrderView, TicketView } from '../server/protocol/views.ts';
import { makeLine, makeOrder, makeTicket } from './orders.ts';

export const NOON = Date.parse('2026-11-24T12:00:00.000Z');
const MINUTE = 60_000;

/** The time so many minutes before noon. */
export const ago = (minutes: number): string => new Date(NOON - minutes * MINUTE).toISOString();

export const line = (fields: Partial<LineView> = {}): LineView =>
  makeLine('l1', { name: 'Garlic Naan', stationId: 's-grill', addedAt: ago(1), ...fields });

export const ticket = (fields: Partial<TicketView> = {}): TicketView =>
  makeTicket({ stationId: 's-grill', firedAt: ago(1), ...fields });

export const order = (fields: Partial<OrderView> = {}): OrderView =>
  makeOrder('o1', {
    number: 'A102',
    guests: 4,
    placedAt: ago(1),
    receivedAt: ago(1),
    changedAt: ago(1),
    lines: [line()],
    tickets: [ticket()],
    ...fields,
  });

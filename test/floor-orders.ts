// Orders for tests of the floor, the expo and the manager: every field has a usual value, and a test gives only the
// fields that it is about.
import { readingsOf } from '../server/allergies/readings.ts';
import type { LineView, OrderView, TicketView } from '../server/protocol/views.ts';

export const NOON = Date.parse('2026-11-24T12:00:00.000Z');
const MINUTE = 60_000;

/** The time so many minutes before noon. */
export const ago = (minutes: number): string => new Date(NOON - minutes * MINUTE).toISOString();

export const line = (fields: Partial<LineView> = {}): LineView => ({
  id: 'l1',
  sku: null,
  name: 'Garlic Naan',
  quantity: 1,
  unit: null,
  category: null,
  modifiers: [],
  allergens: [],
  allergies: [],
  note: null,
  course: null,
  seat: null,
  voided: false,
  movedFrom: null,
  unread: [],
  partOf: null,
  stationId: 's-grill',
  ticketId: 't1',
  state: 'waiting',
  flag: null,
  addedAt: ago(1),
  startedAt: null,
  readyAt: null,
  servedAt: null,
  ...fields,
});

export const ticket = (fields: Partial<TicketView> = {}): TicketView => ({
  id: 't1',
  stationId: 's-grill',
  firing: 1,
  state: 'open',
  notices: [],
  firedAt: ago(1),
  bumpedAt: null,
  bumpedBy: null,
  course: null,
  heldFor: null,
  heldUntil: null,
  allergySeen: null,
  ...fields,
});

/** Its texts are read as the server reads them. */
export const order = (fields: Partial<OrderView> = {}): OrderView => {
  const made: Omit<OrderView, 'readings'> = {
    id: 'o1',
    number: 'A102',
    status: 'PAID',
    version: 1,
    type: 'DINE_IN',
    table: '12',
    guests: 4,
    priority: 'NORMAL',
    placedAt: ago(1),
    dueAt: null,
    customerName: null,
    channel: null,
    staffName: null,
    pickupCode: null,
    allergies: [],
    note: null,
    receivedAt: ago(1),
    changedAt: ago(1),
    closedAt: null,
    rush: null,
    hold: null,
    delayNote: null,
    allergySeen: null,
    lines: [line()],
    tickets: [ticket()],
    ...fields,
  };
  return { readings: readingsOf(made), ...made };
};

// Orders for tests, made of the fields that a test gives and no others.
import { readingsOf } from '../server/allergies/readings.ts';
import type { LineView, OrderView, ScreenIdentity, TicketView } from '../server/protocol/views.ts';
import { UNSET_STATION } from '../server/protocol/facts.ts';

/** For texts without an order. */
export { allergyReader } from '../server/allergies/reader.ts';

export const at = (seconds: number) => new Date(Date.UTC(2026, 10, 23, 12, 0, seconds)).toISOString();

export function makeLine(id: string, over: Partial<LineView> = {}): LineView {
  return {
    id,
    sku: null,
    name: 'Chicken Tikka',
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
    stationId: 'grill',
    ticketId: 't1',
    state: 'waiting',
    flag: null,
    addedAt: at(0),
    startedAt: null,
    readyAt: null,
    servedAt: null,
    ...over,
  };
}

export function makeTicket(over: Partial<TicketView> = {}): TicketView {
  return {
    id: 't1',
    stationId: 'grill',
    firing: 1,
    state: 'open',
    notices: [],
    firedAt: at(0),
    bumpedAt: null,
    bumpedBy: null,
    course: null,
    heldFor: null,
    heldUntil: null,
    allergySeen: null,
    ...over,
  };
}

/** Its texts are read as the server reads them. */
export function makeOrder(id: string, over: Partial<OrderView> = {}): OrderView {
  const order: Omit<OrderView, 'readings'> = {
    id,
    number: id.toUpperCase(),
    status: 'PAID',
    version: 1,
    type: 'DINE_IN',
    table: '12',
    guests: 2,
    priority: 'NORMAL',
    placedAt: at(0),
    dueAt: null,
    customerName: null,
    channel: null,
    staffName: null,
    pickupCode: null,
    allergies: [],
    note: null,
    receivedAt: at(0),
    changedAt: at(0),
    closedAt: null,
    rush: null,
    hold: null,
    delayNote: null,
    allergySeen: null,
    lines: [makeLine(`${id}-1`)],
    tickets: [makeTicket()],
    ...over,
  };
  return { readings: readingsOf(order), ...order };
}

export const testScreen: ScreenIdentity = {
  deviceId: 'd1',
  deviceName: 'Tablet',
  person: null,
  role: 'kitchen',
  restaurant: { id: 'r1', name: 'Palace', timeZone: 'Europe/London', discovered: false },
  publicUrl: 'https://heard.example',
  station: { id: 'grill', name: 'Grill', ...UNSET_STATION },
};

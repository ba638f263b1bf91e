// Which tickets stand on a station's board, in which order, and what of each is flagged. Derived from the store alone, and kept for
// as long as the order object is the same, so that a change of one order costs the work of one order.
import type { LineView, OrderView, TicketView } from '../../server/protocol/views.ts';

export type CardState = 'open' | 'changed' | 'canceled' | 'bumped' | 'held';

export interface StationTicket {
  readonly order: OrderView;
  readonly ticket: TicketView;
  /** What the cook sees: without the voided lines that the station has seen. In the order of courses. */
  readonly lines: readonly LineView[];
  readonly state: CardState;
  readonly firedAt: number;
  readonly bumpedAt: number;
  readonly onBoard: boolean;
  /** Something upstream changed, and nobody has said "Seen". */
  readonly flagged: boolean;
}

const derived = new WeakMap<OrderView, readonly StationTicket[]>();
const boards = new WeakMap<ReadonlyMap<string, OrderView>, Map<string | null, readonly StationTicket[]>>();

export function ticketsOf(order: OrderView): readonly StationTicket[] {
  let tickets = derived.get(order);
  if (!tickets) {
    tickets = order.tickets.map((ticket) => describe(order, ticket));
    derived.set(order, tickets);
  }
  return tickets;
}

/** The tickets on the board of a station (of all stations for null), oldest first. */
export function boardTickets(orders: ReadonlyMap<string, OrderView>, stationId: string | null): readonly StationTicket[] {
  const known = boards.get(orders) ?? new Map<string | null, readonly StationTicket[]>();
  boards.set(orders, known);
  let board = known.get(stationId);
  if (!board) {
    board = pick(orders, stationId, (ticket) => ticket.onBoard).sort((a, b) => a.firedAt - b.firedAt || (a.ticket.id < b.ticket.id ? -1 : 1));
    known.set(stationId, board);
  }
  return board;
}

/** The tickets that left the board and may come back, the latest first. */
export function bumpedTickets(orders: ReadonlyMap<string, OrderView>, stationId: string | null, limit: number): readonly StationTicket[] {
  return pick(orders, stationId, (ticket) => ticket.ticket.state === 'bumped' && ticket.state !== 'canceled')
    .sort((a, b) => b.bumpedAt - a.bumpedAt)
    .slice(0, limit);
}

function pick(orders: ReadonlyMap<string, OrderView>, stationId: string | null, wanted: (ticket: StationTicket) => boolean): StationTicket[] {
  const picked: StationTicket[] = [];
  for (const order of orders.values()) {
    for (const ticket of ticketsOf(order)) if ((stationId === null || ticket.ticket.stationId === stationId) && wanted(ticket)) picked.push(ticket);
  }
  return picked;
}

function describe(order: OrderView, ticket: TicketView): StationTicket {
  const canceled = order.status === 'CANCELED' || ticket.notices.some(({ kind }) => kind === 'canceled');
  const mine = order.lines.filter((line) => line.ticketId === ticket.id);
  const lines = mine.filter((line) => canceled || !line.voided || line.flag !== null).sort((a, b) => (a.course ?? 0) - (b.course ?? 0));
  const flagged = ticket.notices.length > 0 || lines.some((line) => line.flag !== null);
  const mustBeSeen = ticket.notices.length > 0 || lines.some(({ flag }) => flag?.kind === 'changed' || flag?.kind === 'voided');
  const onBoard = ticket.state === 'open' || mustBeSeen;
  const firedAt = Date.parse(ticket.firedAt) || 0;
  const bumpedAt = ticket.bumpedAt ? Date.parse(ticket.bumpedAt) || 0 : 0;
  return { order, ticket, lines, state: stateOf(ticket, lines, canceled, flagged), firedAt, bumpedAt, onBoard, flagged };
}

function stateOf(ticket: TicketView, lines: readonly LineView[], canceled: boolean, flagged: boolean): CardState {
  if (canceled) return 'canceled';
  if (flagged) return 'changed';
  if (ticket.state !== 'open') return 'bumped';
  return lines.length > 0 && lines.every((line) => line.state === 'held') ? 'held' : 'open';
}

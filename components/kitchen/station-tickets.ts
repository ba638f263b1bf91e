// The tickets on a station's board, their order, and the flags of each. They are derived from the store alone and
// cached by order object, so that a change of one order costs the work of one order.
import { dishKey } from '../../server/protocol/domain.ts';
import { isRushed, type LineView, type OrderView, type TicketView } from '../../server/protocol/views.ts';
import { sumOf } from '../../server/protocol/rules/quantity.ts';
import { isCanceled } from '../../server/protocol/status.ts';

export type TicketCardState = 'open' | 'changed' | 'canceled' | 'bumped' | 'held';

/** One row of a ticket: a dish, or several equal dishes where the station combines them. */
export interface Row {
  readonly order: OrderView;
  readonly line: LineView;
  readonly lines: readonly LineView[];
  readonly quantity: number;
  /** The ticket of the dish. It differs from the card's ticket for a held course that is shown on the same card. */
  readonly ticket: TicketView;
}

export interface StationTicket {
  readonly order: OrderView;
  readonly ticket: TicketView;
  /**
   * The lines to show, in the order of courses, those of held courses last. Voided lines that the station has seen are
   * left out.
   */
  readonly lines: readonly LineView[];
  readonly rows: readonly Row[];
  readonly state: TicketCardState;
  readonly firedAt: number;
  readonly bumpedAt: number;
  readonly onBoard: boolean;
  /** True if upstream changed something and nobody has tapped "Seen" yet. */
  readonly flagged: boolean;
  /** True if upstream or a screen marked the order as rush. */
  readonly rush: boolean;
  /**
   * True if its dishes are held and no ticket of the order is open at this station. The card stands behind all tickets
   * to be cooked.
   */
  readonly held: boolean;
}

/** Whether the ticket has nothing left to cook and only waits for "Seen". */
export const onlyToSee = ({ state, ticket, lines }: StationTicket): boolean =>
  state === 'canceled' || ticket.state === 'bumped' || ticket.state === 'closed' || !lines.length;

interface Derived {
  plain?: readonly StationTicket[];
  combined?: readonly StationTicket[];
}

const derived = new WeakMap<OrderView, Derived>();
const boards = new WeakMap<ReadonlyMap<string, OrderView>, Map<string, readonly StationTicket[]>>();

export function ticketsOf(order: OrderView, combine = false): readonly StationTicket[] {
  let cached = derived.get(order);
  if (!cached) derived.set(order, (cached = {}));
  const kind = combine ? 'combined' : 'plain';
  return (cached[kind] ??= order.tickets.map((ticket) => describe(order, ticket, combine)));
}

/**
 * The same card in a newer state of its order, if only the kitchen's progress changed, so that the card's height is the
 * same.
 * @returns null if the ticket has left the board
 */
export function asOf(order: OrderView | null, card: StationTicket): StationTicket | null {
  if (!order || order === card.order) return card;
  const combined = derived.get(card.order)?.combined?.includes(card) ?? false;
  const now = ticketsOf(order, combined).find(({ ticket }) => ticket.id === card.ticket.id);
  if (now && !now.onBoard) return null;
  return now &&
    now.state === card.state &&
    now.ticket.state === card.ticket.state &&
    now.rows.length === card.rows.length
    ? now
    : card;
}

/** The tickets on the board of a station (of all stations for null): rushes first, oldest first, held ones last. */
export function boardTickets(
  orders: ReadonlyMap<string, OrderView>,
  stationId: string | null,
  combine = false,
): readonly StationTicket[] {
  const cached = boards.get(orders) ?? new Map<string, readonly StationTicket[]>();
  boards.set(orders, cached);
  const key = `${stationId} ${combine}`;
  let board = cached.get(key);
  if (!board) {
    board = pick(orders, stationId, combine, (ticket) => ticket.onBoard).sort(
      (a, b) =>
        Number(a.held) - Number(b.held) ||
        Number(goesFirst(b)) - Number(goesFirst(a)) ||
        a.firedAt - b.firedAt ||
        (a.ticket.id < b.ticket.id ? -1 : 1),
    );
    cached.set(key, board);
  }
  return board;
}

/** A rush goes before all tickets that are older, as long as somebody cooks it. */
const goesFirst = ({ rush, state, held }: StationTicket): boolean => rush && !held && state !== 'canceled';

/** The bumped tickets that can be recalled, the latest first. */
export function bumpedTickets(
  orders: ReadonlyMap<string, OrderView>,
  stationId: string | null,
  limit: number,
): readonly StationTicket[] {
  return pick(orders, stationId, false, (ticket) => ticket.ticket.state === 'bumped' && ticket.state !== 'canceled')
    .sort((a, b) => b.bumpedAt - a.bumpedAt)
    .slice(0, limit);
}

function pick(
  orders: ReadonlyMap<string, OrderView>,
  stationId: string | null,
  combine: boolean,
  wanted: (ticket: StationTicket) => boolean,
): StationTicket[] {
  const picked: StationTicket[] = [];
  for (const order of orders.values()) {
    for (const ticket of ticketsOf(order, combine))
      if ((stationId === null || ticket.ticket.stationId === stationId) && wanted(ticket)) picked.push(ticket);
  }
  return picked;
}

function describe(order: OrderView, ticket: TicketView, combine: boolean): StationTicket {
  const canceled = isCanceled(order) || ticket.notices.some(({ kind }) => kind === 'canceled');
  const own = shownLines(order, ticket, canceled);
  const laterCourses = canceled ? [] : heldWith(order, ticket);
  const flagged = ticket.notices.length > 0 || own.some((line) => line.flag !== null);
  const mustBeSeen =
    ticket.notices.length > 0 || own.some(({ flag }) => flag?.kind === 'changed' || flag?.kind === 'voided');
  const state = stateOf(ticket, own, canceled, flagged);
  const rows = [
    ...rowsOf(order, own, ticket, combine),
    ...laterCourses.flatMap((later) => rowsOf(order, shownLines(order, later, false), later, combine)),
  ];
  return {
    order,
    ticket,
    rows,
    state,
    flagged,
    lines: rows.flatMap((row) => row.lines),
    onBoard:
      ticket.state === 'open' ||
      mustBeSeen ||
      (ticket.state === 'held' && ticket.heldFor !== 'due' && own.length > 0 && host(order, ticket) === null),
    firedAt: Date.parse(ticket.firedAt) || 0,
    bumpedAt: ticket.bumpedAt ? Date.parse(ticket.bumpedAt) || 0 : 0,
    rush: isRushed(order),
    held: ticket.state === 'held' && !flagged,
  };
}

function shownLines(order: OrderView, ticket: TicketView, canceled: boolean): LineView[] {
  return order.lines
    .filter((line) => line.ticketId === ticket.id && (canceled || !line.voided || line.flag !== null))
    .sort((a, b) => (a.course ?? 0) - (b.course ?? 0));
}

/** The newest open ticket of the order at the same station. Held courses are shown on its card. */
function host(order: OrderView, ticket: TicketView): TicketView | null {
  return (
    order.tickets
      .filter((other) => other.stationId === ticket.stationId && other.state === 'open')
      .sort((a, b) => b.firing - a.firing)[0] ?? null
  );
}

function heldWith(order: OrderView, ticket: TicketView): TicketView[] {
  if (ticket.state !== 'open' || host(order, ticket) !== ticket) return [];
  // A held ticket with a change must be noticed, so it gets a card of its own.
  const quiet = (other: TicketView) =>
    other.notices.length === 0 &&
    order.lines.every((line) => line.ticketId !== other.id || line.flag === null || line.flag.kind === 'added');
  return order.tickets
    .filter((other) => other.stationId === ticket.stationId && other.state === 'held' && quiet(other))
    .sort((a, b) => (a.course ?? 0) - (b.course ?? 0));
}

function rowsOf(order: OrderView, lines: readonly LineView[], ticket: TicketView, combine: boolean): Row[] {
  if (!combine) return lines.map((line) => ({ order, line, lines: [line], quantity: line.quantity, ticket }));
  const groups = new Map<string, LineView[]>();
  for (const line of lines) {
    const key = line.flag
      ? line.id
      : JSON.stringify([
          dishKey(line),
          line.name,
          line.unit,
          line.modifiers.map((modifier) => JSON.stringify(modifier)).sort(),
          [...line.allergens].sort(),
          [...line.allergies].sort(),
          line.unread,
          line.note,
          line.course,
          line.voided,
          line.state,
        ]);
    const group = groups.get(key);
    if (group) group.push(line);
    else groups.set(key, [line]);
  }
  return [...groups.values()].map((group) => ({
    order,
    line: group[0]!,
    lines: group,
    quantity: sumOf(group.map(({ quantity }) => quantity)),
    ticket,
  }));
}

function stateOf(ticket: TicketView, lines: readonly LineView[], canceled: boolean, flagged: boolean): TicketCardState {
  if (canceled) return 'canceled';
  if (flagged) return 'changed';
  if (ticket.state === 'held' || (lines.length > 0 && lines.every((line) => line.state === 'held'))) return 'held';
  return ticket.state === 'open' ? 'open' : 'bumped';
}

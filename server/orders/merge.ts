// Merges a fetched order into what the kitchen has. Order lines are theirs, kitchen state is ours: a merge never resets what the
// kitchen did, and never takes a line away silently. Pure: the same input gives the same output.
import { lineTransitions } from '../kitchen/states.ts';
import { touched, type KitchenLine, type KitchenOrder, type KitchenTicket } from '../kitchen/order.ts';
import type { LineFlag, TicketNotice } from '../protocol/views.ts';
import type { DetailItem, OrderDetail } from './detail.ts';
import { stationFor, type RoutedStation } from './routing.ts';

export interface MergeContext {
  /** The restaurant's stations in use, in order of position. */
  stations: readonly RoutedStation[];
  /** RFC 3339. */
  now: string;
  newId: () => string;
}

/** An order that was over before we ever saw it, and is older than this (a replay of last week's, say), is kept but opens no ticket. */
const TICKETS_FOR_MS = 3 * 24 * 3600_000;

/** @returns the merged order; the same object when nothing changed */
export function mergeDetail(before: KitchenOrder | null, detail: OrderDetail, context: MergeContext): KitchenOrder {
  const tickets = new TicketRack(before?.tickets ?? [], detail, context);
  const lines = mergeLines(before, detail, tickets, context);
  const head = headOf(before, detail, context);
  const after: KitchenOrder = { ...head, lines, tickets: before ? withNotices(before, head, tickets.all(), context.now) : tickets.all() };
  return before && same(before, after) ? before : touched(after, context.now);
}

function headOf(before: KitchenOrder | null, detail: OrderDetail, { now }: MergeContext): Omit<KitchenOrder, 'lines' | 'tickets'> {
  return {
    id: detail.id, restaurantId: detail.restaurantId, number: detail.number, status: detail.status, version: detail.version ?? before?.version ?? null,
    type: detail.type, table: detail.table, guests: detail.guests, priority: detail.priority, placedAt: detail.placedAt, dueAt: detail.dueAt, note: detail.note,
    receivedAt: before?.receivedAt ?? now, changedAt: before?.changedAt ?? now, closedAt: before?.closedAt ?? null,
    rush: before?.rush ?? null, hold: before?.hold ?? null, delayNote: before?.delayNote ?? null,
  };
}

// ---- lines

function mergeLines(before: KitchenOrder | null, detail: OrderDetail, tickets: TicketRack, context: MergeContext): KitchenLine[] {
  const held = new Map(before?.lines.map((line) => [line.id, line]));
  const canceled = detail.status === 'CANCELED';
  const upstream = detail.items.map((item, position) => {
    const line = held.get(item.id);
    held.delete(item.id);
    return line ? mergeLine(line, item, position, detail, tickets, context) : newLine(item, position, before !== null, tickets, context);
  });
  // What vanished upstream stays here, as voided. A canceled order may come without its lines: they are all off anyway.
  const vanished = [...held.values()].map((line) => (canceled || line.voided ? line : voidLine({ ...line, voided: true }, context.now)));
  return [...upstream, ...vanished].map((line) => (canceled ? takenOff(line) : line));
}

function newLine(item: DetailItem, position: number, orderKnown: boolean, tickets: TicketRack, { stations, now }: MergeContext): KitchenLine {
  const station = stationFor(stations, item, tickets.orderType);
  const { ticket, joined } = tickets.takeLine(station.id, !item.voided);
  return {
    ...fieldsOf(item), position, stationId: station.id, ticketId: ticket.id, voided: item.voided, state: item.voided ? 'voided' : 'waiting',
    flag: orderKnown && joined && !item.voided ? { kind: 'added', at: now } : null, addedAt: now, startedAt: null, readyAt: null, servedAt: null, id: item.id,
  };
}

function mergeLine(line: KitchenLine, item: DetailItem, position: number, detail: OrderDetail, tickets: TicketRack, context: MergeContext): KitchenLine {
  let merged: KitchenLine = { ...line, ...fieldsOf(item), position };
  if (item.voided && !line.voided) merged = voidLine({ ...merged, voided: true }, context.now);
  else if (!item.voided && line.state === 'voided' && (line.voided || detail.status !== 'CANCELED')) merged = restoreLine(merged, tickets, context.now);
  else if (!item.voided) merged = { ...merged, flag: changeFlag(line, merged, context.now) };
  return sameValue(line, merged) ? line : merged;
}

function fieldsOf({ id, sku, name, category, quantity, modifiers, allergens, note, course, seat }: DetailItem) {
  return { id, sku, name, category, quantity, modifiers, allergens, note, course, seat };
}

/** A dish that was already carried out needs no word to the kitchen. */
function voidLine(line: KitchenLine, now: string): KitchenLine {
  const flag: LineFlag | null = line.state === 'served' ? null : { kind: 'voided', at: now };
  return { ...line, state: lineTransitions[line.state].void ?? line.state, flag };
}

function restoreLine(line: KitchenLine, tickets: TicketRack, now: string): KitchenLine {
  const ticketId = tickets.isOpen(line.ticketId) ? line.ticketId : tickets.takeLine(line.stationId).ticket.id;
  return { ...line, voided: false, ticketId, state: 'waiting', flag: { kind: 'added', at: now }, startedAt: null, readyAt: null, servedAt: null };
}

/** Nobody cooks a canceled order; its tickets tell the kitchen so. */
function takenOff(line: KitchenLine): KitchenLine {
  return line.state === 'served' || line.state === 'voided' ? line : { ...line, state: 'voided' };
}

/** What the kitchen must notice; several changes before it looks keep the oldest values, since these are what it knows. */
function changeFlag(before: KitchenLine, after: KitchenLine, now: string): LineFlag | null {
  const from: NonNullable<LineFlag['from']> = {};
  if (before.quantity !== after.quantity) from.quantity = before.quantity;
  if (before.name !== after.name) from.name = before.name;
  if (before.note !== after.note) from.note = before.note;
  if (!sameValue(before.modifiers, after.modifiers)) from.modifiers = before.modifiers;
  const changed = Object.keys(from).length > 0 || !sameValue(before.allergens, after.allergens);
  if (!changed || before.flag?.kind === 'added') return before.flag;
  return { kind: 'changed', at: now, from: { ...from, ...before.flag?.from } };
}

// ---- tickets

/** The tickets of one order while lines are put on them. */
class TicketRack {
  readonly orderType: string | null;
  readonly #tickets: KitchenTicket[];
  readonly #existing: Set<string>;
  readonly #opensTickets: boolean;

  constructor(before: readonly KitchenTicket[], detail: OrderDetail, private readonly context: MergeContext) {
    this.orderType = detail.type;
    this.#tickets = [...before];
    this.#existing = new Set(before.map(({ id }) => id));
    const age = detail.placedAt ? Date.parse(context.now) - Date.parse(detail.placedAt) : 0;
    this.#opensTickets = detail.status !== 'CANCELED' && !(detail.status === 'COMPLETED' && age > TICKETS_FOR_MS);
  }

  /**
   * The station's open ticket, or a new one when it has none or has bumped it. `joined`: the kitchen may have seen that ticket before.
   * @param live false for a line that was voided before the kitchen saw it: with nothing else on it, its ticket stays closed
   */
  takeLine(stationId: string, live = true): { ticket: KitchenTicket; joined: boolean } {
    const state = live && this.#opensTickets ? 'open' : 'closed';
    const atStation = this.#tickets.filter((ticket) => ticket.stationId === stationId);
    const usable = atStation.findLast((ticket) => ticket.state === 'open' || !this.#existing.has(ticket.id));
    if (usable) {
      if (state === 'open' && usable.state === 'closed') this.#tickets[this.#tickets.indexOf(usable)] = { ...usable, state };
      return { ticket: usable, joined: this.#existing.has(usable.id) };
    }
    const firing = Math.max(0, ...atStation.map((ticket) => ticket.firing)) + 1;
    const ticket: KitchenTicket = { id: this.context.newId(), stationId, firing, state, notices: [], firedAt: this.context.now, bumpedAt: null, bumpedBy: null, course: null, heldFor: null, heldUntil: null };
    this.#tickets.push(ticket);
    return { ticket, joined: false };
  }

  isOpen(ticketId: string): boolean { return this.#tickets.some(({ id, state }) => id === ticketId && state === 'open'); }

  all(): KitchenTicket[] { return this.#tickets; }
}

/** Changes of the whole order are told on every open ticket that the kitchen already had. */
function withNotices(before: KitchenOrder, head: Omit<KitchenOrder, 'lines' | 'tickets'>, tickets: KitchenTicket[], now: string): KitchenTicket[] {
  const notices: TicketNotice[] = [];
  if (head.status === 'CANCELED' && before.status !== 'CANCELED') notices.push({ kind: 'canceled', at: now });
  if (head.table !== before.table) notices.push({ kind: 'table', at: now, from: before.table });
  if (head.type !== before.type) notices.push({ kind: 'type', at: now, from: before.type });
  if (head.note !== before.note) notices.push({ kind: 'note', at: now, from: before.note });
  if (head.priority === 'RUSH' && before.priority !== 'RUSH') notices.push({ kind: 'rush', at: now });
  if (!notices.length) return tickets;
  const had = new Set(before.tickets.map(({ id }) => id));
  return tickets.map((ticket) => (ticket.state === 'open' && had.has(ticket.id) ? { ...ticket, notices: mergeNotices(ticket.notices, notices) } : ticket));
}

function mergeNotices(pending: TicketNotice[], fresh: TicketNotice[]): TicketNotice[] {
  const kept = pending.filter((notice) => !fresh.some(({ kind }) => kind === notice.kind));
  return [...kept, ...fresh.map((notice) => { const first = pending.find(({ kind }) => kind === notice.kind); return first?.from === undefined ? notice : { ...notice, from: first.from }; })];
}

// ---- comparing

function same(before: KitchenOrder, after: KitchenOrder): boolean {
  const { lines: _, tickets: __, ...a } = before;
  const { lines: ___, tickets: ____, ...b } = after;
  return sameValue(a, b) && before.lines.length === after.lines.length && before.tickets.length === after.tickets.length
    && after.lines.every((line) => before.lines.includes(line)) && after.tickets.every((ticket) => before.tickets.includes(ticket));
}

/** By value; the order of an object's keys does not count, since JSONB does not keep it. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  return keys.length === others.length && keys.every((key) => Object.hasOwn(b, key) && sameValue((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}

// Merges a fetched order into the kitchen's. Order lines are the platform's and kitchen states are ours: a merge never
// resets a kitchen state, and never removes a line silently. Pure.
import { followCourses } from '../protocol/rules/courses.ts';
import type { KitchenLine, KitchenOrder } from '../order/order.ts';
import { mergeNotices, touched } from '../protocol/rules/order.ts';
import { lineTransitions } from '../protocol/rules/states.ts';
import type { LineFlag, TicketNotice, TicketView } from '../protocol/views.ts';
import type { DetailItem, OrderDetail } from '../upstream/detail.ts';
import { stationFor } from './routing.ts';
import { TicketRack, type MergeContext } from './ticket-rack.ts';
import { isCanceled } from '../protocol/status.ts';

/** @returns the merged order; the same object when nothing changed */
export function mergeDetail(before: KitchenOrder | null, detail: OrderDetail, context: MergeContext): KitchenOrder {
  const tickets = new TicketRack(before, detail, context);
  const lines = mergeLines(before, detail, tickets, context);
  const head = headOf(before, detail, context);
  const merged: KitchenOrder = {
    ...head,
    lines,
    tickets: before ? withNotices(before, head, tickets.all(), context.now) : tickets.all(),
  };
  const after = followCourses(merged, context.courses, context.now);
  return before && same(before, after) ? before : touched(after, context.now);
}

function headOf(
  before: KitchenOrder | null,
  detail: OrderDetail,
  { now }: MergeContext,
): Omit<KitchenOrder, 'lines' | 'tickets'> {
  return {
    id: detail.id,
    restaurantId: detail.restaurantId,
    number: detail.number,
    status: detail.status,
    version: detail.version ?? before?.version ?? null,
    type: detail.type,
    table: detail.table,
    guests: detail.guests,
    priority: detail.priority,
    placedAt: detail.placedAt,
    dueAt: detail.dueAt,
    note: detail.note,
    customerName: detail.customerName,
    channel: detail.channel,
    staffName: detail.staffName,
    pickupCode: detail.pickupCode,
    allergies: detail.allergies,
    receivedAt: before?.receivedAt ?? now,
    changedAt: before?.changedAt ?? now,
    closedAt: before?.closedAt ?? null,
    rush: before?.rush ?? null,
    hold: before?.hold ?? null,
    delayNote: before?.delayNote ?? null,
  };
}

// ---- lines

function mergeLines(
  before: KitchenOrder | null,
  detail: OrderDetail,
  tickets: TicketRack,
  context: MergeContext,
): KitchenLine[] {
  const unmatched = new Map(before?.lines.map((line) => [line.id, line]));
  const canceled = isCanceled(detail);
  const upstream = detail.items.map((item, position) => {
    const line = unmatched.get(item.id);
    unmatched.delete(item.id);
    return line
      ? mergeLine(line, item, position, detail, tickets, context)
      : newLine(item, position, before !== null, tickets, context);
  });
  // A line that vanished upstream stays here, as voided. A canceled order may come without its lines.
  const vanished = [...unmatched.values()].map((line) =>
    canceled || line.voided ? line : voidLine({ ...line, voided: true }, context.now),
  );
  return [...upstream, ...vanished].map((line) => (canceled ? takenOff(line) : line));
}

function newLine(
  item: DetailItem,
  position: number,
  orderKnown: boolean,
  tickets: TicketRack,
  { stations, now }: MergeContext,
): KitchenLine {
  const station = stationFor(stations, item, tickets.orderType);
  const { ticket, joined } = tickets.takeLine(station.id, item.course, !item.voided);
  const held = ticket.state === 'held';
  return {
    ...fieldsOf(item),
    position,
    stationId: station.id,
    ticketId: ticket.id,
    voided: item.voided,
    state: item.voided ? 'voided' : held ? 'held' : 'waiting',
    partOf: null,
    flag: orderKnown && joined && !item.voided && !held ? { kind: 'added', at: now } : null,
    addedAt: now,
    startedAt: null,
    readyAt: null,
    servedAt: null,
    id: item.id,
  };
}

function mergeLine(
  line: KitchenLine,
  item: DetailItem,
  position: number,
  detail: OrderDetail,
  tickets: TicketRack,
  context: MergeContext,
): KitchenLine {
  let merged: KitchenLine = { ...line, ...fieldsOf(item), position };
  if (item.voided && !line.voided) merged = voidLine({ ...merged, voided: true }, context.now);
  else if (!item.voided && line.state === 'voided' && (line.voided || !isCanceled(detail)))
    merged = restoreLine(merged, tickets, context.now);
  else if (!item.voided && line.state === 'held') merged = heldLine(line, merged, tickets, context.now);
  else if (!item.voided) merged = { ...merged, flag: changeFlag(line, merged, context.now) };
  return sameValue(line, merged) ? line : merged;
}

function fieldsOf({ voided: _, ...fields }: DetailItem) {
  return fields;
}

/** The kitchen has not begun with the line. It may go to another course, and its changes need no flag. */
function heldLine(line: KitchenLine, merged: KitchenLine, tickets: TicketRack, now: string): KitchenLine {
  if (line.course === merged.course) return merged;
  const { ticket, joined } = tickets.takeLine(line.stationId, merged.course);
  if (ticket.state === 'held') return { ...merged, ticketId: ticket.id };
  return { ...merged, ticketId: ticket.id, state: 'waiting', flag: joined ? { kind: 'added', at: now } : null };
}

/** The kitchen is not told of a dish that was served already, or is not to be cooked yet. */
function voidLine(line: KitchenLine, now: string): KitchenLine {
  const flag: LineFlag | null = line.state === 'served' || line.state === 'held' ? null : { kind: 'voided', at: now };
  return { ...line, state: lineTransitions[line.state].void ?? line.state, flag };
}

function restoreLine(line: KitchenLine, tickets: TicketRack, now: string): KitchenLine {
  const ticket = tickets.live(line.ticketId) ?? tickets.takeLine(line.stationId, line.course).ticket;
  const held = ticket.state === 'held';
  return {
    ...line,
    voided: false,
    ticketId: ticket.id,
    state: held ? 'held' : 'waiting',
    flag: held ? null : { kind: 'added', at: now },
    startedAt: null,
    readyAt: null,
    servedAt: null,
  };
}

/** Of a canceled order all is voided but the served lines. The tickets carry the notice. */
function takenOff(line: KitchenLine): KitchenLine {
  return line.state === 'served' || line.state === 'voided' ? line : { ...line, state: 'voided' };
}

/**
 * The flag for changes that the kitchen must notice. After several unseen changes it keeps the oldest values: the
 * kitchen knows these.
 */
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

/**
 * Each open ticket that the kitchen had already gets a notice of changes to the whole order. A bumped ticket gets the
 * notice of a cancellation while one of its dishes is ready and not served.
 */
function withNotices(
  before: KitchenOrder,
  head: Omit<KitchenOrder, 'lines' | 'tickets'>,
  tickets: TicketView[],
  now: string,
): TicketView[] {
  const notices: TicketNotice[] = [];
  if (isCanceled(head) && !isCanceled(before)) notices.push({ kind: 'canceled', at: now });
  if (head.table !== before.table) notices.push({ kind: 'table', at: now, from: before.table });
  if (head.type !== before.type) notices.push({ kind: 'type', at: now, from: before.type });
  if (head.note !== before.note) notices.push({ kind: 'note', at: now, from: before.note });
  if (head.priority === 'RUSH' && before.priority !== 'RUSH') notices.push({ kind: 'rush', at: now });
  if (!notices.length) return tickets;
  const had = new Set(before.tickets.map(({ id }) => id));
  const ready = new Set(before.lines.filter(({ state }) => state === 'ready').map(({ ticketId }) => ticketId));
  return tickets.map((ticket) => {
    const told = had.has(ticket.id) ? noticesFor(ticket, ready.has(ticket.id), notices) : [];
    return told.length ? { ...ticket, notices: mergeNotices(ticket.notices, told) } : ticket;
  });
}

function noticesFor({ state }: TicketView, hasReady: boolean, notices: TicketNotice[]): TicketNotice[] {
  if (state === 'open') return notices;
  return state === 'bumped' && hasReady ? notices.filter(({ kind }) => kind === 'canceled') : [];
}

// ---- comparing

function same(before: KitchenOrder, after: KitchenOrder): boolean {
  const { lines: _, tickets: __, ...a } = before;
  const { lines: ___, tickets: ____, ...b } = after;
  return (
    sameValue(a, b) &&
    before.lines.length === after.lines.length &&
    before.tickets.length === after.tickets.length &&
    after.lines.every((line) => before.lines.includes(line)) &&
    after.tickets.every((ticket) => before.tickets.includes(ticket))
  );
}

/** Equal by value. The order of keys does not count, since JSONB does not keep it. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (
    typeof a !== 'object' ||
    typeof b !== 'object' ||
    a === null ||
    b === null ||
    Array.isArray(a) !== Array.isArray(b)
  )
    return false;
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  return (
    keys.length === others.length &&
    keys.every(
      (key) =>
        Object.hasOwn(b, key) && sameValue((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  );
}

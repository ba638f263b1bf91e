// Merges a fetched order into the kitchen's. Order lines are the platform's and kitchen states are ours: a merge never
// resets a kitchen state, and never removes a line silently. Pure.
import { followCourses } from '../protocol/rules/courses.ts';
import { allergyReader } from '../allergies/reader.ts';
import { withUnseen } from '../protocol/rules/allergy-seen.ts';
import { waitAgain } from '../protocol/rules/due.ts';
import type { KitchenLine, KitchenOrder } from '../order/order.ts';
import { touched } from '../protocol/rules/order.ts';
import { lineTransitions } from '../protocol/rules/states.ts';
import type { LineFlag } from '../protocol/views.ts';
import type { DetailItem, OrderDetail } from '../upstream/detail.ts';
import { changeFlag } from './change-flag.ts';
import { knownByDish } from './doubles.ts';
import { keepingSame } from './kept-values.ts';
import { isPast, placedMs } from './ghosts.ts';
import { movedLines } from './merge-moved.ts';
import { withNotices } from './ticket-notices.ts';
import { partId, partsByItem, share } from './parts.ts';
import { countable } from './quantities.ts';
import { stationFor } from './routing.ts';
import { sameValue } from './same-value.ts';
import { toldOfTakenOff } from './taken-off.ts';
import { TicketRack, type MergeContext } from './ticket-rack.ts';
import { isCanceled, isRefunded, nextStatus } from '../protocol/status.ts';

/** @returns the merged order; the same object when nothing changed */
export function mergeDetail(before: KitchenOrder | null, detail: OrderDetail, context: MergeContext): KitchenOrder {
  const came = {
    ...detail,
    status: before ? nextStatus(before.status, detail.status) : detail.status,
    items: countable(knownByDish(before, detail.items)),
  };
  const known = before && !isCanceled(came) ? waitAgain(before, came, context.leads, context.now) : before;
  const tickets = new TicketRack(known, came, context);
  const merge: Merge = { before: known, detail: came, tickets, context, past: isPast(before, came, context.now) };
  const lines = mergeLines(merge);
  const head = keepingSame(before, headOf(before, came, context));
  // Screens show what was closed just now. This was over long before anybody here heard of it.
  if (!before && !tickets.opened && !isCanceled(came)) head.closedAt = new Date(placedMs(came, context)).toISOString();
  const merged: KitchenOrder = {
    ...head,
    lines,
    tickets: toldOfTakenOff(
      before && !merge.past ? withNotices(before, { ...head, lines }, tickets.all(), context.now) : tickets.all(),
      lines.filter(({ id }) => !before?.lines.some((line) => line.id === id)),
      context.takenOff ?? [],
      context.now,
    ),
  };
  const followed = followCourses(merged, context, context.now);
  const after = before ? withUnseen(before, followed, allergyReader) : followed;
  return before && same(before, after) ? before : touched(after, context.now);
}

/** A merge that is under way. */
interface Merge {
  before: KitchenOrder | null;
  detail: OrderDetail;
  tickets: TicketRack;
  context: MergeContext;
  /** The kitchen is done with all that it had of the order: changes to that are no news to it. */
  past: boolean;
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
    allergySeen: before?.allergySeen ?? null,
  };
}

// ---- lines

function mergeLines(merge: Merge): KitchenLine[] {
  const { before, detail } = merge;
  const unmatched = partsByItem(before?.lines ?? []);
  const canceled = isCanceled(detail);
  const ids = new Set([...(before?.lines ?? []), ...detail.items].map(({ id }) => id));
  // Upstream's lines come in any order. A line keeps its place, so that none moves under a finger; new ones come last.
  let last = Math.max(-1, ...(before?.lines ?? []).map(({ position }) => position));
  const upstream = detail.items.flatMap((item) => {
    const parts = unmatched.get(item.id);
    unmatched.delete(item.id);
    const position = parts?.[0]?.position ?? (last += 1);
    // A line that was here before and comes back from another order is as new.
    const back = parts?.every(({ state }) => state === 'voided') && merge.context.origins?.has(item.id);
    if (parts && !back) return mergeParts(parts, item, position, ids, merge);
    const lines = newLines(item, position, ids, merge);
    return [...lines, ...(parts ?? []).filter((part) => lines.every(({ id }) => id !== part.id))];
  });
  // A line that vanished upstream stays here, as voided. A canceled order may come without its lines.
  const vanished = [...unmatched.values()]
    .flat()
    .map((line) => (canceled || line.voided ? line : voidLine({ ...line, voided: true }, merge)));
  const lines = [...upstream, ...vanished].sort((a, b) => a.position - b.position);
  return canceled ? lines.map((line) => takenOff(line, merge.past && isRefunded(detail))) : lines;
}

/** A line that came from another order is as far as it was there. */
function newLines(item: DetailItem, position: number, ids: Set<string>, merge: Merge): KitchenLine[] {
  if (item.voided) return [newLine(item, position, merge)];
  const { lines, more } = movedLines(item, position, ids, merge.tickets, merge.context);
  if (!lines.length) return [newLine(item, position, merge)];
  return more ? [...lines, furtherPart(lines[0]!, { ...item, quantity: more }, position, ids, merge)] : lines;
}

/** The parts of one line of upstream, each with its share of the quantity. */
function mergeParts(
  parts: KitchenLine[],
  item: DetailItem,
  position: number,
  ids: Set<string>,
  merge: Merge,
): KitchenLine[] {
  if (parts.length === 1 && (item.voided || isCanceled(merge.detail))) {
    const [line] = parts as [KitchenLine];
    return [mergeLine(line, { ...item, id: line.id, quantity: item.quantity || line.quantity }, position, merge)];
  }
  if (item.voided || isCanceled(merge.detail))
    return parts.map((part) =>
      mergeLine(
        part,
        { ...item, id: part.id, quantity: part.quantity, voided: item.voided || part.voided },
        position,
        merge,
      ),
    );
  const { of, more } = share(parts, item, (part) => merge.tickets.isToCook(part));
  const shared = parts.map((part) => {
    const quantity = of.get(part)!;
    // A part that was taken off stays so while the rest is there.
    if (!quantity && part.state === 'voided') return withPlace(part, position);
    const share = { ...item, id: part.id, quantity: quantity || part.quantity, voided: !quantity };
    return mergeLine(part, share, position, merge);
  });
  return more ? [...shared, furtherPart(parts[0]!, { ...item, quantity: more }, position, ids, merge)] : shared;
}

function withPlace(part: KitchenLine, position: number): KitchenLine {
  return part.position === position && part.voided ? part : { ...part, position, voided: true };
}

/** The quantity that came after the kitchen was done with the line: to be cooked where the line was cooked. */
function furtherPart(
  first: KitchenLine,
  item: DetailItem,
  position: number,
  ids: Set<string>,
  merge: Merge,
): KitchenLine {
  const id = partId(item.id, ids);
  ids.add(id);
  const station = merge.context.stations.find((one) => one.id === first.stationId)?.id;
  const part = { ...newLine(item, position, merge, station), id, partOf: item.id };
  return part.state === 'waiting' ? { ...part, flag: { kind: 'added', at: merge.context.now } } : part;
}

function newLine(
  item: DetailItem,
  position: number,
  { before, tickets, context: { stations, now } }: Merge,
  stationId = stationFor(stations, item, tickets.orderType).id,
): KitchenLine {
  const { ticket, joined } = tickets.takeLine(stationId, item.course, !item.voided);
  const held = ticket.state === 'held';
  // Field by field: a spread of this many makes a slow object, which costs five times the time here and more later.
  return {
    id: item.id,
    position,
    sku: item.sku,
    name: item.name,
    category: item.category,
    quantity: item.quantity,
    unit: item.unit,
    modifiers: item.modifiers,
    allergens: item.allergens,
    allergies: item.allergies,
    note: item.note,
    course: item.course,
    seat: item.seat,
    voided: item.voided,
    movedFrom: item.movedFrom,
    unread: item.unread,
    partOf: null,
    stationId,
    ticketId: ticket.id,
    state: item.voided ? 'voided' : held ? 'held' : 'waiting',
    flag: before && joined && !item.voided && !held ? { kind: 'added', at: now } : null,
    addedAt: now,
    startedAt: null,
    readyAt: null,
    servedAt: null,
  };
}

function mergeLine(line: KitchenLine, item: DetailItem, position: number, merge: Merge): KitchenLine {
  const { detail, tickets, context } = merge;
  // Assigned to a copy, whose fields are all there: a spread of both makes a slow object.
  const given: KitchenLine = Object.assign({ ...line }, item, { position, voided: line.voided });
  let merged = keepingSame(line, given);
  if (item.voided && !line.voided) merged = voidLine({ ...merged, voided: true }, merge);
  else if (!item.voided && line.state === 'voided' && (line.voided || !isCanceled(detail)))
    merged = restoreLine(merged, tickets, context.now);
  else if (!item.voided && line.state === 'held') merged = heldLine(line, merged, tickets, context.now);
  else if (!item.voided) merged = { ...merged, flag: changeFlag(line, merged, merge.past, context.now) };
  return sameValue(line, merged) ? line : merged;
}

/** The kitchen has not begun with the line. It may go to another course, and its changes need no flag. */
function heldLine(line: KitchenLine, merged: KitchenLine, tickets: TicketRack, now: string): KitchenLine {
  if (line.course === merged.course) return merged;
  const { ticket, joined } = tickets.takeLine(line.stationId, merged.course);
  if (ticket.state === 'held') return { ...merged, ticketId: ticket.id };
  return { ...merged, ticketId: ticket.id, state: 'waiting', flag: joined ? { kind: 'added', at: now } : null };
}

/** The kitchen is not told of a dish that was served already, is not to be cooked yet, or has been off it for long. */
function voidLine(line: KitchenLine, { past, context: { now } }: Merge): KitchenLine {
  const untold = past || line.state === 'voided' || line.state === 'served' || line.state === 'held';
  const flag: LineFlag | null = untold ? null : { kind: 'voided', at: now };
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

/**
 * Of a canceled order all is voided but the served lines. The tickets carry the notice. What was ready when the money
 * was given back long after stays as it was.
 */
function takenOff(line: KitchenLine, refundedLater: boolean): KitchenLine {
  if (line.state === 'served' || line.state === 'voided' || (refundedLater && line.state === 'ready')) return line;
  return { ...line, state: 'voided' };
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

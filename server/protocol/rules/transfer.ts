// Moves lines to another station: onto its ticket of the same course, or a new one with the same clock. The lines are
// flagged there. A station from which someone else took dishes gets a notice. Pure.
import { isolated } from './isolate.ts';
import { quantityWords } from './quantity.ts';
import { isCanceled } from '../status.ts';
import type { LineView, OrderState, TicketView } from '../views.ts';
import { mergeNotices, touched } from './order.ts';
import type { PerformContext, Performed } from './performed.ts';

export function transfer<O extends OrderState>(
  order: O,
  lineIds: readonly string[],
  stationId: string,
  context: PerformContext,
): Performed<O> {
  if (isCanceled(order)) return { conflict: { code: 'order-canceled' } };
  if (!context.stations.includes(stationId)) return { conflict: { code: 'station-gone' } };
  const wanted = new Set(lineIds);
  const found = order.lines.filter(({ id }) => wanted.has(id));
  if (found.length < wanted.size) return { conflict: { code: 'line-gone' } };
  const moving = found.filter((line) => line.stationId !== stationId);
  const stuck = moving.find(({ state }) => state !== 'waiting' && state !== 'cooking' && state !== 'held');
  if (stuck) return { conflict: { code: 'line-state', dish: stuck.name, state: stuck.state } };
  const left = order.tickets.find(
    ({ id, state }) => (state === 'bumped' || state === 'closed') && moving.some(({ ticketId }) => ticketId === id),
  );
  if (left) return { conflict: { code: 'ticket-state', state: left.state } };
  const sources = order.tickets.filter(({ id }) => moving.some(({ ticketId }) => ticketId === id));
  return {
    after: sources.reduce(
      (next, source) =>
        fromTicket(
          next,
          source,
          moving.filter(({ ticketId }) => ticketId === source.id),
          stationId,
          context,
        ),
      order,
    ),
  };
}

function fromTicket<O extends OrderState>(
  order: O,
  source: TicketView,
  moving: LineView[],
  stationId: string,
  context: PerformContext,
): O {
  const atStation = order.tickets.filter((ticket) => ticket.stationId === stationId);
  const target = atStation.findLast(
    ({ state, course, heldFor }) => state === source.state && course === source.course && heldFor === source.heldFor,
  ) ?? {
    ...source,
    id: context.newId(),
    stationId,
    firing: Math.max(0, ...atStation.map(({ firing }) => firing)) + 1,
    notices: [],
  };
  const ids = new Set(moving.map(({ id }) => id));
  const lines = order.lines.map((line): LineView => {
    if (!ids.has(line.id)) return line;
    const there = { ...line, stationId, ticketId: target.id, startedAt: null, readyAt: null };
    return line.state === 'held'
      ? there
      : { ...there, state: 'waiting', flag: { kind: 'moved', at: context.now, from: { stationId: source.stationId } } };
  });
  const tickets = order.tickets.map((ticket) =>
    ticket.id === source.id ? leftBehind(ticket, moving, lines, context) : ticket,
  );
  return touched({ ...order, lines, tickets: tickets.includes(target) ? tickets : [...tickets, target] }, context.now);
}

/**
 * A station that sent its dishes away itself knows it. Any other must acknowledge the notice before its emptied ticket
 * leaves the board.
 */
function leftBehind(
  source: TicketView,
  moving: LineView[],
  lines: LineView[],
  { now, stationId }: PerformContext,
): TicketView {
  const emptied = !lines.some(({ ticketId, state, flag }) => ticketId === source.id && (state !== 'voided' || flag));
  if (source.state === 'held' || stationId === source.stationId) {
    return emptied ? { ...source, state: 'closed', notices: [], heldFor: null, heldUntil: null } : source;
  }
  const names = [
    ...source.notices.flatMap(({ kind, from }) => (kind === 'moved' && from ? [from] : [])),
    ...moving.map(
      ({ quantity, unit, name }) => `${quantityWords(quantity, unit)}${unit ? '' : ' ×'} ${isolated(name)}`,
    ),
  ];
  const others = source.notices.filter(({ kind }) => kind !== 'moved');
  return { ...source, notices: mergeNotices(others, [{ kind: 'moved', at: now, from: names.join(', ') }]) };
}

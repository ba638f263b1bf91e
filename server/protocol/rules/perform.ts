// Carries out a command on an order. A command that finds its work done already is done. One that is not possible any
// more is a conflict. Pure: the server runs it to decide, and a screen runs it to show a tap before the answer.
import { isAfter, isUnseenDish, type OrderCommand } from '../commands.ts';
import type { LineState } from '../domain.ts';
import { isCanceled } from '../status.ts';
import type { LineView, OrderState, TicketView } from '../views.ts';
import { mustSeeAtHandOver, mustSeeAtStation, seeAllergy, withUnseen } from './allergy-seen.ts';
import { followCourses } from './courses.ts';
import { fire, hold, rush, waitForDue } from './firing.ts';
import { touched, withLines, withTicket } from './order.ts';
import type { PerformContext, Performed } from './performed.ts';
import { isCooked, lineTransitions, type LineEvent } from './states.ts';
import { transfer } from './transfer.ts';

/** The commands that change an order. Trying its parked messages again does not. */
export type KitchenCommand = Exclude<OrderCommand, { kind: 'retry-parked' }>;

/** Carries out the command, and fires the next course if the command has made it due. */
export function perform<O extends OrderState>(
  order: O,
  command: KitchenCommand,
  context: PerformContext,
): Performed<O> {
  const performed = carryOut(order, command, context);
  if ('conflict' in performed) return performed;
  return { after: withUnseen(order, followCourses(performed.after, context, context.now), context.reader) };
}

function carryOut<O extends OrderState>(order: O, command: KitchenCommand, context: PerformContext): Performed<O> {
  const { now } = context;
  if (context.allergySeen && isBlind(order, command, context)) return { conflict: { code: 'allergy-unseen' } };
  switch (command.kind) {
    case 'start':
      return moveLines(order, command.lineIds, 'start', now);
    case 'unstart':
      return moveLines(order, command.lineIds, 'unstart', now);
    case 'serve':
      return moveLines(order, command.lineIds, 'serve', now);
    case 'unserve':
      return moveLines(order, command.lineIds, 'unserve', now);
    case 'bump':
      return command.lineIds
        ? moveLines(order, command.lineIds, 'ready', now)
        : onTicket(order, command.ticketId, (ticket) => bump(order, ticket, command.seen, context));
    case 'recall':
      return command.lineIds
        ? recallLines(order, command.lineIds, now)
        : onTicket(order, command.ticketId, (ticket) => recall(order, ticket, now));
    case 'acknowledge':
      return onTicket(order, command.ticketId, (ticket) => acknowledge(order, ticket, command.seen, now));
    case 'see-allergy':
      return seeAllergy(order, command.ticketId, command.seen, context);
    case 'fire':
      return fire(order, command, now);
    case 'hold':
      return command.ticketId === undefined ? hold(order, context) : waitForDue(order, command.ticketId, now);
    case 'rush':
      return rush(order, command.on, context);
    case 'transfer':
      return transfer(order, command.lineIds, command.stationId, context);
    case 'note-delay':
      return { after: noteDelay(order, command.note, context) };
  }
}

/** Whether the tap sends on a dish whose guest's allergy nobody there has seen. */
function isBlind(order: OrderState, command: KitchenCommand, { reader }: PerformContext): boolean {
  if (command.kind === 'bump') return mustSeeAtStation(order, command.ticketId, reader);
  return command.kind === 'serve' && mustSeeAtHandOver(order, reader);
}

function onTicket<O extends OrderState>(
  order: O,
  ticketId: string,
  work: (ticket: TicketView) => Performed<O>,
): Performed<O> {
  const ticket = order.tickets.find(({ id }) => id === ticketId);
  return ticket ? work(ticket) : { conflict: { code: 'ticket-gone' } };
}

function moveLines<O extends OrderState>(
  order: O,
  lineIds: readonly string[],
  event: LineEvent,
  now: string,
): Performed<O> {
  const wanted = new Set(lineIds);
  const found = order.lines.filter((line) => wanted.has(line.id));
  if (found.length < wanted.size) return { conflict: { code: 'line-gone' } };
  const stuck = found.find((line) => lineTransitions[line.state][event] === null);
  if (stuck) return { conflict: { code: 'line-state', dish: stuck.name, state: stuck.state } };
  return { after: withLines(order, (line) => (wanted.has(line.id) ? moved(line, event, now) : line), now) };
}

/** Only lines of an open ticket: on one that has left the board nobody would see them again. */
function recallLines<O extends OrderState>(order: O, lineIds: readonly string[], now: string): Performed<O> {
  const ticketIds = new Set(order.lines.filter(({ id }) => lineIds.includes(id)).map(({ ticketId }) => ticketId));
  const left = order.tickets.find(({ id, state }) => ticketIds.has(id) && state !== 'open');
  return left ? { conflict: { code: 'ticket-state', state: left.state } } : moveLines(order, lineIds, 'unready', now);
}

function moved(line: LineView, event: LineEvent, now: string): LineView {
  const target = lineTransitions[line.state][event];
  if (target === null || target === line.state) return line;
  // A line that was never started goes back to waiting, not to cooking.
  const state: LineState = event === 'unready' && line.startedAt === null ? 'waiting' : target;
  return {
    ...line,
    state,
    startedAt: event === 'start' ? now : event === 'unstart' ? null : line.startedAt,
    readyAt: event === 'ready' ? now : event === 'unready' ? null : line.readyAt,
    servedAt: event === 'serve' ? now : event === 'unserve' ? null : line.servedAt,
  };
}

/** A dish that the screen did not show at the tap was not bumped. It stays, and its ticket stays with it. */
function bump<O extends OrderState>(
  order: O,
  ticket: TicketView,
  seen: string | undefined,
  { now, by }: PerformContext,
): Performed<O> {
  if (ticket.state !== 'open') return { conflict: { code: 'ticket-state', state: ticket.state } };
  const unseen = new Set(
    order.lines.filter((line) => line.ticketId === ticket.id && !isCooked(line.state) && isUnseenDish(line, seen)),
  );
  const lines = withLines(
    order,
    (line) =>
      line.ticketId === ticket.id && line.state !== 'served' && !unseen.has(line) ? moved(line, 'ready', now) : line,
    now,
  );
  return {
    after: unseen.size ? lines : withTicket(lines, { ...ticket, state: 'bumped', bumpedAt: now, bumpedBy: by }, now),
  };
}

/** The ticket returns to its place with its clock. Dishes that were marked one by one before the bump stay marked. */
function recall<O extends OrderState>(order: O, ticket: TicketView, now: string): Performed<O> {
  if (ticket.state !== 'bumped') return { conflict: { code: 'ticket-state', state: ticket.state } };
  if (isCanceled(order)) return { conflict: { code: 'order-canceled' } };
  if (!order.lines.some(({ ticketId }) => ticketId === ticket.id)) return { conflict: { code: 'ticket-emptied' } };
  const lines = withLines(
    order,
    (line) => (line.ticketId === ticket.id && line.readyAt === ticket.bumpedAt ? moved(line, 'unready', now) : line),
    now,
  );
  return { after: withTicket(lines, { ...ticket, state: 'open', bumpedAt: null, bumpedBy: null }, now) };
}

/** Changes after the time that the screen showed stay flagged. */
function acknowledge<O extends OrderState>(
  order: O,
  ticket: TicketView,
  seen: string | undefined,
  now: string,
): Performed<O> {
  const after = withLines(
    order,
    (line) =>
      line.ticketId === ticket.id && line.flag && !isAfter(line.flag.at, seen) ? { ...line, flag: null } : line,
    now,
  );
  const lines = after.lines.filter(({ ticketId }) => ticketId === ticket.id);
  const notices = ticket.notices.filter(({ at }) => isAfter(at, seen));
  const allSeen = !notices.length && lines.every(({ flag }) => flag === null);
  const closed =
    ticket.state === 'open' && allSeen && (isCanceled(order) || lines.every(({ state }) => state === 'voided'));
  if (notices.length === ticket.notices.length && !closed) return { after };
  return { after: withTicket(after, { ...ticket, notices, state: closed ? 'closed' : ticket.state }, now) };
}

function noteDelay<O extends OrderState>(order: O, note: string | null, { now, by }: PerformContext): O {
  if ((order.delayNote?.note ?? null) === note) return order;
  return touched({ ...order, delayNote: note === null ? null : { at: now, by, note } }, now);
}

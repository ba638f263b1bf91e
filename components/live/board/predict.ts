// What a tap will most likely do, shown before the server has answered. A guess for the eye only: the server's answer
// replaces it.
import { dishKey } from '../../../server/protocol/domain.ts';
import { isAfter, isUnseenDish, type Command, type OrderCommand } from '../../../server/protocol/commands.ts';
import type { BoardFacts, LineView, OrderView, TicketView } from '../../../server/protocol/views.ts';
import { isCanceled } from '../../../server/protocol/status.ts';

/** @param at RFC 3339. @param by who taps, by name */
export function predict(order: OrderView, command: OrderCommand, at: string, by: string | null = null): OrderView {
  switch (command.kind) {
    case 'start':
      return withLines(order, named(command.lineIds), (line) =>
        line.state === 'waiting' ? { ...line, state: 'cooking', startedAt: at } : line,
      );
    case 'bump': {
      if (command.lineIds)
        return withLines(order, named(command.lineIds), (line) =>
          isToCook(line) ? { ...line, state: 'ready', readyAt: at } : line,
        );
      const unseen = (line: LineView) =>
        line.ticketId === command.ticketId && isToCook(line) && isUnseenDish(line, command.seen);
      const next = withLines(
        order,
        (line) => line.ticketId === command.ticketId && !unseen(line),
        (line) => (isToCook(line) ? { ...line, state: 'ready', readyAt: at } : line),
      );
      return order.lines.some(unseen)
        ? next
        : withTickets(next, isTicket(command.ticketId), (ticket) => ({
            ...ticket,
            state: 'bumped',
            bumpedAt: at,
            bumpedBy: by,
          }));
    }
    case 'recall': {
      // Dishes marked one by one before the bump stay marked when the ticket comes back.
      const bumpedAt = order.tickets.find(({ id }) => id === command.ticketId)?.bumpedAt;
      const mine = command.lineIds
        ? named(command.lineIds)
        : (line: LineView) => line.ticketId === command.ticketId && line.readyAt === bumpedAt;
      const next = withLines(order, mine, (line) =>
        line.state === 'ready' ? { ...line, state: line.startedAt ? 'cooking' : 'waiting', readyAt: null } : line,
      );
      if (command.lineIds) return next;
      return withTickets(next, isTicket(command.ticketId), (ticket) =>
        ticket.state === 'bumped' ? { ...ticket, state: 'open', bumpedAt: null, bumpedBy: null } : ticket,
      );
    }
    case 'serve':
      return withLines(order, named(command.lineIds), (line) =>
        line.state === 'ready' ? { ...line, state: 'served', servedAt: at } : line,
      );
    case 'unserve':
      return withLines(order, named(command.lineIds), (line) =>
        line.state === 'served' ? { ...line, state: 'ready', servedAt: null } : line,
      );
    case 'acknowledge': {
      const isLeft = ({ at: when }: { at: string }) => isAfter(when, command.seen);
      const next = withLines(
        order,
        (line) => line.ticketId === command.ticketId,
        (line) => (line.flag && !isLeft(line.flag) ? { ...line, flag: null } : line),
      );
      const lines = next.lines.filter(({ ticketId }) => ticketId === command.ticketId);
      const over =
        lines.every(({ flag }) => flag === null) &&
        (isCanceled(order) || lines.every(({ state }) => state === 'voided'));
      return withTickets(next, isTicket(command.ticketId), (ticket) => {
        const notices = ticket.notices.filter(isLeft);
        return {
          ...ticket,
          notices,
          state: over && !notices.length && ticket.state === 'open' ? 'closed' : ticket.state,
        };
      });
    }
    case 'fire':
      return fire(order, command.course ?? null, at);
    case 'hold':
      return hold(order, at, by);
    case 'rush':
      return rush(order, command.on, at, by);
    case 'transfer':
      return transfer(order, command.lineIds, command.stationId, at);
    case 'note-delay':
      return (order.delayNote?.note ?? null) === command.note
        ? order
        : { ...order, delayNote: command.note === null ? null : { at, by, note: command.note } };
    case 'retry-parked':
      return order;
  }
}

/** The same for what is known beside the orders. */
export function predictFacts(facts: BoardFacts, command: Command, at: string, by: string | null = null): BoardFacts {
  if (command.kind !== 'sold-out') return facts;
  const key = dishKey(command.dish);
  const known = facts.soldOut.some((dish) => dish.key === key);
  if (known === command.on) return facts;
  return {
    ...facts,
    soldOut: command.on
      ? [...facts.soldOut, { key, ...command.dish, at, by }]
      : facts.soldOut.filter((dish) => dish.key !== key),
  };
}

/** Of courses that then fire by themselves the server tells a moment later. */
function fire(order: OrderView, course: number | null, at: string): OrderView {
  const fired = (ticket: TicketView) =>
    ticket.state === 'held' && (course !== null ? ticket.course === course : !order.hold || ticket.heldFor === 'order');
  const ids = idsOf(order, fired);
  const lines = withLines(
    order,
    (line) => ids.has(line.ticketId),
    (line) => (line.state === 'held' ? { ...line, state: 'waiting' } : line),
  );
  const next = withTickets(lines, fired, (ticket) => ({
    ...ticket,
    state: 'open',
    firedAt: at,
    heldFor: null,
    heldUntil: null,
  }));
  return order.hold && !next.tickets.some(({ heldFor }) => heldFor === 'order') ? { ...next, hold: null } : next;
}

function hold(order: OrderView, at: string, by: string | null): OrderView {
  if (order.hold) return order;
  const begun = new Set(
    order.lines
      .filter(({ state }) => state === 'cooking' || state === 'ready' || state === 'served')
      .map(({ ticketId }) => ticketId),
  );
  const waiting = new Set(order.lines.filter(({ state }) => state === 'waiting').map(({ ticketId }) => ticketId));
  const held = (ticket: TicketView) => ticket.state === 'open' && waiting.has(ticket.id) && !begun.has(ticket.id);
  const ids = idsOf(order, held);
  const lines = withLines(
    order,
    (line) => ids.has(line.ticketId),
    (line) => (line.state === 'waiting' ? { ...line, state: 'held' } : line),
  );
  const next = withTickets(lines, held, (ticket) => ({ ...ticket, state: 'held', heldFor: 'order' }));
  return {
    ...withTickets(
      next,
      ({ heldUntil }) => heldUntil !== null,
      (ticket) => ({ ...ticket, heldUntil: null }),
    ),
    hold: { at, by },
  };
}

function rush(order: OrderView, on: boolean, at: string, by: string | null): OrderView {
  if ((order.rush !== null) === on) return order;
  const told = on || order.priority !== 'RUSH';
  const next = withTickets(
    order,
    ({ state }) => state === 'open' && told,
    (ticket) => {
      const others = ticket.notices.filter(({ kind }) => kind !== 'rush');
      return { ...ticket, notices: on ? [...others, { kind: 'rush', at }] : others };
    },
  );
  return { ...next, rush: on ? { at, by } : null };
}

/**
 * A ticket that the other station has already takes them; a new one comes with the server's answer, and until then they
 * stay in sight. That a station was robbed of its dishes is for the server to tell.
 */
function transfer(order: OrderView, lineIds: readonly string[], stationId: string, at: string): OrderView {
  const moving = order.lines.filter((line) => lineIds.includes(line.id) && line.stationId !== stationId);
  const next = withLines(order, named(moving.map(({ id }) => id)), (line) => {
    const source = order.tickets.find(({ id }) => id === line.ticketId);
    const target = order.tickets.findLast(
      (ticket) =>
        ticket.stationId === stationId &&
        ticket.state === source?.state &&
        ticket.course === source.course &&
        ticket.heldFor === source.heldFor,
    );
    if (!source || !target) return line;
    const there = { ...line, stationId, ticketId: target.id, startedAt: null, readyAt: null };
    return line.state === 'held'
      ? there
      : { ...there, state: 'waiting', flag: { kind: 'moved', at, from: { stationId: source.stationId } } };
  });
  const alive = new Set(next.lines.filter(({ state }) => state !== 'voided').map(({ ticketId }) => ticketId));
  const flagged = new Set(next.lines.filter(({ flag }) => flag).map(({ ticketId }) => ticketId));
  // What was voided on a ticket that was never fired needs nobody to see it.
  const emptied = (ticket: TicketView) =>
    moving.some(({ ticketId }) => ticketId === ticket.id) &&
    !alive.has(ticket.id) &&
    (ticket.state === 'held' || !flagged.has(ticket.id));
  const gone = idsOf(next, emptied);
  return withTickets(
    withLines(
      next,
      (line) => line.flag !== null && gone.has(line.ticketId),
      (line) => ({ ...line, flag: null }),
    ),
    emptied,
    (ticket) => ({ ...ticket, state: 'closed', notices: [], heldFor: null, heldUntil: null }),
  );
}

const isToCook = (line: LineView) => line.state === 'waiting' || line.state === 'cooking';
const isTicket =
  (ticketId: string) =>
  ({ id }: TicketView) =>
    id === ticketId;
const idsOf = (order: OrderView, which: (ticket: TicketView) => boolean) =>
  new Set(order.tickets.filter(which).map(({ id }) => id));

function named(lineIds: readonly string[]): (line: LineView) => boolean {
  return (line) => lineIds.includes(line.id);
}

function withLines(
  order: OrderView,
  which: (line: LineView) => boolean,
  change: (line: LineView) => LineView,
): OrderView {
  return { ...order, lines: order.lines.map((line) => (which(line) ? change(line) : line)) };
}

function withTickets(
  order: OrderView,
  which: (ticket: TicketView) => boolean,
  change: (ticket: TicketView) => TicketView,
): OrderView {
  return { ...order, tickets: order.tickets.map((ticket) => (which(ticket) ? change(ticket) : ticket)) };
}

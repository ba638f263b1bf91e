// Decides when held tickets are fired. Each later course of an order is a ticket of its own at its station. It is held
// until somebody asks for it, until all courses before it are cooked, or until its time comes. An order that somebody
// holds waits for a person alone. Pure.
//
//   held for 'course' --its turn, or fire--> open <--hold-- / --fire--> held for 'order'
import type { Courses } from '../facts.ts';
import type { LineView, OrderState, TicketView } from '../views.ts';
import { touched } from './order.ts';
import { isCooked, lineTransitions } from './states.ts';

/**
 * Fires the courses that are due, closes held tickets that have nothing left on them, and sets the times at which the
 * others will fire by themselves.
 * @returns the same order where nothing changes
 */
export function followCourses<O extends OrderState>(order: O, courses: Courses, now: string): O {
  if (!order.tickets.some(({ state }) => state === 'held')) return order;
  let next = closeEmptied(order, now);
  for (let course = turnOf(next, courses, now); course !== undefined; course = turnOf(next, courses, now)) {
    next = fireTickets(next, isOfCourse(course), now);
  }
  return withTimes(next, courses);
}

/** Their lines are to be cooked from now on, and their clocks begin. */
export function fireTickets<O extends OrderState>(order: O, which: (ticket: TicketView) => boolean, now: string): O {
  const fired = new Set(order.tickets.filter((ticket) => ticket.state === 'held' && which(ticket)).map(({ id }) => id));
  if (!fired.size) return order;
  return touched(
    {
      ...order,
      tickets: order.tickets.map((ticket) =>
        fired.has(ticket.id) ? { ...ticket, state: 'open', firedAt: now, heldFor: null, heldUntil: null } : ticket,
      ),
      lines: order.lines.map((line) => (fired.has(line.ticketId) ? moved(line, 'fire') : line)),
    },
    now,
  );
}

/** Holds tickets that nobody has begun with, until somebody fires them. */
export function holdTickets<O extends OrderState>(order: O, which: (ticket: TicketView) => boolean, now: string): O {
  const held = new Set(order.tickets.filter(which).map(({ id }) => id));
  if (!held.size) return order;
  return touched(
    {
      ...order,
      tickets: order.tickets.map((ticket) =>
        held.has(ticket.id) ? { ...ticket, state: 'held', heldFor: 'order', heldUntil: null } : ticket,
      ),
      lines: order.lines.map((line) => (held.has(line.ticketId) ? moved(line, 'hold') : line)),
    },
    now,
  );
}

const isOfCourse =
  (course: number | null) =>
  (ticket: TicketView): boolean =>
    ticket.heldFor === 'course' && ticket.course === course;

function moved(line: LineView, event: 'fire' | 'hold'): LineView {
  const state = lineTransitions[line.state][event] ?? line.state;
  return state === line.state ? line : { ...line, state };
}

/** Closes held tickets whose lines are all voided. The kitchen has not begun with them, so it needs no notice. */
function closeEmptied<O extends OrderState>(order: O, now: string): O {
  const live = new Set(order.lines.filter(({ state }) => state === 'held').map(({ ticketId }) => ticketId));
  const emptied = new Set(
    order.tickets.filter(({ id, state }) => state === 'held' && !live.has(id)).map(({ id }) => id),
  );
  if (!emptied.size) return order;
  return touched(
    {
      ...order,
      tickets: order.tickets.map((ticket) =>
        emptied.has(ticket.id) ? { ...ticket, state: 'closed', notices: [], heldFor: null, heldUntil: null } : ticket,
      ),
      lines: order.lines.map((line) => (emptied.has(line.ticketId) && line.flag ? { ...line, flag: null } : line)),
    },
    now,
  );
}

/** The course whose turn it is now; undefined where it is none's. */
function turnOf(order: OrderState, { mode, gapSeconds }: Courses, now: string): number | null | undefined {
  const course = nextCourse(order);
  if (order.hold || course === undefined) return undefined;
  const due = {
    together: () => true,
    manual: () => false,
    'after-previous': () =>
      order.lines.every(({ state, ticketId }) => isCooked(state) || !isBefore(ticketId, course, order)),
    timed: () => Date.parse(lastFire(order, course)) + gapSeconds * 1000 <= Date.parse(now),
  }[mode];
  return due() ? course : undefined;
}

function nextCourse({ tickets }: OrderState): number | null | undefined {
  return tickets
    .filter(({ heldFor }) => heldFor === 'course')
    .map(({ course }) => course)
    .sort((a, b) => (a ?? -Infinity) - (b ?? -Infinity))[0];
}

/** Whether the ticket was fired for an earlier course, or for none. */
function isBefore(ticketId: string, course: number | null, { tickets }: OrderState): boolean {
  return tickets.some(
    (ticket) =>
      ticket.id === ticketId && ticket.heldFor !== 'course' && (ticket.course ?? -Infinity) < (course ?? Infinity),
  );
}

function lastFire(order: OrderState, course: number | null): string {
  const fires = order.tickets
    .filter(({ id, state }) => state !== 'held' && isBefore(id, course, order))
    .map(({ firedAt }) => firedAt);
  return fires.sort().at(-1) ?? order.receivedAt;
}

/** Sets the times of waiting courses: each fires `gapSeconds` after the one before it. */
function withTimes<O extends OrderState>(order: O, { mode, gapSeconds }: Courses): O {
  const times = new Map<number | null, string>();
  if (mode === 'timed' && !order.hold) {
    const waiting = [
      ...new Set(order.tickets.filter(({ heldFor }) => heldFor === 'course').map(({ course }) => course)),
    ].sort((a, b) => (a ?? -Infinity) - (b ?? -Infinity));
    let time = waiting.length ? Date.parse(lastFire(order, waiting[0]!)) : 0;
    for (const course of waiting) times.set(course, new Date((time += gapSeconds * 1000)).toISOString());
  }
  const timed = order.tickets.map((ticket) => {
    const heldUntil = ticket.heldFor === 'course' ? (times.get(ticket.course) ?? null) : null;
    return ticket.heldUntil === heldUntil ? ticket : { ...ticket, heldUntil };
  });
  return timed.every((ticket, i) => ticket === order.tickets[i]) ? order : { ...order, tickets: timed };
}

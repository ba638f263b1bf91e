// Decides when held tickets are fired. Each later course of an order is a ticket of its own at its station. It is held
// until somebody asks for it, until all courses before it are cooked, or until its time comes. An order for later is held
// until its time (due.ts). An order that somebody holds waits for a person alone. Pure.
//
//   held for 'course' --its turn, or fire--> open <--hold-- / --fire--> held for 'order'
//          |                                  ^
//          `--its turn, but not its time--> held for 'due' --its time, and somebody holds the order--> held for 'order'
import type { Courses } from '../facts.ts';
import type { OrderState, TicketView } from '../views.ts';
import { followDue, waitsUntil, type Leads } from './due.ts';
import { closeEmptied, fireTickets, holdTickets } from './held.ts';
import { isCooked } from './states.ts';

/** The part of a set-up that held tickets are fired by. */
export interface FiringRules {
  courses: Courses;
  leads: Leads;
}

/**
 * Fires the orders and courses that are due, closes held tickets that have nothing left on them, and sets the times at
 * which the others will fire by themselves.
 * @returns the same order where nothing changes
 */
export function followCourses<O extends OrderState>(order: O, { courses, leads }: FiringRules, now: string): O {
  if (!order.tickets.some(({ state }) => state === 'held')) return order;
  let next = followDue(closeEmptied(order, now), leads, now);
  for (let course = turnOf(next, courses, now); course !== undefined; course = turnOf(next, courses, now)) {
    const isTurn = isOfCourse(course);
    const turned = next;
    const waits = (ticket: TicketView) => isTurn(ticket) && waitsUntil(turned, ticket.stationId, leads, now) !== null;
    next = fireTickets(holdTickets(next, waits, now, 'due'), isTurn, now);
    next = followDue(next, leads, now);
  }
  return withTimes(next, courses);
}

const isOfCourse =
  (course: number | null) =>
  (ticket: TicketView): boolean =>
    ticket.heldFor === 'course' && ticket.course === course;

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

/** Whether the ticket is of an earlier course whose turn has come, or of none. */
function isBefore(ticketId: string, course: number | null, { tickets }: OrderState): boolean {
  return tickets.some(
    (ticket) =>
      ticket.id === ticketId && ticket.heldFor !== 'course' && (ticket.course ?? -Infinity) < (course ?? Infinity),
  );
}

/** The last fire before the course; of an order for later, the one that is to come. */
function lastFire(order: OrderState, course: number | null): string {
  const fires = order.tickets
    .filter(({ id, state, heldFor }) => (state !== 'held' || heldFor === 'due') && isBefore(id, course, order))
    .map(({ firedAt, heldFor, heldUntil }) => (heldFor === 'due' ? (heldUntil ?? firedAt) : firedAt));
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
    if (ticket.heldFor !== 'course') return ticket;
    const heldUntil = times.get(ticket.course) ?? null;
    return ticket.heldUntil === heldUntil ? ticket : { ...ticket, heldUntil };
  });
  return timed.every((ticket, i) => ticket === order.tickets[i]) ? order : { ...order, tickets: timed };
}

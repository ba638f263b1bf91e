// The tickets of one order while a merge puts lines on them: one for each station, course and firing. It decides only
// whether a new line is held. protocol/rules/courses.ts and due.ts decide which ticket is held, and until when.
import type { KitchenLine, KitchenOrder } from '../order/order.ts';
import type { TicketState } from '../protocol/domain.ts';
import type { FiringRules } from '../protocol/rules/courses.ts';
import { waitsUntil } from '../protocol/rules/due.ts';
import type { TicketView } from '../protocol/views.ts';
import type { DetailItem, OrderDetail } from '../upstream/detail.ts';
import { opensTickets, type Seen } from './ghosts.ts';
import type { Dish } from './taken-off.ts';
import type { RoutedStation } from './routing.ts';
import { isCooked } from '../protocol/rules/states.ts';

type HeldFor = TicketView['heldFor'];

export interface MergeContext extends FiringRules, Seen {
  /** The restaurant's stations in use, in order of position. */
  stations: readonly RoutedStation[];
  newId: () => string;
  /** Dishes that were just taken off other orders of the same table. */
  takenOff?: readonly Dish[];
  /** The orders that lines come from, by the ids of the lines here; missing where there are none. */
  origins?: ReadonlyMap<string, { former: KitchenOrder; itemId: string }> | undefined;
}

export class TicketRack {
  readonly orderType: string | null;
  readonly #tickets: TicketView[];
  readonly #existing: Set<string>;
  /** By the id of the ticket in the other order. */
  readonly #carried = new Map<string, TicketView>();
  readonly #opensTickets: boolean;
  readonly #byCourse: boolean;
  readonly #onHold: boolean;
  /**
   * The last course that was fired; of a new order its first one, which fires at once. Null where there are no courses.
   */
  readonly #fired: number | null;

  constructor(
    before: KitchenOrder | null,
    private readonly detail: OrderDetail,
    private readonly context: MergeContext,
  ) {
    this.orderType = detail.type;
    this.#tickets = [...(before?.tickets ?? [])];
    this.#existing = new Set(this.#tickets.map(({ id }) => id));
    this.#opensTickets = opensTickets(before, detail, context);
    this.#byCourse = context.courses.mode !== 'together';
    this.#onHold = before?.hold != null;
    this.#fired = lastFired(before) ?? firstCourse(detail.items);
  }

  /**
   * The station's ticket that a line of this course goes on: one that is open, or held for the same reason, or a new
   * one when it has none or has bumped it. `joined`: the kitchen may have seen that ticket before.
   * @param live false for a line that was voided before the kitchen saw it: with nothing else on it, its ticket stays
   * closed
   */
  takeLine(stationId: string, lineCourse: number | null, live = true): { ticket: TicketView; joined: boolean } {
    const course = this.#byCourse ? (lineCourse ?? this.#fired) : null;
    const heldFor = this.#heldFor(stationId, course);
    const state: TicketState = !live || !this.#opensTickets ? 'closed' : heldFor ? 'held' : 'open';
    const atStation = this.#tickets.filter((ticket) => ticket.stationId === stationId);
    const usable = atStation.findLast(
      (ticket) =>
        takes(ticket, course, lineCourse === null, heldFor) &&
        (ticket.state === (heldFor ? 'held' : 'open') || !this.#existing.has(ticket.id)),
    );
    if (usable) {
      const ticket: TicketView =
        state !== 'closed' && usable.state === 'closed' ? { ...usable, state, heldFor } : usable;
      this.#tickets[this.#tickets.indexOf(usable)] = ticket;
      return { ticket, joined: this.#existing.has(usable.id) };
    }
    const ticket: TicketView = {
      id: this.context.newId(),
      stationId,
      firing: this.#nextFiring(stationId),
      state,
      notices: [],
      firedAt: this.context.now,
      bumpedAt: null,
      bumpedBy: null,
      course,
      heldFor: state === 'held' ? heldFor : null,
      heldUntil: null,
      allergySeen: null,
    };
    this.#tickets.push(ticket);
    return { ticket, joined: false };
  }

  /** A course that still waits is held. So is an order for later, and each new line of an order that somebody holds. */
  #heldFor(stationId: string, course: number | null): HeldFor {
    if (!this.#opensTickets) return null;
    const waits = this.#tickets.some((ticket) => ticket.heldFor === 'course' && ticket.course === course);
    if (this.#byCourse && course !== null && (waits || (this.#fired !== null && course > this.#fired))) return 'course';
    if (this.#waits(stationId)) return 'due';
    return this.#onHold ? 'order' : null;
  }

  #waits(stationId: string): boolean {
    const { dueAt, type } = this.detail;
    return (
      waitsUntil({ dueAt, type, tickets: this.#tickets }, stationId, this.context.leads, this.context.now) !== null
    );
  }

  /**
   * The ticket for lines that moved here from a ticket of another order: with its clock, and apart from the others. It
   * is bumped while all of it is ready.
   */
  carry(from: TicketView, toCook: boolean, number: string): TicketView {
    const { now, newId } = this.context;
    const known = this.#carried.get(from.id);
    if (known && !(toCook && known.state === 'bumped')) return known;
    const ticket: TicketView = {
      ...from,
      id: known?.id ?? newId(),
      firing: known?.firing ?? this.#nextFiring(from.stationId),
      state: !toCook ? 'bumped' : this.#opensTickets ? 'open' : 'closed',
      notices: toCook && this.#opensTickets ? [{ kind: 'came', at: now, from: number }] : [],
      bumpedAt: toCook ? null : (from.bumpedAt ?? now),
      bumpedBy: toCook ? null : from.bumpedBy,
      course: this.#byCourse ? from.course : null,
      heldFor: null,
      heldUntil: null,
      allergySeen: null,
    };
    if (known) this.#tickets[this.#tickets.indexOf(known)] = ticket;
    else this.#tickets.push(ticket);
    this.#existing.add(ticket.id);
    this.#carried.set(from.id, ticket);
    return ticket;
  }

  #nextFiring(stationId: string): number {
    const firings = this.#tickets.filter((ticket) => ticket.stationId === stationId).map(({ firing }) => firing);
    return Math.max(0, ...firings) + 1;
  }

  /** The ticket, while something on it is still to be cooked. */
  live(ticketId: string): TicketView | undefined {
    return this.#tickets.find(({ id, state }) => id === ticketId && (state === 'open' || state === 'held'));
  }

  /** Whether anything is to be cooked, now or later. */
  get opened(): boolean {
    return this.#tickets.some(({ state }) => state !== 'closed');
  }

  /** Whether the line is still to be cooked: it is not ready, and its ticket is not done. */
  isToCook({ state, ticketId }: Pick<KitchenLine, 'state' | 'ticketId'>): boolean {
    return !isCooked(state) && this.live(ticketId) !== undefined;
  }

  all(): TicketView[] {
    return this.#tickets;
  }
}

/** A line without a course goes on any ticket. A line with a course never goes on another course's ticket. */
function takes(ticket: TicketView, course: number | null, anyCourse: boolean, heldFor: HeldFor): boolean {
  if (ticket.state !== 'closed' && ticket.heldFor !== heldFor) return false;
  return ticket.course === course || (heldFor !== 'course' && (anyCourse || course === null || ticket.course === null));
}

const highest = (courses: (number | null)[]): number | null =>
  courses.reduce((most, course) => (course !== null && (most === null || course > most) ? course : most), null);

function lastFired(before: KitchenOrder | null): number | null {
  if (!before) return null;
  const waiting = new Set(before.tickets.filter(({ heldFor }) => heldFor === 'course').map(({ id }) => id));
  return highest(
    before.lines
      .filter(({ state, ticketId }) => state !== 'voided' && !waiting.has(ticketId))
      .map(({ course }) => course),
  );
}

function firstCourse(items: readonly DetailItem[]): number | null {
  return items
    .filter(({ voided }) => !voided)
    .reduce<number | null>(
      (least, { course }) => (course !== null && (least === null || course < least) ? course : least),
      null,
    );
}

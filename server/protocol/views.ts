// The orders of a board with their lines and tickets, as the database has them. Times are RFC 3339, of the server's
// clock.
import * as z from 'zod/mini';
import { By, LineState, PersonRole, Priority, Role, TicketState } from './domain.ts';
import { Courses, Lead, SoldOut, StationView, TOGETHER } from './facts.ts';
import { TextReading } from './readings.ts';
import { UpstreamStatus } from './status.ts';
import { Version } from './version.ts';

export { StationView };

const Time = z.string();

/**
 * `kind` is upstream's own word (ADD, REMOVE, NO, EXTRA, ON_SIDE, ...); null where it sent none. `quantity` is there
 * where upstream sent one. `modifiers` are the modifier's own.
 */
export const Modifier = z.object({
  name: z.string(),
  kind: z.nullable(z.string()),
  quantity: z.optional(z.number()),
  get modifiers() {
    return z.optional(z.array(Modifier));
  },
});
export type Modifier = z.infer<typeof Modifier>;

/** A line of another order. */
export const LineOrigin = z.object({ orderId: z.string(), itemId: z.string() });
export type LineOrigin = z.infer<typeof LineOrigin>;

/**
 * A change to one line that nobody at its station has acknowledged yet. `from` holds the former values of the changed
 * fields; for `moved`, the station that the line came from.
 */
export const LineFlag = z.object({
  kind: z.enum(['added', 'changed', 'voided', 'moved']),
  at: Time,
  from: z.optional(
    z.object({
      quantity: z.optional(z.number()),
      name: z.optional(z.string()),
      modifiers: z.optional(z.array(Modifier)),
      note: z.optional(z.nullable(z.string())),
      unit: z.optional(z.nullable(z.string())),
      allergens: z.optional(z.array(z.string())),
      allergies: z.optional(z.array(z.string())),
      stationId: z.optional(z.string()),
    }),
  ),
});
export type LineFlag = z.infer<typeof LineFlag>;

/**
 * A change to the whole order, or to the ticket's lines, that a station has not acknowledged yet. `rush` was asked for
 * upstream or here. `moved`: somebody else moved dishes of this ticket to another station; `from` names them. `due`: the
 * due time has changed; `from` is the former one. `reused`: the order's id was another order's before, which was placed
 * at `from`. `allergies`: those of the whole order have changed; `from` is the former ones. `came`: all of the ticket
 * came here from the order with the number `from`, with its clock. `went`: dishes of the ticket went to the order with
 * the number `from`. `taken-off`: the same dish was just taken off another order of the table, with the number `from`;
 * `made-before`: it was made there.
 */
export const TicketNotice = z.object({
  kind: z.enum([
    'canceled',
    'table',
    'rush',
    'note',
    'type',
    'moved',
    'due',
    'reused',
    'allergies',
    'came',
    'went',
    'taken-off',
    'made-before',
  ]),
  at: Time,
  from: z.optional(z.nullable(z.string())),
});
export type TicketNotice = z.infer<typeof TicketNotice>;

export const LineView = z.object({
  id: z.string(),
  sku: z.nullable(z.string()),
  name: z.string(),
  quantity: z.number(),
  /** The unit of the quantity, such as kg. Null for a count. */
  unit: z.nullable(z.string()),
  category: z.nullable(z.string()),
  modifiers: z.array(Modifier),
  /** The dish contains these, as its menu says: a fact and no warning. */
  allergens: z.array(z.string()),
  /** The guest of this line must not have these. */
  allergies: z.array(z.string()),
  note: z.nullable(z.string()),
  course: z.nullable(z.number()),
  seat: z.nullable(z.string()),
  voided: z.boolean(),
  /** The line came here from another order. */
  movedFrom: z.nullable(LineOrigin),
  /** The parts of upstream's line that could not be read, each as `field: value`. */
  unread: z.array(z.string()),
  /**
   * The id of upstream's line, where this line is a part of it: the quantity that was added after the kitchen was done
   * with the rest.
   */
  partOf: z.nullable(z.string()),
  stationId: z.string(),
  ticketId: z.string(),
  state: LineState,
  flag: z.nullable(LineFlag),
  addedAt: Time,
  startedAt: z.nullable(Time),
  readyAt: z.nullable(Time),
  servedAt: z.nullable(Time),
});
export type LineView = z.infer<typeof LineView>;

/** Upstream's id of a line; several lines of the kitchen can be parts of one. */
export const itemIdOf = ({ id, partOf }: Pick<LineView, 'id' | 'partOf'>): string => partOf ?? id;

export const TicketView = z.object({
  id: z.string(),
  stationId: z.string(),
  firing: z.number(),
  state: TicketState,
  notices: z.array(TicketNotice),
  /** The time at which the kitchen was to begin; for a held ticket, the time at which it came. */
  firedAt: Time,
  bumpedAt: z.nullable(Time),
  bumpedBy: By,
  /** Null where courses all fire together. */
  course: z.nullable(z.number()),
  /** The reason why it is held: its course's turn has not come, somebody holds the order, or the order is for later. */
  heldFor: z.nullable(z.enum(['course', 'order', 'due'])),
  /**
   * The time at which a held ticket fires by itself, if known. A ticket of an order for later that a person started
   * before that time keeps it.
   */
  heldUntil: z.nullable(Time),
  /** The person who has seen the guests' allergies on this ticket; null while nobody has. */
  allergySeen: z.nullable(z.object({ at: Time, by: By })),
});
export type TicketView = z.infer<typeof TicketView>;

export const OrderView = z.object({
  id: z.string(),
  /** Upstream's number, or the order's id where there is none. */
  number: z.string(),
  status: UpstreamStatus,
  version: z.nullable(Version),
  type: z.nullable(z.string()),
  table: z.nullable(z.string()),
  guests: z.nullable(z.number()),
  priority: Priority,
  placedAt: z.nullable(Time),
  dueAt: z.nullable(Time),
  note: z.nullable(z.string()),
  customerName: z.nullable(z.string()),
  /** The platform that the guest ordered through. */
  channel: z.nullable(z.string()),
  /** The person who took the order. */
  staffName: z.nullable(z.string()),
  pickupCode: z.nullable(z.string()),
  /** The guests of this order must not have these. */
  allergies: z.array(z.string()),
  receivedAt: Time,
  changedAt: Time,
  /** The time since which no screen has anything left to do. */
  closedAt: z.nullable(Time),
  /** A rush that was asked for here. Upstream's own is `priority`. */
  rush: z.nullable(z.object({ at: Time, by: By })),
  /** Somebody holds the dishes that the kitchen has not begun, and those that are added. */
  hold: z.nullable(z.object({ at: Time, by: By })),
  /** A manager's note on the delay. */
  delayNote: z.nullable(z.object({ at: Time, by: By, note: z.string() })),
  /** The person at the hand-over who has seen the guests' allergies; null while nobody has. */
  allergySeen: z.nullable(z.object({ at: Time, by: By })),
  /** Opens the guests' page of this order. Sent to the floor and the expo only. */
  guestToken: z.optional(z.string()),
  lines: z.array(LineView),
  tickets: z.array(TicketView),
  /**
   * The readings of all its texts that name an allergen or warn of one. An order without them is not readable: it would
   * look like one without an allergy.
   */
  readings: z.array(TextReading),
});
export type OrderView = z.infer<typeof OrderView>;

/**
 * An order as the rules of commands see it: they do not read its number, which screens are shown differently, and are
 * handed a reader of its texts.
 */
export type OrderState = Omit<OrderView, 'number' | 'readings'>;

/** Whether the kitchen was asked to hurry, by upstream or from here. */
export const isRushed = ({ priority, rush }: Pick<OrderView, 'priority' | 'rush'>): boolean =>
  priority === 'RUSH' || rush !== null;

/** The facts of a board beside its orders. They are small, and always sent whole. */
export const BoardFacts = z.object({
  stations: z.array(StationView),
  courses: Courses,
  lead: Lead,
  /** Whether somebody at each station and at the hand-over must say that they have seen an allergy. */
  allergySeen: z.boolean(),
  soldOut: z.array(SoldOut),
});
export type BoardFacts = z.infer<typeof BoardFacts>;

/** The facts before a server has said any. */
export const NO_FACTS: BoardFacts = { stations: [], courses: TOGETHER, lead: {}, allergySeen: false, soldOut: [] };

/** The screen that a browser is. Its device or the signed-in person decides that, never the browser. */
export const ScreenIdentity = z.object({
  deviceId: z.string(),
  deviceName: z.string(),
  /** The signed-in person, where the screen is a person's and not a device's. */
  person: z.nullable(z.object({ id: z.string(), name: z.string(), role: z.string() })),
  role: Role,
  restaurant: z.object({ id: z.string(), name: z.string(), timeZone: z.string(), discovered: z.boolean() }),
  station: z.nullable(StationView),
  /** The address that links for others begin with: a guest does not reach the one that a tablet uses. */
  publicUrl: z.string(),
});
export type ScreenIdentity = z.infer<typeof ScreenIdentity>;

/** The state of the pipeline: it says how far a screen can be trusted, and managers see it. */
export const Health = z.object({
  /** `away`: the server cannot read it now. */
  database: z.enum(['ok', 'away']),
  kafka: z.enum(['ok', 'away']),
  /**
   * Messages of the topic that have not ended, and the age in seconds of the oldest waiting one; null while not known.
   */
  lag: z.nullable(z.object({ messages: z.number(), seconds: z.number() })),
  orderApi: z.object({
    state: z.enum(['ok', 'slow', 'down']),
    inFlight: z.number(),
    limit: z.number(),
    /** Why it is down, in the server's words. */
    reason: z.optional(z.nullable(z.string())),
  }),
  parkedOrders: z.number(),
  parkedMessages: z.number(),
  failedMessages: z.number(),
  rejectedMessages: z.number(),
  oldestParkedAt: z.nullable(Time),
  /** Messages of the last 24 hours that were gone from the topic before they were read. */
  missingMessages: z.optional(z.number()),
  /** Partitions of the topic that this process cannot read on, since a message there cannot be decoded. */
  standingPartitions: z.optional(z.number()),
  /** The database was put back, and the topic is read again: until then screens keep what they have. */
  readingAgain: z.optional(z.boolean()),
});
export type Health = z.infer<typeof Health>;

/** A person as a device's list of names shows them. */
export const StaffView = z.object({ id: z.string(), name: z.string(), role: PersonRole });
export type StaffView = z.infer<typeof StaffView>;

/** The person signed in on a device, and whether there is anybody to choose. */
export const StaffHere = z.object({ person: z.nullable(StaffView), offered: z.boolean() });
export type StaffHere = z.infer<typeof StaffHere>;

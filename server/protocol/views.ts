// What a screen is shown: orders with their lines and tickets, as the database has them. Times are RFC 3339, of the
// server's clock.
import * as z from 'zod/mini';
import { By, LineState, PersonRole, Priority, Role, TicketState } from './domain.ts';
import { Courses, SoldOut, StationView } from './facts.ts';
import { UpstreamStatus } from './status.ts';

export { StationView };

const Time = z.string();

export const Modifier = z.object({ name: z.string(), kind: z.string() });
export type Modifier = z.infer<typeof Modifier>;

/**
 * A change to one line that nobody at its station has acknowledged yet. `from` holds what the changed fields were;
 * `moved` came from that station.
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
      stationId: z.optional(z.string()),
    }),
  ),
});
export type LineFlag = z.infer<typeof LineFlag>;

/**
 * A change to the whole order, or to what is on the ticket, that a station has not acknowledged yet. `rush` was asked
 * for upstream or here; `moved`: dishes of this ticket (`from` names them) went to another station, by someone else's
 * hand.
 */
export const TicketNotice = z.object({
  kind: z.enum(['canceled', 'table', 'rush', 'note', 'type', 'moved']),
  at: Time,
  from: z.optional(z.nullable(z.string())),
});
export type TicketNotice = z.infer<typeof TicketNotice>;

export const LineView = z.object({
  id: z.string(),
  sku: z.nullable(z.string()),
  name: z.string(),
  quantity: z.number(),
  category: z.nullable(z.string()),
  modifiers: z.array(Modifier),
  allergens: z.array(z.string()),
  note: z.nullable(z.string()),
  course: z.nullable(z.number()),
  seat: z.nullable(z.string()),
  voided: z.boolean(),
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

export const TicketView = z.object({
  id: z.string(),
  stationId: z.string(),
  firing: z.number(),
  state: TicketState,
  notices: z.array(TicketNotice),
  /** When the kitchen was to begin; of a held ticket, when it came. */
  firedAt: Time,
  bumpedAt: z.nullable(Time),
  bumpedBy: By,
  /** Null where courses all fire together. */
  course: z.nullable(z.number()),
  /** Why it is held: its course's turn has not come, or somebody holds the order. */
  heldFor: z.nullable(z.enum(['course', 'order'])),
  /** When a held ticket fires by itself, as far as that is known. */
  heldUntil: z.nullable(Time),
});
export type TicketView = z.infer<typeof TicketView>;

export const OrderView = z.object({
  id: z.string(),
  /** What people call the order: upstream's number, or its id where there is none. */
  number: z.string(),
  status: UpstreamStatus,
  version: z.nullable(z.number()),
  type: z.nullable(z.string()),
  table: z.nullable(z.string()),
  guests: z.nullable(z.number()),
  priority: Priority,
  placedAt: z.nullable(Time),
  dueAt: z.nullable(Time),
  note: z.nullable(z.string()),
  receivedAt: Time,
  changedAt: Time,
  /** Since when nothing is left to do for any screen. */
  closedAt: z.nullable(Time),
  /** Asked for here; upstream's own is `priority`. */
  rush: z.nullable(z.object({ at: Time, by: By })),
  /** Somebody holds what the kitchen has not begun, and what is added. */
  hold: z.nullable(z.object({ at: Time, by: By })),
  /** A manager knows of the delay. */
  delayNote: z.nullable(z.object({ at: Time, by: By, note: z.string() })),
  /** Opens the guests' page of this order; told to the floor and the expo only. */
  guestToken: z.optional(z.string()),
  lines: z.array(LineView),
  tickets: z.array(TicketView),
});
export type OrderView = z.infer<typeof OrderView>;

/** Whether the kitchen was asked to hurry, by upstream or from here. */
export const isRushed = ({ priority, rush }: Pick<OrderView, 'priority' | 'rush'>): boolean =>
  priority === 'RUSH' || rush !== null;

/** What a board shows beside its orders; small, and always whole. */
export const BoardFacts = z.object({ stations: z.array(StationView), courses: Courses, soldOut: z.array(SoldOut) });
export type BoardFacts = z.infer<typeof BoardFacts>;

/** Which screen a browser is: decided by its device or by who signed in, never by the browser. */
export const ScreenIdentity = z.object({
  deviceId: z.string(),
  deviceName: z.string(),
  /** Who signed in, where the screen is a person's and no device's. */
  person: z.nullable(z.object({ id: z.string(), name: z.string(), role: z.string() })),
  role: Role,
  restaurant: z.object({ id: z.string(), name: z.string(), timeZone: z.string(), discovered: z.boolean() }),
  station: z.nullable(StationView),
});
export type ScreenIdentity = z.infer<typeof ScreenIdentity>;

/** How far what is shown can be trusted, and what managers see of the pipeline. */
export const Health = z.object({
  /** `away`: the server cannot read it now. */
  database: z.enum(['ok', 'away']),
  kafka: z.enum(['ok', 'away']),
  /**
   * Messages of the topic that have not ended, and the age in seconds of the oldest that waits; null while that is not
   * known.
   */
  lag: z.nullable(z.object({ messages: z.number(), seconds: z.number() })),
  orderApi: z.object({ state: z.enum(['ok', 'slow', 'down']), inFlight: z.number(), limit: z.number() }),
  parkedOrders: z.number(),
  parkedMessages: z.number(),
  failedMessages: z.number(),
  rejectedMessages: z.number(),
  oldestParkedAt: z.nullable(Time),
  /** Of the last 24 hours: gone from the topic before they were read. */
  missingMessages: z.optional(z.number()),
});
export type Health = z.infer<typeof Health>;

/** Somebody who works here, as a device's list of names shows them. */
export const StaffView = z.object({ id: z.string(), name: z.string(), role: PersonRole });
export type StaffView = z.infer<typeof StaffView>;

/** Who stands at a device: who is signed in there, and whether there is anybody who could be. */
export const StaffHere = z.object({ person: z.nullable(StaffView), offered: z.boolean() });
export type StaffHere = z.infer<typeof StaffHere>;

// What a screen is shown: orders with their lines and tickets, as the database has them. Times are RFC 3339, of the server's clock.
import { z } from 'zod/mini';
import { LineState, Priority, Role, TicketState } from './domain.ts';

const Time = z.string();

export const Modifier = z.object({ name: z.string(), kind: z.string() });
export type Modifier = z.infer<typeof Modifier>;

/** An upstream change to one line that nobody has acknowledged yet. `from` holds what the changed fields were. */
export const LineFlag = z.object({
  kind: z.enum(['added', 'changed', 'voided']),
  at: Time,
  from: z.optional(z.object({ quantity: z.optional(z.number()), name: z.optional(z.string()), modifiers: z.optional(z.array(Modifier)), note: z.optional(z.nullable(z.string())) })),
});
export type LineFlag = z.infer<typeof LineFlag>;

/** An upstream change to the whole order that a station has not acknowledged yet. */
export const TicketNotice = z.object({
  kind: z.enum(['canceled', 'table', 'rush', 'note', 'type']),
  at: Time,
  from: z.optional(z.nullable(z.string())),
});
export type TicketNotice = z.infer<typeof TicketNotice>;

export const LineView = z.object({
  id: z.string(),
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
  firedAt: Time,
  bumpedAt: z.nullable(Time),
});
export type TicketView = z.infer<typeof TicketView>;

export const OrderView = z.object({
  id: z.string(),
  /** What people call the order: upstream's number, or its id where there is none. */
  number: z.string(),
  status: z.string(),
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
  lines: z.array(LineView),
  tickets: z.array(TicketView),
});
export type OrderView = z.infer<typeof OrderView>;

export const StationView = z.object({ id: z.string(), name: z.string(), retired: z.boolean() });
export type StationView = z.infer<typeof StationView>;

/** Which screen a browser is: decided by its device, never by the browser. */
export const ScreenIdentity = z.object({
  deviceId: z.string(),
  deviceName: z.string(),
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
  /** Messages of the topic that have not ended, and the age in seconds of the oldest that waits; null while that is not known. */
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

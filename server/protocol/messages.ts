// The messages between gateway and screen over Socket.IO, each way under the one event `message`.
//
//   screen                                   gateway
//     | -- connect {auth: Handshake} ----------> |   refused with an error whose message is a ConnectRefusal
//     | <-- welcome ---------------------------- |
//     | -- subscribe {the newest rev I hold} --> |   joins the room and buffers before it reads
//     | <-- pulse ------------------------------ |
//     | <-- snapshot, or delta from that rev --- |
//     | <-- delta ... , pulse once a second ---- |
//     | -- command, with an acknowledgement ---> |   answers a CommandResult
//     | -- find, with an acknowledgement ------> |   answers a FindResult
//     | -- shown (tickets that were drawn) ----> |   tickets unconfirmed at their station for 10 s are sent again
//     | <-- redelivery ------------------------- |
//
// A delta applies where its fromRev is not above the rev held, since it carries whole orders; a fromRev above it is a
// gap: subscribe again.
import * as z from 'zod/mini';
import { Command, type CommandResult } from './commands.ts';
import { DishesMessage, type DishesResult } from './dishes.ts';
import { FindMessage, type FindResult } from './find.ts';
import { BoardFacts, Health, OrderView, ScreenIdentity, StaffHere } from './views.ts';

// v1: 2026-11-24, release 0.1.0
//   - Server: welcome, pulse, snapshot, delta, revoked. Screen: subscribe, and command with a client-made UUID.
//   - Commands: start, bump, recall, serve, unserve, acknowledge.
// v2: 2026-11-25, release 0.1.0
//   - Snapshots and deltas carry `facts` (stations, courses, sold-out dishes) instead of `stations`.
//   - Adds held lines and held tickets, and to orders `rush`, `hold`, `delayNote` and `guestToken`.
//   - Adds the commands fire, hold, rush, transfer, note-delay, retry-parked and sold-out.
//   - Refusals and conflicts carry `why`, a code for words in the reader's language.
//   - Adds `shown` (the tickets that were drawn), `redelivery`, and `unconfirmed` in the pulse.
//   - Adds `find`.
// v2, later the same day (an older screen reads on, so no new version)
//   - Adds the `staff` message, `build` in the welcome, and `seen` in bump and acknowledge.
//   - The first pulse comes before the board.
// v3: 2026-11-30
//   - Modifiers have `kind` null, `quantity` and `modifiers` of their own.
//   - Adds to lines `unit`, `allergies`, `movedFrom`, `unread` and `partOf`; to orders `allergies`, `customerName`, `channel`,
//     `staffName` and `pickupCode`; to tickets `allergySeen` and held for `due`.
//   - Adds to stations `lead`, `start` and `screen`; to facts `lead` and `allergySeen`; to sold-out dishes `until` and `left`.
//   - Adds `ticketId` to the commands fire and hold, and the notices `due`, `reused`, `came`, `went`, `taken-off` and `made-before`.
//   - Adds the command unstart.
//   - Adds the command see-allergy, the notice `allergies`, and `allergySeen` to orders; to found orders `allergies`.
//   - Adds the message `dishes`, and `until` and `left` to the command sold-out. A dish with `left` above 0 is not sold
//     out.
//   - A changed line's flag says the former `unit`, `allergens` and `allergies`, too.
// v3, later (an older screen reads on, so no new version)
//   - Adds `readings` to orders: the server reads their texts, and screens have no list of words. A board that was stored
//     without them is not shown.
//   - Adds `revAt` to snapshot, delta, redelivery and subscribe, and `readingAgain` to the health.

/**
 * Grows when an older screen could misread a newer server's messages. Such a screen reloads itself at a quiet moment.
 */
export const PROTOCOL_VERSION = 3;

export const Handshake = z.object({ protocolVersion: z.number(), deviceId: z.string() });
export type Handshake = z.infer<typeof Handshake>;

export const ConnectRefusal = z.enum(['not-paired', 'revoked', 'unavailable', 'forbidden-origin']);
export type ConnectRefusal = z.infer<typeof ConnectRefusal>;

/** `build`: of the pages that the server serves now; a page of another one loads itself anew at a quiet moment. */
const Welcome = z.object({
  type: z.literal('welcome'),
  protocolVersion: z.number(),
  build: z.optional(z.string()),
  serverTime: z.string(),
  screen: ScreenIdentity,
});
/**
 * When the rev was written. A database that lost its tail gives the same revs to other changes: a screen whose rev has
 * another time is given the whole board. Null, or missing in messages of an older program: not known.
 */
const RevAt = z.optional(z.nullable(z.string()));

export const Snapshot = z.object({
  type: z.literal('snapshot'),
  rev: z.number(),
  revAt: RevAt,
  serverTime: z.string(),
  facts: BoardFacts,
  orders: z.array(OrderView),
});
export type Snapshot = z.infer<typeof Snapshot>;

/**
 * `orders` replace those held under the same ids, `gone` leave this screen, and `facts`, if set, replace those held.
 */
export const Delta = z.object({
  type: z.literal('delta'),
  fromRev: z.number(),
  rev: z.number(),
  revAt: RevAt,
  serverTime: z.string(),
  orders: z.array(OrderView),
  gone: z.array(z.string()),
  facts: z.optional(BoardFacts),
});
export type Delta = z.infer<typeof Delta>;

/**
 * Orders as they are at `rev`, which were sent to this screen before and not confirmed. A screen at another rev ignores
 * it.
 */
export const Redelivery = z.object({
  type: z.literal('redelivery'),
  rev: z.number(),
  revAt: RevAt,
  serverTime: z.string(),
  orders: z.array(OrderView),
});
export type Redelivery = z.infer<typeof Redelivery>;

/**
 * Open tickets that no screen of their station has confirmed for 10 s, oldest first; `tickets` holds the first 50 of
 * `count`.
 */
export const Unconfirmed = z.object({
  count: z.number(),
  tickets: z.array(
    z.object({
      ticketId: z.string(),
      orderId: z.string(),
      number: z.string(),
      stationId: z.string(),
      since: z.string(),
    }),
  ),
});
export type Unconfirmed = z.infer<typeof Unconfirmed>;

/**
 * Says once a second that the server read the database at `serverTime`, and that `rev` was the newest there.
 * `unconfirmed` is for the expo and managers; without it the last one stands.
 */
export const Pulse = z.object({
  type: z.literal('pulse'),
  rev: z.number(),
  serverTime: z.string(),
  health: Health,
  unconfirmed: z.optional(Unconfirmed),
});
export type Pulse = z.infer<typeof Pulse>;

/** The device was revoked: the screen must show nothing more. */
const Revoked = z.object({ type: z.literal('revoked') });

/** The person at this device, signed in by PIN. Sent when that changes. */
const StaffMessage = z.object({ type: z.literal('staff'), here: StaffHere });

export const ServerMessage = z.discriminatedUnion('type', [
  Welcome,
  Snapshot,
  Delta,
  Redelivery,
  Pulse,
  Revoked,
  StaffMessage,
]);
export type ServerMessage = z.infer<typeof ServerMessage>;

const Subscribe = z.object({ type: z.literal('subscribe'), rev: z.nullable(z.number()), revAt: RevAt });
const CommandMessage = z.object({ type: z.literal('command'), command: Command });
/**
 * The tickets that this page has drawn, as of `rev`. Sent in batches, twice a second at most, each ticket once for each
 * `firedAt`.
 */
export const Shown = z.object({
  type: z.literal('shown'),
  rev: z.number(),
  ticketIds: z.array(z.uuid()).check(z.maxLength(500)),
});
export const ClientMessage = z.discriminatedUnion('type', [
  Subscribe,
  CommandMessage,
  FindMessage,
  DishesMessage,
  Shown,
]);
export type ClientMessage = z.infer<typeof ClientMessage>;

/** The server's answer to a command, a find, or the question for dishes. */
export type Answer = CommandResult | FindResult | DishesResult;

/** The events of Socket.IO, for both ends. The receiver parses every message, so its listener takes it as unknown. */
export interface ServerToClientEvents {
  message: (message: ServerMessage) => void;
}
export interface ClientToServerEvents {
  /** @param answer the acknowledgement; a screen asks for it with a command, a find and `dishes` only */
  message: (message: ClientMessage, answer?: (answer: Answer) => void) => void;
}

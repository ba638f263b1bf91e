// What passes between gateway and screen over Socket.IO, each way under the one event `message`.
//
//   screen                                   gateway
//     | -- connect {auth: Handshake} ----------> |   refused with an error whose message is a ConnectRefusal
//     | <-- welcome ---------------------------- |
//     | -- subscribe {rev: the newest I hold} -> |   joins the room and buffers before it reads
//     | <-- snapshot, or delta from that rev --- |
//     | <-- delta ... , pulse once a second ---- |
//     | -- command, with an acknowledgement ---> |   answers a CommandResult
//
// A delta applies where its fromRev is not above the rev held, since it carries whole orders; a fromRev above it is a gap: subscribe again.
import { z } from 'zod/mini';
import { Command } from './commands.ts';
import { Health, OrderView, ScreenIdentity, StationView } from './views.ts';

/** Grows when an older screen could misread what a newer server sends: such a screen reloads itself at a quiet moment. */
export const PROTOCOL_VERSION = 1;

export const Handshake = z.object({ protocolVersion: z.number(), deviceId: z.string() });
export type Handshake = z.infer<typeof Handshake>;

export const ConnectRefusal = z.enum(['not-paired', 'revoked', 'unavailable', 'forbidden-origin']);
export type ConnectRefusal = z.infer<typeof ConnectRefusal>;

export const Welcome = z.object({ type: z.literal('welcome'), protocolVersion: z.number(), serverTime: z.string(), screen: ScreenIdentity });
export const Snapshot = z.object({
  type: z.literal('snapshot'),
  rev: z.number(),
  serverTime: z.string(),
  stations: z.array(StationView),
  orders: z.array(OrderView),
});
export type Snapshot = z.infer<typeof Snapshot>;

/** `orders` replace what is held under their ids; `gone` leave this screen. */
export const Delta = z.object({
  type: z.literal('delta'),
  fromRev: z.number(),
  rev: z.number(),
  serverTime: z.string(),
  orders: z.array(OrderView),
  gone: z.array(z.string()),
});
export type Delta = z.infer<typeof Delta>;

/** The server's word, once a second, that it read the database at `serverTime` and that `rev` was the newest there. */
export const Pulse = z.object({ type: z.literal('pulse'), rev: z.number(), serverTime: z.string(), health: Health });
export type Pulse = z.infer<typeof Pulse>;

/** The device was revoked: the screen must show nothing more. */
export const Revoked = z.object({ type: z.literal('revoked') });

export const ServerMessage = z.discriminatedUnion('type', [Welcome, Snapshot, Delta, Pulse, Revoked]);
export type ServerMessage = z.infer<typeof ServerMessage>;

export const Subscribe = z.object({ type: z.literal('subscribe'), rev: z.nullable(z.number()) });
export const CommandMessage = z.object({ type: z.literal('command'), command: Command });
export const ClientMessage = z.discriminatedUnion('type', [Subscribe, CommandMessage]);
export type ClientMessage = z.infer<typeof ClientMessage>;

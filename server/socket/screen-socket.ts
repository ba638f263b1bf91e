// The socket of one screen: its events, and the data that the gateway keeps with it.
import type { LimitFunction } from 'p-limit';
import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { Watched } from '../auth/sessions.ts';
import type { ClientToServerEvents, ServerMessage, ServerToClientEvents } from '../protocol/messages.ts';
import type { ScreenIdentity } from '../protocol/views.ts';
import type { Audience } from './audience.ts';
import type { SocketLimits } from './limits.ts';

interface SocketData {
  screen: ScreenIdentity;
  audience: Audience;
  /** For the topic to be read again: its board is of another history than the database's. */
  waits: boolean;
  /** Its last request for a board, until it is answered and after. */
  subscribing: Promise<void> | undefined;
  limits: SocketLimits;
  /** The person's session that it ends with, where it is their own screen. */
  watched: Watched | null;
  /** The person on the device that it was last told of. */
  present: string | undefined;
  /** Runs a few at a time: the commands of one screen hold up no other screen. */
  commands: LimitFunction;
}

export type ScreenServer = Server<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;
export type ScreenSocket = Socket<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;

export const send = (socket: ScreenSocket, message: ServerMessage) => socket.emit('message', message);

/** The screen may show nothing any more: its device was revoked, or its person is signed out. */
export function revoke(socket: ScreenSocket): void {
  send(socket, { type: 'revoked' });
  socket.disconnect(true);
}

// The way of a screen to its socket. A browser without the cookie of a screen or of a person here gets no socket at
// all. A socket may then name its screen once: Socket.IO by itself takes one CONNECT after another until one is
// accepted, and each would be a question to the database and a refusal kept in memory.
import type { IncomingMessage } from 'node:http';
import pLimit from 'p-limit';
import { isOurOrigin } from '../auth/origins.ts';
import type { Access, ScreenAccess } from '../auth/screen-access.ts';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { Handshake, type ConnectRefusal } from '../protocol/messages.ts';
import { Newcomers } from './newcomers.ts';
import type { ScreenSocket } from './screen-socket.ts';

type Session = ScreenSocket['conn'];

export interface SocketAdmissionDeps {
  access: Pick<ScreenAccess, 'authenticate' | 'knows'>;
  log: Logger;
  publicUrl: string;
  addressOf: (request: IncomingMessage) => string;
}

/** Questions to the database at once: the orders have the same ten connections. */
const ASKED_AT_ONCE = 3;
/** All screens of a chain may come back within a second. More than that wait at the screen, which tries again. */
const MOST_WAITING = 500;

/** The refusal of a request that is answered without opening a socket: a ConnectRefusal, or no word for screens. */
type DoorRefusal = ConnectRefusal | 'no-script';

export class SocketAdmission {
  readonly #newcomers: Newcomers;
  readonly #asked = pLimit(ASKED_AT_ONCE);
  /** Sessions that have named their screen. */
  readonly #named = new WeakSet<Session>();

  constructor(private readonly deps: SocketAdmissionDeps) {
    this.#newcomers = new Newcomers(deps.addressOf);
  }

  /** @returns the reason why no socket is opened for this request; undefined where one may be, if there is room */
  async refusalOf(request: IncomingMessage): Promise<DoorRefusal | undefined> {
    // JSONP: a page of another site could read it by a script tag, which sends our cookies and no Origin.
    if (new URL(request.url ?? '/', 'http://localhost').searchParams.has('j')) return 'no-script';
    const known = await this.#ask(() => this.deps.access.knows(request.headers.cookie));
    return known === 'known' ? undefined : known;
  }

  /** To be asked in the turn in which the socket opens. @param room for sessions of any address */
  hasRoom(request: IncomingMessage, room: number): boolean {
    return this.#newcomers.mayOpen(request, room);
  }

  /** Counts the session until it is admitted or closed, and ends it at its second packet before that. */
  opened(session: Session): void {
    this.#newcomers.opened(session);
    let packets = 0;
    const count = () => {
      packets += 1;
      if (packets > 1) session.close(true);
    };
    session.prependListener('data', count);
    this.#uncount.set(session, () => session.off('data', count));
  }

  readonly #uncount = new WeakMap<Session, () => void>();

  /** @returns the screen, or the reason why it is refused; its session ends with that */
  async admit(socket: ScreenSocket): Promise<Access | ConnectRefusal> {
    const session = socket.conn;
    // Packets of one payload are read before the first of them is answered.
    if (this.#named.has(session)) return 'unavailable';
    this.#named.add(session);
    const access = this.#originRefusal(socket) ?? (await this.#identify(socket));
    if (typeof access === 'string') this.#endAfterRefusal(session);
    else {
      this.#uncount.get(session)?.();
      this.#newcomers.admitted(session);
    }
    return access;
  }

  #originRefusal({ handshake: { headers } }: ScreenSocket): ConnectRefusal | undefined {
    const fetchSite = headers['sec-fetch-site'];
    // A browser's WebSocket always tells its Origin; a poll of our own page may not.
    if (headers.origin === undefined)
      return fetchSite !== undefined && fetchSite !== 'same-origin' ? 'forbidden-origin' : undefined;
    const ours = isOurOrigin(headers.origin, headers.host, this.deps.publicUrl) && fetchSite !== 'cross-site';
    return ours ? undefined : 'forbidden-origin';
  }

  async #identify({ handshake: { headers, auth } }: ScreenSocket): Promise<Access | ConnectRefusal> {
    const handshake = Handshake.safeParse(auth);
    if (!handshake.success) return 'not-paired';
    const access = await this.#ask(() => this.deps.access.authenticate(headers.cookie, handshake.data.deviceId));
    return access ?? 'not-paired';
  }

  async #ask<T>(question: () => T | Promise<T>): Promise<T | 'unavailable'> {
    if (this.#asked.pendingCount >= MOST_WAITING) return 'unavailable';
    try {
      return await this.#asked(question);
    } catch (error) {
      this.deps.log.warn({ error: messageOf(error) }, 'a screen could not be recognised');
      return 'unavailable';
    }
  }

  /** Socket.IO leaves the session open after a refusal, which it writes in a later turn. */
  #endAfterRefusal(session: Session): void {
    setTimeout(() => session.close(), 100).unref();
  }
}

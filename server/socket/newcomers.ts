// Sessions that have not been admitted yet, counted by address: a stranger can open sessions by polling without end,
// and each of them is kept for up to 18 s. One address must not use up the places of all screens.
import type { IncomingMessage } from 'node:http';
import type { ScreenSocket } from './screen-socket.ts';

type Session = Pick<ScreenSocket['conn'], 'request' | 'once'>;

/** All screens of a house may come back at once from one address; each is admitted within moments. */
export const MOST_NEWCOMERS = 200;
const RESERVED_MS = 1000;

export class Newcomers {
  readonly #addresses = new Map<Session, string>();
  readonly #counts = new Map<string, number>();
  /** Requests whose session is not open yet. */
  readonly #reserved = new Map<IncomingMessage, () => void>();
  #opening = 0;

  constructor(private readonly addressOf: (request: IncomingMessage) => string) {}

  /**
   * Requests that one client sends in a single packet are all asked about before the first of their sessions is open,
   * so a session counts from here on. @param room for sessions of any address
   */
  mayOpen(request: IncomingMessage, room: number): boolean {
    const address = this.addressOf(request);
    if (this.#opening >= room || (this.#counts.get(address) ?? 0) >= MOST_NEWCOMERS) return false;
    this.#opening += 1;
    this.#count(address, 1);
    let counted = true;
    const release = () => {
      if (!counted) return;
      counted = false;
      clearTimeout(timer);
      this.#reserved.delete(request);
      this.#opening -= 1;
      this.#count(address, -1);
    };
    // Engine.IO opens no session for a request that is wrong in another way.
    const timer = setTimeout(release, RESERVED_MS).unref();
    this.#reserved.set(request, release);
    return true;
  }

  /** Counts the session until it is admitted or closed. */
  opened(session: Session): void {
    this.#reserved.get(session.request)?.();
    const address = this.addressOf(session.request);
    this.#addresses.set(session, address);
    this.#count(address, 1);
    session.once('close', () => this.admitted(session));
  }

  admitted(session: Session): void {
    const address = this.#addresses.get(session);
    if (address !== undefined && this.#addresses.delete(session)) this.#count(address, -1);
  }

  #count(address: string, delta: number): void {
    const count = (this.#counts.get(address) ?? 0) + delta;
    if (count > 0) this.#counts.set(address, count);
    else this.#counts.delete(address);
  }
}

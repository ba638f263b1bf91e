// How far the board may be trusted: whether the server has confirmed it lately, and whether the server itself has doubts.
// The states and causes are those of connection-machine.ts; the times that lead to them are measured here.
import type { BoardState } from '../board/board-state.ts';
import {
  causeOf,
  connectionOf,
  doubtOf,
  rightAsOf,
  step,
  type ConnectionEvent,
  type ConnectionState,
} from '../connection/connection-machine.ts';
import type { BoardView } from './board-view.ts';

const STALE_MS = 2500;
/** The server sends missing changes at once; a board that lags for longer has lost one. */
const BEHIND_MS = 1500;

export class Trust {
  #connection: ConnectionState = 'connecting';
  /** The reason of the server's last refusal. */
  #refusal: string | null = null;
  /** The server's time of the last confirmation while all was well. */
  #liveUntil: number | null = null;
  // Monotonic times; null while the condition does not hold.
  #confirmedAt: number | null = null;
  #divergedAt: number | null = null;

  /** Silence counts from now on. */
  start(): void {
    this.#confirmedAt = performance.now();
  }

  /** @returns whether the state has changed */
  apply(event: ConnectionEvent): boolean {
    if (event === 'opened') this.#refusal = null;
    if (event === 'dropped') this.#divergedAt = null;
    const before = this.#connection;
    this.#connection = step(before, event);
    return this.#connection !== before;
  }

  refused(reason: string): void {
    this.#refusal = reason;
  }

  /** Another identity is here: the last good moment was that of another board. */
  forget(): void {
    this.#liveUntil = null;
  }

  /**
   * To be called after each message.
   * @param confirmed whether the message confirmed the board
   * @returns the event that the message is, if any
   */
  judge({ rev, headRev, health }: BoardState, confirmed: boolean): ConnectionEvent | null {
    const diverged = headRev !== null && headRev !== rev;
    this.#divergedAt = diverged ? (this.#divergedAt ?? performance.now()) : null;
    if (confirmed) this.#confirmedAt = performance.now();
    if (doubtOf(health)) return 'doubted';
    return confirmed && health ? 'confirmed' : null;
  }

  isSilent(now: number): boolean {
    return this.#confirmedAt !== null && now - this.#confirmedAt > STALE_MS;
  }

  /** @returns whether the board has lagged behind the server for too long; the time then starts again */
  isBehind(now: number): boolean {
    if (this.#divergedAt === null || now - this.#divergedAt <= BEHIND_MS) return false;
    this.#divergedAt = now;
    return true;
  }

  /**
   * The part of the view that tells how far to trust the rest.
   * @param restored the stored board, where it is shown in place of the server's: it is never live, and has its own age
   */
  view(
    { health, confirmedAt }: BoardState,
    restored: { readonly rightAsOf: number } | null,
  ): Pick<BoardView, 'connection' | 'cause' | 'rightAsOf'> {
    if (this.#connection === 'live') this.#liveUntil = confirmedAt;
    const cause = causeOf(this.#connection, health, navigator.onLine, this.#refusal);
    const connection = connectionOf(this.#connection);
    if (restored)
      return { connection: connection === 'live' ? 'stale' : connection, cause, rightAsOf: restored.rightAsOf };
    return { connection, cause, rightAsOf: rightAsOf(cause, confirmedAt, this.#liveUntil) };
  }
}

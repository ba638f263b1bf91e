// The one classifier of database errors. A settlement retries for as long as the database is away and parks an order
// that is refused; an HTTP request answers 503 while the database is away.
import { messageOf } from '../errors.ts';

/**
 * - `away`: the database did not answer, or asks to try again. The same statement may work in some seconds.
 * - `refused`: the database refused this data or this statement. The same statement will fail again.
 * - `unknown`: neither is certain.
 */
export type DatabaseFault = 'away' | 'refused' | 'unknown';

/**
 * Prisma's codes for: authentication failed, not reachable, timed out, TLS failed, connection closed, no connection
 * free, transaction lost, write conflict or deadlock, too many connections.
 */
const AWAY_CODES = new Set(['P1000', 'P1001', 'P1002', 'P1008', 'P1011', 'P1017', 'P2024', 'P2028', 'P2034', 'P2037']);

/** The pg adapter's kinds of error that come without a SQLSTATE, since the server never answered. */
const AWAY_KINDS = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TlsConnectionError']);

/**
 * SQLSTATEs of a database that is away: connection lost (08), authentication failed (28), rolled back for another
 * transaction (40), out of resources (53), shut down or cancelled (57), a session ended inside its transaction (25P03,
 * 25P04), a lock not given in time (55P03).
 */
const AWAY_STATES = /^(?:08|28|40|53|57|25P0[34]|55P03)/;

/** SQLSTATE classes that blame neither side: transaction state (25), object in use (55), system error (58). */
const UNCLEAR_STATES = /^(?:25|55|58)/;

/** Errors of pg and of the socket that carry no code, or only the operating system's. */
const AWAY_WORDS =
  /ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|connection terminated|read timeout|timeout exceeded|connection timeout|not queryable/i;

const PRISMA_CODE = /^P[1-9]\d{3}$/;
const SQLSTATE = /^(?:\d[0-9A-Z]|F0|HV|P0|XX)[0-9A-Z]{3}$/;

/** How deep Prisma and its adapter wrap an error of the driver, with room to spare. */
const MAX_DEPTH = 5;

/** Looks at the driver's error through Prisma's wrapping. Never throws. */
export function faultOf(error: unknown): DatabaseFault {
  try {
    const { codes, messages } = evidenceIn(error);
    if (codes.some((code) => AWAY_CODES.has(code) || AWAY_KINDS.has(code))) return 'away';
    // A message may quote an order's own text, so words count only where the database gave no SQLSTATE.
    const state = codes.find((code) => SQLSTATE.test(code));
    if (state !== undefined)
      return AWAY_STATES.test(state) ? 'away' : UNCLEAR_STATES.test(state) ? 'unknown' : 'refused';
    // P2010 is any error of a raw statement. All others of P2 are about the data.
    if (codes.some((code) => PRISMA_CODE.test(code) && code.startsWith('P2') && code !== 'P2010')) return 'refused';
    if ([...codes, ...messages].some((words) => AWAY_WORDS.test(words))) return 'away';
    return codes.includes('P2010') ? 'refused' : 'unknown';
  } catch {
    return 'unknown';
  }
}

/** The codes and messages of an error and of the errors that it wraps, the outermost first. */
function evidenceIn(error: unknown, depth = 0): { codes: string[]; messages: string[] } {
  if (typeof error !== 'object' || error === null || depth > MAX_DEPTH) return { codes: [], messages: [] };
  const { code, originalCode, kind, meta, cause } = error as Record<string, unknown>;
  const wrapped = [meta, (meta as Record<string, unknown> | null | undefined)?.['driverAdapterError'], cause].map(
    (one) => evidenceIn(one, depth + 1),
  );
  return {
    codes: [
      ...[code, originalCode, kind].filter((value) => typeof value === 'string'),
      ...wrapped.flatMap(({ codes }) => codes),
    ],
    messages: [...(error instanceof Error ? [messageOf(error)] : []), ...wrapped.flatMap(({ messages }) => messages)],
  };
}

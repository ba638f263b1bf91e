// The one classifier of database errors: is it the database's fault, or that of the data? A settlement waits for a
// database that is away or broken, and parks an order whose data is refused. An HTTP request answers 503 while the
// database is away.
import { messageOf } from '../errors.ts';

/**
 * - `away`: the database did not answer, or asks to try again. The same statement may work in some seconds.
 * - `slow`: the statement or the transaction took too long. A smaller one may work.
 * - `broken`: the database is not as it should be: a missing right, table or column, read only, a sequence that is
 *   behind. Every order meets it, and a person has to mend it.
 * - `data`: the database refused this data. The same data will be refused again.
 * - `unknown`: none of these is certain.
 */
export type DatabaseFault = 'away' | 'slow' | 'broken' | 'data' | 'unknown';

export interface Diagnosis {
  fault: DatabaseFault;
  /** The database's own code; null where it gave none. */
  state: string | null;
  /** The constraint that refused the data; null where it was none. */
  constraint: string | null;
}

/**
 * Prisma's codes for: authentication failed, not reachable, timed out, TLS failed, connection closed, no connection
 * free, write conflict or deadlock, too many connections.
 */
const AWAY_CODES = new Set(['P1000', 'P1001', 'P1002', 'P1008', 'P1011', 'P1017', 'P2024', 'P2034', 'P2037']);
/** Prisma's code for a transaction that took longer than it may, or was lost. */
const SLOW_CODE = 'P2028';
/** Prisma's codes for a table and a column that are not there. */
const BROKEN_CODES = new Set(['P2021', 'P2022']);

/** The pg adapter's kinds of error that come without a SQLSTATE, since the server never answered. */
const AWAY_KINDS = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TlsConnectionError']);

/** SQLSTATE of a statement that was cancelled: by its time-out, or by hand. */
const CANCELED = '57014';
/**
 * SQLSTATEs of a database that is away: connection lost (08), authentication failed (28), rolled back for another
 * transaction (40), out of resources (53), shut down (57), a session ended inside its transaction (25P03, 25P04), a lock
 * not given in time (55P03).
 */
const AWAY_STATES = /^(?:08|28|40|53|57|25P0[34]|55P03)/;
/** SQLSTATE classes that are about the data: wrong values (22), broken constraints (23), beyond a limit (54). */
const DATA_STATES = /^(?:22|23|54)/;

/**
 * Keys that a sequence makes. If one is there already, the sequence is behind: after a failover of a logical replica, or
 * a restore of rows without it.
 */
export const SEQUENCE_KEYS: ReadonlySet<string> = new Set([
  'audit_pkey',
  'order_history_pkey',
  'outbox_pkey',
  'parked_messages_pkey',
  'rejected_messages_pkey',
  'staff_sign_ins_pkey',
  'topic_incarnations_pkey',
]);
const UNIQUE = '23505';

/** Errors of pg and of the socket that carry no code, or only the operating system's. */
const AWAY_WORDS =
  /ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|connection terminated|read timeout|timeout exceeded|connection timeout|not queryable/i;

const PRISMA_CODE = /^P[1-9]\d{3}$/;
const SQLSTATE = /^(?:\d[0-9A-Z]|F0|HV|P0|XX)[0-9A-Z]{3}$/;

/** How deep Prisma and its adapter wrap an error of the driver, with room to spare. */
const MAX_DEPTH = 5;

export const faultOf = (error: unknown): DatabaseFault => diagnose(error).fault;

/** Looks at the driver's error through Prisma's wrapping. Never throws. */
export function diagnose(error: unknown): Diagnosis {
  try {
    const evidence = evidenceIn(error);
    const state = evidence.codes.find((code) => SQLSTATE.test(code)) ?? null;
    const constraint = evidence.constraints[0] ?? null;
    return { state, constraint, fault: faultIn(evidence, state, constraint) };
  } catch {
    return { fault: 'unknown', state: null, constraint: null };
  }
}

function faultIn({ codes, messages }: Evidence, state: string | null, constraint: string | null): DatabaseFault {
  if (codes.some((code) => AWAY_CODES.has(code) || AWAY_KINDS.has(code))) return 'away';
  // A message may quote an order's own text, so words count only where the database gave no SQLSTATE.
  if (state === CANCELED) return 'slow';
  if (state !== null && AWAY_STATES.test(state)) return 'away';
  if (state === UNIQUE && constraint !== null && SEQUENCE_KEYS.has(constraint)) return 'broken';
  if (state !== null) return DATA_STATES.test(state) ? 'data' : 'broken';
  if (codes.includes(SLOW_CODE)) return 'slow';
  if (codes.some((code) => BROKEN_CODES.has(code))) return 'broken';
  // P2010 is any error of a raw statement. All others of P2 are about the data.
  if (codes.some((code) => PRISMA_CODE.test(code) && code.startsWith('P2') && code !== 'P2010')) return 'data';
  return [...codes, ...messages].some((words) => AWAY_WORDS.test(words)) ? 'away' : 'unknown';
}

interface Evidence {
  codes: string[];
  messages: string[];
  constraints: string[];
}

/** The codes, messages and constraints of an error and of the errors that it wraps, the outermost first. */
function evidenceIn(error: unknown, depth = 0): Evidence {
  if (typeof error !== 'object' || error === null || depth > MAX_DEPTH)
    return { codes: [], messages: [], constraints: [] };
  const { code, originalCode, kind, meta, cause, constraint } = error as Record<string, unknown>;
  const index = (constraint as Record<string, unknown> | null | undefined)?.['index'];
  const wrapped = [meta, (meta as Record<string, unknown> | null | undefined)?.['driverAdapterError'], cause].map(
    (one) => evidenceIn(one, depth + 1),
  );
  const texts = (values: unknown[]) => values.filter((value) => typeof value === 'string');
  return {
    codes: [...texts([code, originalCode, kind]), ...wrapped.flatMap(({ codes }) => codes)],
    messages: [...(error instanceof Error ? [messageOf(error)] : []), ...wrapped.flatMap(({ messages }) => messages)],
    constraints: [...texts([constraint, index]), ...wrapped.flatMap(({ constraints }) => constraints)],
  };
}

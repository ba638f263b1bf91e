// Errors of the HTTP interface as RFC 9457 problem details: what is wrong, and how to put it right.
import { STATUS_CODES } from 'node:http';
import { messageOf } from '../errors.ts';

export type ProblemStatus = 400 | 401 | 403 | 404 | 405 | 409 | 410 | 413 | 415 | 429 | 500 | 503;

/** Thrown by a handler, answered as problem details. `members` are added to the document, `headers` to the answer. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly status: ProblemStatus,
    readonly detail: string,
    readonly members: Record<string, unknown> = {},
    readonly headers: Record<string, string> = {},
  ) {
    super(detail);
  }

  toResponse(): Response {
    const body = {
      type: 'about:blank',
      title: STATUS_CODES[this.status],
      status: this.status,
      detail: this.detail,
      ...this.members,
    };
    return new Response(JSON.stringify(body), {
      status: this.status,
      headers: { 'content-type': 'application/problem+json', ...this.headers },
    });
  }
}

export const databaseAway = () =>
  new Problem(
    503,
    'The database does not answer now. Nothing was changed that you were not told of: try again in some seconds.',
    {},
    { 'retry-after': '2' },
  );

/**
 * Prisma's own codes for: cannot reach, timed out, closed, no connection from the pool, transaction could not go on, or
 * was in another's way.
 */
const AWAY_CODES = new Set(['P1000', 'P1001', 'P1002', 'P1008', 'P1011', 'P1017', 'P2024', 'P2028', 'P2034']);
/**
 * SQLSTATE classes: connection lost, rolled back for another, out of resources, shutting down or cancelled; a session
 * ended in its transaction.
 */
const AWAY_STATES = /^(08|40|53|57)|^25P0[34]$|^55P03$/;
const AWAY_WORDS =
  /ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|DatabaseNotReachable|ConnectionClosed|SocketTimeout|connection terminated|read timeout|timeout exceeded|connection timeout|not queryable/i;

/**
 * Did the database fail to answer, as opposed to refusing what it was asked? Looks at a driver's error through Prisma's
 * wrapping. Never throws.
 */
function isDatabaseAway(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 4) return false;
  const { code, originalCode, cause, meta, kind } = error as Record<string, unknown>;
  const codes = [code, originalCode, kind].filter((value) => typeof value === 'string');
  if (
    codes.some(
      (value) =>
        AWAY_CODES.has(value) || (/^[0-9A-Z]{5}$/.test(value) && AWAY_STATES.test(value)) || AWAY_WORDS.test(value),
    )
  )
    return true;
  if (error instanceof Error && AWAY_WORDS.test(messageOf(error))) return true;
  const driverError =
    typeof meta === 'object' && meta !== null ? (meta as Record<string, unknown>)['driverAdapterError'] : undefined;
  return isDatabaseAway(cause, depth + 1) || isDatabaseAway(driverError, depth + 1);
}

/** The problem to answer for anything thrown; undefined where it is a fault of ours, to be logged and answered 500. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  return isDatabaseAway(error) ? databaseAway() : undefined;
}

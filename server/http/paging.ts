// Lists in pages: a limit, and an opaque cursor that is the last id of the page before. Oldest first, so that a list
// stays still while rows are added at its end.
import type { Context } from 'hono';
import { Problem } from './problems.ts';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;

/** @throws Problem 400 where `limit` is not from 1 to 100 or the cursor is not one of ours */
export function readPage(c: Context): { limit: number; after: bigint } {
  return { limit: readLimit(c), after: readCursor(c.req.query('cursor')) };
}

/** @throws Problem 400 where it is not from 1 to 100 */
export function readLimit(c: Context): number {
  const asked = c.req.query('limit');
  const limit = asked === undefined || asked === '' ? DEFAULT_LIMIT : /^\d{1,4}$/.test(asked) ? Number(asked) : 0;
  if (limit < 1 || limit > MAX_LIMIT) throw new Problem(400, `limit: must be a whole number from 1 to ${MAX_LIMIT}`);
  return limit;
}

export const cursorAt = (id: bigint): string => Buffer.from(`after:${id}`).toString('base64url');

function readCursor(cursor: string | undefined): bigint {
  if (cursor === undefined || cursor === '') return 0n;
  const id = /^after:(\d{1,18})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  if (id === undefined) throw new Problem(400, 'cursor: must be a nextCursor that this list answered before');
  return BigInt(id);
}

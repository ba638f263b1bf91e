// The handlers' shared kit: reading a JSON body and query values, with refusals that name the fault; and routes that
// know their methods.
import type { Context, Handler, Hono } from 'hono';
import { z } from 'zod';
import { Problem } from './problems.ts';

/** The operator's name in the audit: there is one token, so there is one name. */
export const OPERATOR = 'operator';

/** Text for people: kept in the database, put into headers, mails and paths. */
export const label = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(max, `must have at most ${max} characters`)
    .refine((value) => !/[\p{Cc}\p{Cs}]/u.test(value), 'must not have control characters');

/** An id from upstream, kept as it is, blanks included. */
export const upstreamId = z
  .string()
  .min(1, 'must not be empty')
  .max(64, 'must have at most 64 characters')
  .refine((value) => !hasNoRow(value), 'must not have NUL or half characters');

/** No row can have such text: the database refuses it, and the question would look like a fault of ours. */
export const hasNoRow = (text: string): boolean => /[\0\p{Cs}]/u.test(text);

/** The limit of a request's body. */
const MAX_BODY_BYTES = 64 * 1024;

/** Read piece by piece, since a body need not say its length. @throws Problem 413 */
async function readText(c: Context): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (c.req.raw.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Problem(413, `The body has more than ${MAX_BODY_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** @throws Problem 400 that names each wrong field */
export async function readJson<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  const text = await readText(c);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Problem(400, text.trim() ? 'The body is not JSON.' : 'The body is empty: send a JSON object.');
  }
  return check(schema, body, 'the body');
}

/** @param whole the name of the value itself in an error @throws Problem 400 that names each wrong field */
export function check<T>(schema: z.ZodType<T>, value: unknown, whole: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues
    .slice(0, 20)
    .map((issue) => ({ field: z.core.toDotPath(issue.path) || whole, message: issue.message }));
  throw new Problem(400, errors.map(({ field, message }) => `${field}: ${message}`).join('; '), { errors });
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Adds a route; other methods are answered 405 with the allowed ones. */
export function addRoute(app: Hono, path: string, handlers: Partial<Record<Method, Handler>>): void {
  for (const [method, handler] of Object.entries(handlers)) app.on(method, path, handler);
  const allow = Object.keys(handlers)
    .flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
    .join(', ');
  app.all(path, (c) => {
    throw new Problem(405, `${c.req.method} is not possible here; possible: ${allow}.`, {}, { allow });
  });
}

// Calls by a signed-in person.
import type { Schema } from '../../server/protocol/schema.ts';
import { call, CallError, type Method } from '../http/call.ts';

let whenOver: () => void = () => {};
/** Sets the reaction to the end of the session. @returns a function that removes it */
export function onSignedOut(act: () => void): () => void {
  whenOver = act;
  return () => {
    whenOver = () => {};
  };
}

/**
 * {@link call}, below /manage/api.
 * @throws CallError; a 401 has turned the page into "signed out" before
 */
export async function manage<T>(schema: Schema<T>, method: Method, path: string, body?: unknown): Promise<T>;
export async function manage(schema: null, method: Method, path: string, body?: unknown): Promise<void>;
export async function manage<T>(
  schema: Schema<T> | null,
  method: Method,
  path: string,
  body?: unknown,
): Promise<T | void> {
  try {
    const [at, options] = [`/manage/api${path}`, { body }];
    return schema === null ? await call(null, method, at, options) : await call(schema, method, at, options);
  } catch (error) {
    if (error instanceof CallError && error.status === 401) whenOver();
    throw error;
  }
}

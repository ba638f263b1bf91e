// Calls of somebody who is signed in.
import type { Schema } from '../../server/protocol/schema.ts';
import { call, CallError, type Method } from '../http/call.ts';

let whenOver: () => void = () => {};
/** Sets the reaction to the server's word that nobody is signed in any more. @returns a function that ends this */
export function onSignedOut(act: () => void): () => void {
  whenOver = act;
  return () => {
    whenOver = () => {};
  };
}

/**
 * {@link call}, below /manage/api.
 * @throws CallError, after 401 having turned the page into "signed out"
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

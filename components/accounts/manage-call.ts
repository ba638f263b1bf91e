// Calls of the server by a page: JSON both ways, and errors that say what is wrong.

export interface FieldError {
  field: string;
  message: string;
  code?: string;
}

/** What the server answered instead of success. `status` 0: it was not reached. */
export class ManageError extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly errors: readonly FieldError[] = [],
    readonly retryAfterSeconds = 0,
  ) {
    super(detail);
  }
}

let whenOver: () => void = () => {};
/** What is to happen when the server says that nobody is signed in any more. @returns a function that ends this */
export function onSignedOut(act: () => void): () => void {
  whenOver = act;
  return () => {
    whenOver = () => {};
  };
}

const PATIENCE_MS = 15_000;

/** @throws ManageError */
export async function call<T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      signal: AbortSignal.timeout(PATIENCE_MS),
      cache: 'no-store',
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  } catch {
    throw new ManageError(0, '');
  }
  const json: unknown = response.headers.get('content-type')?.includes('json')
    ? await response.json().catch(() => null)
    : null;
  if (response.ok) return json as T;
  const {
    detail = '',
    errors = [],
    retryAfterSeconds = 0,
  } = (json ?? {}) as { detail?: string; errors?: FieldError[]; retryAfterSeconds?: number };
  throw new ManageError(response.status, detail, errors, retryAfterSeconds);
}

/** A call of somebody who is signed in. @throws ManageError, after 401 having turned the page into "signed out" */
export async function manage<T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
  try {
    return await call<T>(method, `/manage/api${path}`, body);
  } catch (error) {
    if (error instanceof ManageError && error.status === 401) whenOver();
    throw error;
  }
}

export const asManageError = (error: unknown): ManageError =>
  error instanceof ManageError ? error : new ManageError(0, '');

// The one way in which a page calls the server over HTTP: JSON both ways, and every answer is parsed with its schema of
// server/protocol. Fields that the schema does not name are dropped, so a newer server does not break an older page.
import type { Schema } from '../../server/protocol/schema.ts';
import { ProblemDocument, type FieldError } from '../../server/protocol/problem.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/**
 * A call that brought no answer. `status` is the server's; 0 means that the server was not reached, or that its answer
 * cannot be read. Both are worth another try, and pages say so.
 */
export class CallError extends Error {
  override readonly name = 'CallError';
  constructor(
    readonly status: number,
    readonly detail = '',
    readonly errors: readonly FieldError[] = [],
    readonly retryAfterSeconds = 0,
  ) {
    super(detail);
  }
}

export const asCallError = (error: unknown): CallError => (error instanceof CallError ? error : new CallError(0));

interface CallOptions {
  body?: unknown;
  /** Ends the call. */
  signal?: AbortSignal;
  /** A longer wait counts as a server that was not reached: a network may be gone without a word. */
  patienceMs?: number;
}

const PATIENCE_MS = 15_000;

/**
 * @param schema of the answer; null: the answer is not read
 * @throws CallError
 */
export async function call<T>(schema: Schema<T>, method: Method, path: string, options?: CallOptions): Promise<T>;
export async function call(schema: null, method: Method, path: string, options?: CallOptions): Promise<void>;
export async function call<T>(
  schema: Schema<T> | null,
  method: Method,
  path: string,
  { body, signal, patienceMs = PATIENCE_MS }: CallOptions = {},
): Promise<T | void> {
  const patience = AbortSignal.timeout(patienceMs);
  const ended = signal ? either(signal, patience) : null;
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, {
      method,
      signal: ended?.signal ?? patience,
      cache: 'no-store',
      headers: { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    text = schema === null && response.ok ? '' : await response.text();
  } catch {
    throw new CallError(0);
  } finally {
    ended?.leave();
  }
  const { status, ok } = response;
  const name = `${method} ${path.split('?', 1)[0]}`;
  if (!ok) {
    const problem = response.headers.get('content-type')?.includes('json')
      ? read(ProblemDocument, text, `${name}, problem ${status}`)
      : null;
    throw new CallError(status, problem?.detail, problem?.errors, problem?.retryAfterSeconds);
  }
  if (schema === null) return undefined;
  const answer = read(schema, text, name);
  if (answer === null) throw new CallError(0);
  return answer;
}

/** As `AbortSignal.any`, which Chrome has since 116 and Safari since 17.4: later than the rest of what pages need. */
function either(...signals: readonly AbortSignal[]): { signal: AbortSignal; leave: () => void } {
  const both = new AbortController();
  const end = () => both.abort();
  for (const signal of signals) {
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  }
  return {
    signal: both.signal,
    leave: () => {
      for (const signal of signals) signal.removeEventListener('abort', end);
    },
  };
}

/**
 * @param name of the answer, for the console
 * @returns null where the text does not fit the schema; the console then names the fields, without their values
 */
function read<T>(schema: Schema<T>, text: string, name: string): T | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    console.error(`${name}: the answer is not JSON`);
    return null;
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path, code }) => `${path.join('.') || 'the answer'}: ${code}`);
  console.error(`${name}: the answer cannot be read: ${fields.join('; ')}`);
  return null;
}

// One request to the order API, for one order or several, and its outcome.
import type { ErrorCode, HeardError } from '../errors.ts';
import type { Fetched, OrderApi } from '../upstream/order-api.ts';

/** `answered`: a sound answer, though it may have none of the orders. `throttled`: a 429. */
export type Outcome =
  | { kind: 'answered'; results: Map<string, Fetched> }
  | { kind: 'throttled' | 'failed'; error: HeardError };

/** @param onRequest told of the outcome, and of the seconds that it took */
export async function ask(
  api: Pick<OrderApi, 'one' | 'many'>,
  orderIds: readonly string[],
  onRequest: (outcome: 'ok' | ErrorCode, seconds: number) => void = () => {},
): Promise<Outcome> {
  const began = performance.now();
  const timed = (outcome: 'ok' | ErrorCode) => onRequest(outcome, (performance.now() - began) / 1000);
  const first = orderIds[0]!;
  try {
    const results =
      orderIds.length > 1 ? await api.many(orderIds) : new Map([[first, { detail: await api.one(first) }]]);
    timed('ok');
    return { kind: 'answered', results };
  } catch (thrown) {
    const error = thrown as HeardError;
    timed(error.code);
    if (error.code === 'ORDER_BEHIND') return { kind: 'answered', results: new Map([[first, { error }]]) };
    return { kind: error.code === 'ORDER_API_THROTTLED' ? 'throttled' : 'failed', error };
  }
}

/** The failure of the request, or of an order in its answer. */
export function failureIn(outcome: Outcome): HeardError | undefined {
  if (outcome.kind !== 'answered') return outcome.error;
  for (const fetched of outcome.results.values()) if ('error' in fetched) return fetched.error;
  return undefined;
}

// The ordering platform's detail API over HTTP. Each call is one request: the detail source has the queue and the
// retries.
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { HeardError, messageOf } from '../errors.ts';
import { readDetail, type OrderDetail } from './detail.ts';
import type { Part } from '../lib/part.ts';

export interface OrderApiOptions {
  url: string;
  token: string | undefined;
  timeoutMs: number;
  connections: number;
}

/** An answer of 8 MB is not an order; for a multi-get it is 160 KB for each of 50. */
const MAX_BODY_BYTES = 8 << 20;
/**
 * After a request was given up, the other side may take a moment to see its connection close. Until then the request is
 * in flight there.
 */
const ABANDONED_MS = 25;

const unavailableStatuses = new Set([401, 403, 408, 425, 502, 503, 504]);

/** The result for one id. */
export type Fetched = { detail: OrderDetail } | { error: HeardError };

export class OrderApi implements Part {
  readonly #pool: Pool;
  readonly #basePath: string;
  readonly #headers: Record<string, string>;

  constructor(private readonly options: OrderApiOptions) {
    const url = new URL(options.url);
    this.#pool = new Pool(url.origin, {
      connections: options.connections,
      pipelining: 1,
      connect: { timeout: options.timeoutMs },
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: 10_000,
    });
    this.#basePath = url.pathname.replace(/\/+$/, '');
    this.#headers = { accept: 'application/json', ...(options.token && { authorization: `Bearer ${options.token}` }) };
  }

  async stop(): Promise<void> {
    await this.#pool.destroy();
  }

  /** @throws HeardError */
  async one(orderId: string): Promise<OrderDetail> {
    const { status, body, retryAfterMs } = await this.#get(`/orders/${encodeURIComponent(orderId)}`);
    if (status === 404) throw new HeardError('ORDER_BEHIND', 'the order service does not know the order (404)');
    this.#refuseFaults(status, retryAfterMs);
    return readDetail(parseJson(body), orderId);
  }

  /**
   * Multi-get. An order that was not found, or cannot be read, fails alone.
   * @throws HeardError when the call as a whole failed
   */
  async many(orderIds: readonly string[]): Promise<Map<string, Fetched>> {
    const { status, body, retryAfterMs } = await this.#get(`/orders?ids=${orderIds.map(encodeURIComponent).join(',')}`);
    this.#refuseFaults(status, retryAfterMs);
    const parsed = parseJson(body) as { orders?: unknown } | null;
    if (!Array.isArray(parsed?.orders))
      throw new HeardError('ORDER_MALFORMED', "the order service's answer has no list of orders");
    const byId = new Map(parsed.orders.map((order: { id?: unknown } | null) => [String(order?.id), order]));
    return new Map(
      orderIds.map((id) => [
        id,
        byId.has(id)
          ? readSafely(byId.get(id), id)
          : { error: new HeardError('ORDER_BEHIND', 'the order service does not know the order') },
      ]),
    );
  }

  #refuseFaults(status: number, retryAfterMs: number | undefined): void {
    if (status === 200) return;
    const code =
      status === 429
        ? 'ORDER_API_THROTTLED'
        : unavailableStatuses.has(status)
          ? 'ORDER_API_UNAVAILABLE'
          : 'ORDER_API_FAILED';
    throw new HeardError(
      code,
      `the order service answered ${status}`,
      retryAfterMs === undefined ? {} : { retryAfterMs },
    );
  }

  async #get(path: string): Promise<{ status: number; body: string; retryAfterMs: number | undefined }> {
    const { timeoutMs } = this.options;
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const answer = await this.#pool.request({
        method: 'GET',
        path: this.#basePath + path,
        headers: this.#headers,
        signal,
      });
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of answer.body as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > MAX_BODY_BYTES)
          throw new HeardError('ORDER_MALFORMED', `the order service's answer is larger than ${MAX_BODY_BYTES} bytes`);
        chunks.push(chunk);
      }
      return {
        status: answer.statusCode,
        body: Buffer.concat(chunks).toString('utf8'),
        retryAfterMs: retryAfter(answer.headers['retry-after']),
      };
    } catch (error) {
      await sleep(ABANDONED_MS);
      if (error instanceof HeardError) throw error;
      if (signal.aborted)
        throw new HeardError('ORDER_API_UNAVAILABLE', `the order service did not answer within ${timeoutMs} ms`, {
          cause: error,
        });
      throw new HeardError('ORDER_API_UNAVAILABLE', `the order service cannot be reached: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }
}

function parseJson(body: string): unknown {
  try {
    // Some services begin their answers with a byte order mark.
    return JSON.parse(body.replace(/^\uFEFF/, ''));
  } catch {
    throw new HeardError('ORDER_MALFORMED', "the order service's answer is not JSON");
  }
}

function readSafely(body: unknown, id: string): Fetched {
  try {
    return { detail: readDetail(body, id) };
  } catch (error) {
    return { error: error as HeardError };
  }
}

/** Seconds or an HTTP date (RFC 9110, 10.2.3), in ms from now; undefined when absent or not readable. */
export function retryAfter(header: string | string[] | undefined, now = Date.now()): number | undefined {
  const value = [header].flat()[0];
  if (value === undefined) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

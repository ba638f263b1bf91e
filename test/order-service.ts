// A detail source in front of an order service whose every answer the test gives, in a time that the test moves.
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { HeardError, type ErrorCode } from '../server/errors.ts';
import { DetailSource } from '../server/fetch/detail-source.ts';
import type { FetchResult } from '../server/fetch/fetch-queue.ts';
import type { OrderDetail } from '../server/upstream/detail.ts';
import type { Fetched } from '../server/upstream/order-api.ts';
import { deferred, detail, turns, type Deferred } from './made.ts';

class Service {
  /** Requests in flight, oldest first. */
  open: (Deferred<Map<string, Fetched>> & { ids: string[]; multi: boolean })[] = [];
  asked: string[][] = [];
  most = 0;

  one = async (id: string): Promise<OrderDetail> => {
    const fetched = (await this.#request([id], false)).get(id)!;
    if ('error' in fetched) throw fetched.error;
    return fetched.detail;
  };

  many = (ids: readonly string[]): Promise<Map<string, Fetched>> => this.#request([...ids], true);

  reset(): void {
    this.open = [];
    this.asked = [];
    this.most = 0;
  }

  async #request(ids: string[], multi: boolean): Promise<Map<string, Fetched>> {
    const request = { ...deferred<Map<string, Fetched>>(), ids, multi };
    this.open.push(request);
    this.asked.push(ids);
    this.most = Math.max(this.most, this.open.length);
    return request.promise;
  }

  answer(i = 0): void {
    const [{ ids, resolve }] = this.open.splice(i, 1) as [Service['open'][number]];
    resolve(new Map(ids.map((id) => [id, { detail: detail(1, { id }) }])));
  }

  fail(code: ErrorCode, i = 0, retryAfterMs?: number): void {
    this.open
      .splice(i, 1)[0]!
      .reject(new HeardError(code, 'as the test says', retryAfterMs === undefined ? {} : { retryAfterMs }));
  }
}

/** New for each test of a file that calls `withService`. */
export const service = new Service();
let sources: DetailSource[] = [];

export function withService(): void {
  beforeEach(() => {
    service.reset();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    for (const source of sources) source.stop();
    sources = [];
    vi.useRealTimers();
  });
}

export function sourceOf(ceiling: number, batchMax = 1): DetailSource {
  const source = new DetailSource({ api: service, ceiling, batchMax });
  sources.push(source);
  return source;
}

/** Starts a fetch and notes its result. */
export function fetchOf(source: DetailSource, id: string, options: Parameters<DetailSource['fetch']>[1] = {}) {
  const seen: { result?: FetchResult } = {};
  void source.fetch(id, options).then((result) => {
    seen.result = result;
  });
  return seen;
}

/** Time passes, and everything that then happens. */
export const pass = async (ms: number) => {
  await vi.advanceTimersByTimeAsync(ms);
  await turns(6);
};
/** Fetches this order, and it comes: from then on it can be a witness. */
export async function come(source: DetailSource, id: string): Promise<void> {
  fetchOf(source, id);
  await turns();
  service.answer(service.open.findIndex(({ ids }) => ids.includes(id)));
  await pass(1);
}
export const openIds = () => service.open.map(({ ids }) => ids.join());
/** Fails, or answers, the request that is open for this order. */
const openFor = (id: string) => {
  const i = openIds().indexOf(id);
  expect(i, `${id} is asked for, of ${openIds().join(' ')}`).toBeGreaterThanOrEqual(0);
  return i;
};
export const answerFor = async (id: string) => {
  service.answer(openFor(id));
  await turns(6);
};
export const failFor = async (id: string, code: ErrorCode, retryAfterMs?: number) => {
  service.fail(code, openFor(id), retryAfterMs);
  await turns(6);
};
/** One order fails while others come, one of them asked for after the failure. */
export async function failAmongOthers(source: DetailSource, id: string, code: ErrorCode, retryAfterMs?: number) {
  const failing = fetchOf(source, id);
  await turns();
  fetchOf(source, 'before');
  await turns();
  await failFor(id, code, retryAfterMs);
  await pass(1);
  fetchOf(source, 'after');
  await turns();
  while (service.open.length) {
    service.answer();
    await turns(6);
  }
  return failing;
}

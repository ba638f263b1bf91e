// The platform's order-detail API: correct answers from the book, distorted as the dials say.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Chance } from './prng.ts';
import type { Dials, ErrorKind } from './dials.ts';
import type { Order } from './order.ts';
import type { Traffic } from './traffic.ts';

/** A fixed answer for one order instead of the truth. With `fault` the other fields have no effect. */
export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  delayMs?: number;
  fault?: 'reset' | 'cut' | 'timeout';
}

interface Options {
  basePath: string;
  token: string | undefined;
  chance: Chance;
  traffic: Traffic;
  dials(): Dials;
  find(id: string, lagMs: number): Order | undefined;
}

const MAX_IDS = 1000;
/** How long a request that gets no answer is held open. */
const HOLD_MS = 120_000;

export class OrderApi {
  readonly #scripts = new Map<string, { answer: Answer; times: number }[]>();

  constructor(private readonly options: Options) {}

  /** Answers the next `times` requests for this order with `answer`, after answers scripted before. */
  script(orderId: string, answer: Answer, times = Infinity): void {
    this.#scripts.set(orderId, [...(this.#scripts.get(orderId) ?? []), { answer, times }]);
  }

  unscript(orderId?: string): void {
    if (orderId === undefined) this.#scripts.clear();
    else this.#scripts.delete(orderId);
  }

  /** @returns false for a request that does not belong to this API */
  handle(request: IncomingMessage, response: ServerResponse): boolean {
    const url = new URL(request.url ?? '/', 'http://platform');
    const base = `${this.options.basePath}/orders`;
    if (url.pathname !== base && !url.pathname.startsWith(`${base}/`)) return false;
    const { traffic } = this.options;
    traffic.begin();
    response.once('close', () => traffic.end());
    void this.#answer(request, response, url.pathname.slice(base.length + 1), url.searchParams.get('ids'));
    return true;
  }

  async #answer(request: IncomingMessage, response: ServerResponse, path: string, list: string | null): Promise<void> {
    const { chance, traffic } = this.options;
    const dials = this.options.dials();
    if (dials.outage === 'refuse') {
      traffic.answered('refused');
      response.socket?.resetAndDestroy();
      return;
    }
    if (dials.outage === '503') return this.#refuse(response, 503, dials.retryAfterS);
    if (dials.overloadAt !== null && traffic.inFlight > dials.overloadAt)
      return this.#refuse(response, 503, dials.retryAfterS);
    const { min, max } = dials.latencyMs;
    if (max > 0) await pause(chance.between(min, max));
    if (response.destroyed) {
      traffic.answered('given up');
      return;
    }
    if (request.method !== 'GET') return this.#send(response, 405, { error: 'only GET' });
    if (this.options.token && request.headers.authorization !== `Bearer ${this.options.token}`)
      return this.#send(response, 401, { error: 'the bearer token is missing or wrong' });
    if (list !== null && !path) return this.#many(response, list.split(','), dials);
    const id = decoded(path);
    if (!id) return this.#send(response, 404, { error: 'no such address' });
    traffic.asked(id);
    const scripted = this.#scripted(id);
    if (scripted) return this.#sendScripted(response, scripted);
    const order = this.options.find(id, dials.replicaLagMs);
    const wrong = this.#mishap(dials);
    if (wrong) return this.#fail(response, wrong, dials, order ?? {});
    if (!order) return this.#send(response, 404, { error: 'no such order' });
    return this.#send(response, 200, this.#withMaybeNoDishes(order, dials));
  }

  #many(response: ServerResponse, ids: string[], dials: Dials): void {
    if (!dials.multiGet) return this.#send(response, 404, { error: 'no such address' });
    if (ids.length > MAX_IDS) return this.#send(response, 400, { error: `at most ${MAX_IDS} ids` });
    const orders: unknown[] = [];
    for (const id of new Set(ids)) {
      this.options.traffic.asked(id);
      const scripted = this.#scripted(id);
      // An order that fails when requested alone is left out of a multi-get, like one that is not found.
      if (scripted && (scripted.fault || (scripted.status ?? 200) !== 200)) continue;
      const order = scripted ? scripted.body : this.options.find(id, dials.replicaLagMs);
      if (order) orders.push(scripted ? order : this.#withMaybeNoDishes(order as Order, dials));
    }
    const wrong = this.#mishap(dials);
    if (wrong === '404') orders.splice(this.options.chance.int(0, orders.length), 1);
    else if (wrong) return this.#fail(response, wrong, dials, { orders });
    return this.#send(response, 200, { orders });
  }

  #scripted(id: string): Answer | undefined {
    const queue = this.#scripts.get(id);
    const head = queue?.[0];
    if (!queue || !head) return undefined;
    if (--head.times <= 0) queue.shift();
    if (!queue.length) this.#scripts.delete(id);
    return head.answer;
  }

  async #sendScripted(response: ServerResponse, answer: Answer): Promise<void> {
    if (answer.delayMs) await pause(answer.delayMs);
    if (answer.fault) this.#fail(response, answer.fault, this.options.dials(), answer.body ?? {});
    else this.#send(response, answer.status ?? 200, answer.body ?? { error: 'as told' }, answer.headers);
  }

  /** One random number decides over all kinds, so that their total share is exactly the sum. */
  #mishap(dials: Dials): ErrorKind | undefined {
    let left = this.options.chance.next();
    for (const kind in dials.errors)
      if ((left -= dials.errors[kind as keyof Dials['errors']]) < 0) return kind as ErrorKind;
    return undefined;
  }

  #withMaybeNoDishes(order: Order, dials: Dials): unknown {
    if (!this.options.chance.happens(dials.emptyRate)) return order;
    this.options.traffic.answered('without dishes');
    return { ...order, items: this.options.chance.pick([[], null, undefined]) };
  }

  #fail(response: ServerResponse, kind: ErrorKind, dials: Dials, body: unknown): void {
    if (kind === '500') return this.#send(response, 500, { error: 'internal error' });
    if (kind === '404') return this.#send(response, 404, { error: 'no such order' });
    if (kind === '503' || kind === '429') return this.#refuse(response, Number(kind), dials.retryAfterS);
    this.options.traffic.answered(kind);
    if (kind === 'reset') {
      response.socket?.resetAndDestroy();
      return;
    }
    if (kind === 'timeout') {
      const timer = setTimeout(() => response.destroy(), HOLD_MS);
      response.once('close', () => clearTimeout(timer));
      return;
    }
    const whole = Buffer.from(JSON.stringify(body));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Math.max(whole.length, 2) });
    response.write(whole.subarray(0, whole.length >> 1), () => response.destroy());
  }

  #refuse(response: ServerResponse, status: number, retryAfterS: number | null): void {
    this.#send(
      response,
      status,
      { error: 'try again later' },
      retryAfterS === null ? {} : { 'retry-after': String(retryAfterS) },
    );
  }

  #send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
    this.options.traffic.answered(String(status));
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      ...headers,
    });
    response.end(text);
  }
}

const pause = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms);
  });

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

// One GET of the order service, as text: past caches, decoded, and with redirects on the service's own origin followed,
// one request after the other. A failure is told with the service's host and status, so that a wrong token does not
// look like a dead server. The token goes to no other origin.
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { HeardError, messageOf } from '../errors.ts';
import { ACCEPT_ENCODING, decoded, MAX_BODY_BYTES } from './encodings.ts';

export interface ServiceGetOptions {
  url: string;
  token: string | undefined;
  timeoutMs: number;
  connections: number;
}

export interface ServiceAnswer {
  /** Null for a 404. */
  body: string | null;
  /** How long a cache had the answer, as the cache says; 0 where it comes from the service itself. */
  ageSeconds: number;
}

/**
 * After a request was given up, the other side may take a moment to see its connection close. Until then the request is
 * in flight there.
 */
const ABANDONED_MS = 25;
const MAX_REDIRECTS = 5;

const redirects = new Set([301, 302, 303, 307, 308]);
const unavailable = new Set([401, 403, 407, 408, 425, 502, 503, 504]);

interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

export class ServiceGet {
  readonly #pool: Pool;
  readonly #origin: string;
  /** Of all messages: `the order service at orders.example`. */
  readonly service: string;
  readonly #basePath: string;
  readonly #headers: Record<string, string>;
  #asked = 0;

  constructor(private readonly options: ServiceGetOptions) {
    const url = new URL(options.url);
    this.#origin = url.origin;
    this.service = `the order service at ${url.host}`;
    this.#pool = new Pool(url.origin, {
      connections: options.connections,
      pipelining: 1,
      connect: { timeout: options.timeoutMs },
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: 10_000,
    });
    this.#basePath = url.pathname.replace(/\/+$/, '');
    this.#headers = {
      accept: 'application/json',
      'accept-encoding': ACCEPT_ENCODING,
      'cache-control': 'no-cache',
      // Caches of HTTP/1.0 know no other word for it.
      pragma: 'no-cache',
      ...(options.token && { authorization: `Bearer ${options.token}` }),
    };
  }

  async stop(): Promise<void> {
    await this.#pool.destroy();
  }

  /** @throws HeardError for every answer but a 200 and a 404 */
  async get(path: string): Promise<ServiceAnswer> {
    const signal = AbortSignal.timeout(this.options.timeoutMs);
    const answer = await this.#get(path, signal);
    if (!answer.ageSeconds) return answer;
    // A cache that answers from its store all the same keeps each address by itself: a new one is fresh.
    this.#asked += 1;
    const unasked = `${path}${path.includes('?') ? '&' : '?'}nocache=${Date.now().toString(36)}-${this.#asked}`;
    return this.#get(unasked, signal).catch((error: unknown) => {
      // A service that asks for a pause is to be given one.
      if (error instanceof HeardError && (error.code === 'ORDER_API_THROTTLED' || error.retryAfterMs !== undefined))
        throw error;
      return answer;
    });
  }

  async #get(path: string, signal: AbortSignal): Promise<ServiceAnswer> {
    let address = this.#basePath + path;
    for (let hops = 0; ; hops += 1) {
      const { status, headers, body } = await this.#request(address, signal);
      if (!redirects.has(status)) {
        const ageSeconds = ageOf(first(headers['age']));
        if (status === 404) return { body: null, ageSeconds };
        this.#refuseFaults(status, headers);
        return { body: await this.#text(headers, body), ageSeconds };
      }
      if (hops === MAX_REDIRECTS)
        throw this.#unavailable(`redirects more than ${MAX_REDIRECTS} times, at last by ${status}`);
      address = this.#redirected(address, status, first(headers['location']));
    }
  }

  async #request(path: string, signal: AbortSignal): Promise<Reply> {
    try {
      const answer = await this.#pool.request({ method: 'GET', path, headers: this.#headers, signal });
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of answer.body as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > MAX_BODY_BYTES) throw this.#malformed(`answered more than ${MAX_BODY_BYTES} bytes`);
        chunks.push(chunk);
      }
      return { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) };
    } catch (error) {
      await sleep(ABANDONED_MS);
      if (error instanceof HeardError) throw error;
      if (signal.aborted)
        throw this.#unavailable(`did not answer within ${this.options.timeoutMs} ms`, { cause: error });
      throw this.#unavailable(`cannot be reached: ${messageOf(error)}`, { cause: error });
    }
  }

  #redirected(from: string, status: number, location: string | undefined): string {
    const base = this.#origin + from;
    if (location === undefined || !URL.canParse(location, base))
      throw this.#unavailable(`answered ${status}, a redirect to no address`);
    const { origin, pathname, search } = new URL(location, base);
    if (origin !== this.#origin)
      throw this.#unavailable(
        `answered ${status}, a redirect to ${origin}, which is not followed: the token goes to ORDER_API_URL only`,
      );
    return pathname + search;
  }

  #refuseFaults(status: number, headers: Reply['headers']): void {
    if (status === 200) return;
    const code =
      status === 429 ? 'ORDER_API_THROTTLED' : unavailable.has(status) ? 'ORDER_API_UNAVAILABLE' : 'ORDER_API_FAILED';
    const retryAfterMs = retryAfter(headers['retry-after']);
    throw new HeardError(
      code,
      `${this.service} answered ${status}${this.#accessWords(status)}`,
      retryAfterMs === undefined ? {} : { retryAfterMs },
    );
  }

  #accessWords(status: number): string {
    if (status !== 401 && status !== 403) return '';
    return this.options.token ? ': it refuses ORDER_API_TOKEN' : ': it wants a token, and ORDER_API_TOKEN is not set';
  }

  /** A web page or another thing that is no JSON comes from a proxy or a sign-in, whatever order was asked for. */
  async #text(headers: Reply['headers'], raw: Buffer): Promise<string> {
    const body = await decoded(raw, first(headers['content-encoding'])).catch((error: unknown) => {
      const reason = messageOf(error);
      throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
        ? this.#malformed(`answered more than ${MAX_BODY_BYTES} bytes`)
        : this.#unavailable(`answered 200 with a body that cannot be decoded: ${reason}`, { cause: error });
    });
    const text = textOf(body);
    const type = first(headers['content-type'])?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
    if (/^(?:text\/html|application\/xhtml\+xml)$/.test(type) || /^\s*</.test(text))
      throw this.#unavailable(`answered 200 with a web page${type && ` (${type})`} instead of an order`);
    return text;
  }

  #unavailable(words: string, options?: { cause: unknown }): HeardError {
    return new HeardError('ORDER_API_UNAVAILABLE', `${this.service} ${words}`, options);
  }

  #malformed(words: string): HeardError {
    return new HeardError('ORDER_MALFORMED', `${this.service} ${words}`);
  }
}

const first = (header: string | string[] | undefined): string | undefined => [header].flat()[0];

/** Without the byte order mark that some services begin their answers with. */
const textOf = (body: Buffer): string => body.toString('utf8').replace(/^\uFEFF/, '');

const ageOf = (header: string | undefined): number =>
  header !== undefined && /^\d{1,9}$/.test(header) ? Number(header) : 0;

/** Seconds or an HTTP date (RFC 9110, 10.2.3), in ms from now; undefined when absent or not readable. */
export function retryAfter(header: string | string[] | undefined, now = Date.now()): number | undefined {
  const value = first(header);
  if (value === undefined) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

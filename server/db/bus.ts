// Hints between server processes over LISTEN/NOTIFY. A hint may get lost or come twice, so its listener reads
// the table, and also polls it from time to time. Hints are published after the commit, never inside it (NOTIFY in a
// transaction serialises all commits that notify), and are coalesced over a few milliseconds.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Part } from '../lib/part.ts';
import { notWritable, WRITABLE, type Lineage } from './lineage.ts';
import { sessionAt, sessionClient } from './session.mjs';
import { troublesOf } from '../lib/troubles.ts';

/**
 * feed: restaurant ids whose rev grew. devices: device ids that were revoked or paired. settings: keys that changed.
 * retry: order ids that became due at once. people: ids of persons whose sessions or roles changed, and of devices
 * where another person signed in. courses: restaurant ids whose courses or leads are set up in another way.
 */
export type HintTopic = 'feed' | 'devices' | 'settings' | 'retry' | 'people' | 'courses';
type Handler = (ids: string[]) => void;

const CHANNEL = 'heard';
const COALESCE_MS = 4;
const RECONNECT_MS = 1000;
/** NOTIFY refuses payloads of 8,000 bytes. */
const PAYLOAD_BYTES = 7500;
/** `origin|topic|ids as JSON`; an id may contain the separator, too. */
const PAYLOAD = /^([^|]*)\|([^|]*)\|(.*)$/s;

export interface BusDeps {
  databaseUrl: string;
  /** Tells when the connection leads to a former database. */
  lineage?: Pick<Lineage, 'onChange' | 'onRefusal'>;
  log: Logger;
}

export class Bus implements Part {
  readonly #origin = randomUUID().slice(0, 8);
  readonly #handlers = new Map<HintTopic, Set<Handler>>();
  readonly #pending = new Map<HintTopic, Set<string>>();
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #sending = false;
  #reconnect: NodeJS.Timeout | undefined;
  #stopped = true;
  #unsubscribe: (() => unknown)[] = [];

  constructor(private readonly deps: BusDeps) {}

  async start(): Promise<void> {
    this.#stopped = false;
    const { lineage } = this.deps;
    if (lineage) this.#unsubscribe = [lineage.onChange(() => this.#part()), lineage.onRefusal(() => this.#part())];
    await this.#connect();
  }

  /** The connection may lead to a database that nobody else uses any more; the next one leads to the present one. */
  #part(): void {
    const client = this.#client as (pg.Client & { connection: { stream: { destroy(): void } } }) | undefined;
    client?.connection.stream.destroy();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
    clearTimeout(this.#reconnect);
    clearTimeout(this.#timer);
    await this.#client?.end().catch(() => {});
    this.#client = undefined;
  }

  /** @returns a function that unsubscribes */
  on(topic: HintTopic, handler: Handler): () => void {
    const handlers = this.#handlers.get(topic) ?? new Set();
    this.#handlers.set(topic, handlers.add(handler));
    return () => handlers.delete(handler);
  }

  /** Tells this process at once, and the others within some milliseconds. Never throws. */
  publish(topic: HintTopic, ids: Iterable<string>): void {
    const list = [...ids];
    if (!list.length) return;
    const pending = this.#pending.get(topic) ?? new Set();
    this.#pending.set(topic, pending);
    for (const id of list) pending.add(id);
    this.#timer ??= setTimeout(() => void this.#flush(), COALESCE_MS);
    this.#deliver(topic, list);
  }

  #deliver(topic: HintTopic, ids: string[]): void {
    for (const handler of this.#handlers.get(topic) ?? []) {
      try {
        handler(ids);
      } catch (error) {
        this.deps.log.error({ topic, error: messageOf(error) }, "a hint's handler failed");
      }
    }
  }

  /**
   * One statement at a time: while the database is slow, hints grow together instead of queueing up on the connection.
   */
  async #flush(): Promise<void> {
    this.#timer = undefined;
    if (this.#sending) return;
    this.#sending = true;
    const hints = troublesOf(this.deps.log).watch('hints could not be sent to other processes');
    while (this.#pending.size > 0 && !this.#stopped) {
      const sent = [...this.#pending].flatMap(([topic, ids]) => [...payloads(this.#origin, topic, [...ids])]);
      this.#pending.clear();
      try {
        await this.#client?.query('SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload', [CHANNEL, sent]);
        hints.worked();
      } catch (error) {
        hints.failed(error);
      }
    }
    this.#sending = false;
  }

  async #connect(): Promise<void> {
    const client = sessionClient({
      ...sessionAt(this.deps.databaseUrl),
      connectionTimeoutMillis: 5000,
      query_timeout: 5000,
      application_name: 'heard-bus',
    });
    const again = () => {
      if (this.#client === client) this.#client = undefined;
      client.removeAllListeners('notification');
      if (this.#stopped || this.#reconnect) return;
      this.#reconnect = setTimeout(() => {
        this.#reconnect = undefined;
        void this.#connect();
      }, RECONNECT_MS);
    };
    client.on('error', again);
    client.on('end', again);
    client.on('notification', ({ payload }) => this.#hear(payload ?? ''));
    try {
      await client.connect();
      const { rows } = await client.query<{ writable: boolean }>(`SELECT ${WRITABLE}`);
      if (!rows[0]!.writable) throw notWritable();
      await client.query(`LISTEN ${CHANNEL}`);
      this.#client = client;
    } catch (error) {
      this.deps.log.warn({ error: messageOf(error) }, 'cannot listen for hints; trying again');
      client.end().catch(() => {});
      again();
    }
  }

  #hear(payload: string): void {
    const [, origin, topic, json] = PAYLOAD.exec(payload) ?? [];
    if (origin === this.#origin) return;
    try {
      this.#deliver(topic as HintTopic, JSON.parse(json ?? '') as string[]);
    } catch {
      this.deps.log.warn('a hint that cannot be read');
    }
  }
}

function* payloads(origin: string, topic: HintTopic, ids: string[]): Generator<string> {
  let batch: string[] = [];
  let size = 0;
  const payload = () => `${origin}|${topic}|${JSON.stringify(batch)}`;
  for (const id of ids) {
    const bytes = Buffer.byteLength(JSON.stringify(id)) + 1;
    if (size + bytes > PAYLOAD_BYTES) {
      yield payload();
      batch = [];
      size = 0;
    }
    batch.push(id);
    size += bytes;
  }
  if (batch.length) yield payload();
}

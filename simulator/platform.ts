// The ordering platform as one object: its truth, its order API and its Kafka messages. The simulator runs one. Tests
// and benches drive their own in process, with or without a broker.
import type { KafkaSettings } from '../server/config/kafka.ts';
import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Message } from 'kafkajs';
import { Archive } from './archive.ts';
import { Book } from './book.ts';
import { calm, turned, type Dials, type DialsPatch } from './dials.ts';
import { EventProducer, type EventMessage } from './event-producer.ts';
import { OrderApi, type Answer } from './order-api.ts';
import type { Change, NewOrder, Order } from './order.ts';
import { Chance } from './prng.ts';
import { Traffic } from './traffic.ts';

export interface PlatformOptions {
  /** Undefined: an API only. Messages are counted and kept, but not sent. */
  brokers?: string[] | undefined;
  /** TLS and SASL towards them. */
  access?: Pick<KafkaSettings, 'tls' | 'sasl'> | undefined;
  /** `<appEnv>_order_events` unless it is given. */
  topic?: string | undefined;
  appEnv: string;
  seed?: number;
  /** Required of callers as a bearer token. */
  token?: string | undefined;
  basePath?: string;
  dials?: DialsPatch;
  /** Handles requests that are not for the order API. */
  other?: RequestListener;
  now?: () => number;
  log?: (line: string) => void;
}

/**
 * A batch job's messages. `touched`: orders of this run, each with a new version. `known`: orders of this run as they
 * are. `archived`: orders of former days.
 */
export interface Job {
  messages: number;
  of: 'touched' | 'known' | 'archived';
}

export class Platform {
  readonly chance: Chance;
  readonly traffic = new Traffic();
  readonly book: Book;
  readonly topic: string;
  readonly #archive: Archive;
  readonly #api: OrderApi;
  readonly #events: EventProducer;
  readonly #options: PlatformOptions & { basePath: string; now: () => number };
  #dials: Dials;
  #server: Server | undefined;
  #job: { done: number; total: number } | undefined;

  constructor(options: PlatformOptions) {
    this.#options = { basePath: '/platform', now: Date.now, ...options };
    const { now, basePath } = this.#options;
    // Not derived from the seed: two runs with one seed must not give the same id to two orders.
    const run = `${Date.now().toString(36)}${randomBytes(2).toString('hex')}`;
    this.chance = new Chance(options.seed ?? 1);
    this.book = new Book(run, now);
    this.#archive = new Archive(run, now);
    this.topic = options.topic ?? `${options.appEnv}_order_events`;
    this.#dials = turned(calm, options.dials ?? {});
    this.#events = new EventProducer({
      brokers: options.brokers,
      access: options.access,
      topic: this.topic,
      log: options.log ?? (() => {}),
    });
    this.#api = new OrderApi({
      basePath,
      token: options.token,
      traffic: this.traffic,
      // A random sequence of its own, so that the number of API calls does not change the orders.
      chance: new Chance((options.seed ?? 1) + 1),
      dials: () => this.#dials,
      find: (id, lagMs) => this.book.get(id, lagMs) ?? this.#archive.get(id),
    });
  }

  get dials(): Dials {
    return this.#dials;
  }
  get messagesSent(): number {
    return this.#events.sent;
  }
  get messagesQueued(): number {
    return this.#events.queued;
  }
  get kafkaWaiting(): string | undefined {
    return this.#events.waiting;
  }
  get job(): { done: number; total: number } | undefined {
    return this.#job;
  }

  /** The value for ORDER_API_URL. @throws Error before `listen` */
  get url(): string {
    const address = this.#server?.address() as AddressInfo | null | undefined;
    if (!address) throw new Error('the platform does not listen');
    return `http://127.0.0.1:${address.port}${this.#options.basePath}`;
  }

  async listen(port = 0, host = '127.0.0.1'): Promise<this> {
    const server = createServer((request, response) => {
      if (this.#api.handle(request, response)) return;
      if (this.#options.other) this.#options.other(request, response);
      else response.writeHead(404).end();
    });
    server.keepAliveTimeout = 30_000;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
    this.#server = server;
    return this;
  }

  /** Refuses connections from now on, until `listen` is called again. Orders and messages go on. */
  async unlisten(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const closed = new Promise((resolve) => {
      server.close(resolve);
    });
    server.closeAllConnections();
    await closed;
  }

  async close(): Promise<void> {
    await Promise.all([this.unlisten(), this.#events.stop()]);
  }

  /** @throws z.ZodError for values out of range */
  turn(patch: DialsPatch): Dials {
    this.#dials = turned(this.#dials, patch);
    return this.#dials;
  }

  /** @param silent changes the truth without a message */
  place(order: NewOrder, { silent = false } = {}): Order {
    const placed = this.book.place(order);
    if (!silent) this.#announce(placed, true);
    return placed;
  }

  /** @throws Error for an unknown order */
  change(orderId: string, change: Change, { silent = false } = {}): Order {
    const before = this.book.get(orderId)?.status;
    const order = this.book.change(orderId, change);
    if (!silent) this.#announce(order, before !== order.status);
    return order;
  }

  /**
   * Announces the newest version of every order that may matter, since a run that ended while Kafka was away had not
   * sent all of its messages.
   */
  announceAll(): void {
    for (const order of this.book.current()) this.#announce(order, false);
  }

  /** Sends any message into the topic, even a malformed one, after everything queued before it. */
  produce(message: Message): Promise<{ partition: number; offset: string }> {
    return this.#events.sendRaw(message);
  }

  flush(): Promise<void> {
    return this.#events.flush();
  }

  /** The newest messages that were sent, oldest first. */
  sent(count = Number.MAX_SAFE_INTEGER): EventMessage[] {
    return this.#events.recent(count);
  }

  /** Sends the last messages again, as an upstream replay does. @returns how many */
  replay(count: number): number {
    const messages = this.#events.recent(count);
    for (const message of messages) this.#events.enqueue(message);
    return messages.length;
  }

  callsFor(orderId: string): number {
    return this.traffic.callsFor(orderId);
  }

  /** Answers requests for one order with `answer` instead of the truth: the next `times`, or until `heal`. */
  answer(orderId: string, answer: Answer, times?: number): void {
    this.#api.script(orderId, answer, times);
  }

  heal(orderId?: string): void {
    this.#api.unscript(orderId);
  }

  /** Replaces a job in progress. */
  startJob(job: Job): void {
    this.#job = { done: 0, total: job.messages };
    this.#events.setBulk(this.#jobMessages(job, this.#job));
  }

  *#jobMessages(job: Job, progress: { done: number; total: number }): Generator<EventMessage> {
    const ids = job.of === 'archived' ? [] : [...this.book.all()].map(({ id }) => id);
    for (let n = 0; n < job.messages; n++) {
      const id = ids.length ? ids[n % ids.length] : undefined;
      const existing = id !== undefined && this.book.get(id);
      const order = existing
        ? job.of === 'touched'
          ? this.book.change(existing.id, 'touch')
          : existing
        : this.#archive.get(this.#archive.id(n));
      progress.done++;
      if (order) yield this.#message(order, true);
    }
  }

  #announce(order: Order, statusChanged: boolean): void {
    const message = this.#message(order, !statusChanged || !this.chance.happens(this.#dials.versionlessRate));
    this.#events.enqueue(message);
    if (this.chance.happens(this.#dials.duplicateRate)) this.#events.enqueue(message);
  }

  #message(order: Order, withVersion: boolean): EventMessage {
    const { id, status, version, restaurantId } = order;
    const value = JSON.stringify({
      id,
      status,
      ...(withVersion && { version }),
      restaurantId,
      occurredAt: new Date(this.#options.now()).toISOString(),
    });
    return { key: id, value, headers: { env: this.#options.appEnv } };
  }
}

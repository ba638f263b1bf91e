// The surroundings of a browser test: an ordering platform, a database, a topic, and the built server as a process that
// the test can end, freeze and start again.
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import pg from 'pg';
import { createTopic } from '../scripts/local/kafka.mjs';
import { freePort, temporaryDirectory } from '../scripts/local/process.mjs';
import { startBuiltServer, type BuiltServer } from '../test/built-server.ts';
import { createDatabase, TEMPLATE } from '../test/database.ts';
import type { Order } from '../simulator/order.ts';
import { Platform } from '../simulator/platform.ts';
import { Restaurant, type DeviceSetup, type RestaurantSetup, type StationSetup } from './restaurant.ts';

const PARTITIONS = 4;

const threeStations: StationSetup[] = [
  { name: 'Grill', routes: [{ category: 'grill' }] },
  { name: 'Bar', routes: [{ category: 'drinks' }] },
  { name: 'Kitchen', fallback: true },
];

export interface E2eWorldOptions {
  /** Another Kafka than the shared one, for tests that stop theirs. */
  brokers?: string;
  /** More variables of the server's environment. */
  env?: Record<string, string>;
}

export class E2eWorld {
  #server: BuiltServer | undefined;
  readonly #database: pg.Pool;
  readonly #opsToken = randomBytes(12).toString('hex');
  readonly #logs = temporaryDirectory('e2e');
  readonly #logFile = path.join(this.#logs, 'server.log');

  private constructor(
    readonly platform: Platform,
    readonly appEnv: string,
    readonly brokers: string,
    readonly port: number,
    private readonly databaseUrl: string,
    private readonly env: Record<string, string>,
  ) {
    // Kept open: PostgreSQL forks a process for each new connection.
    this.#database = new pg.Pool({ connectionString: databaseUrl, max: 2 });
    // A test that takes the database away ends these connections too. The next query opens a new one.
    this.#database.on('error', () => {});
  }

  static async start({ brokers = needed('E2E_KAFKA_BROKERS'), env = {} }: E2eWorldOptions = {}): Promise<E2eWorld> {
    const appEnv = `e2e${randomBytes(5).toString('hex')}`;
    const platform = await new Platform({ brokers: [brokers], appEnv }).listen();
    const [{ url }, port] = await Promise.all([
      createDatabase(needed('E2E_POSTGRES_URL'), TEMPLATE),
      freePort(),
      createTopic(brokers, platform.topic, PARTITIONS),
    ]);
    const world = new E2eWorld(platform, appEnv, brokers, port, url, env);
    try {
      await world.startServer();
      return world;
    } catch (error) {
      await world.close();
      throw error;
    }
  }

  /** Everything that the server has written so far. */
  get log(): string {
    return readFileSync(this.#logFile, 'utf8');
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async startServer(): Promise<void> {
    const env = {
      NEXT_TELEMETRY_DISABLED: '1',
      APP_ENV: this.appEnv,
      DATABASE_URL: this.databaseUrl,
      KAFKA_BROKERS: this.brokers,
      ORDER_API_URL: this.platform.url,
      OPS_TOKEN: this.#opsToken,
      LOG_LEVEL: 'warn',
      ...this.env,
    };
    this.#server = await startBuiltServer({ port: this.port, logFile: this.#logFile, env });
    await this.#server.ready();
  }

  async endServer(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    await this.#server?.stop(signal);
    this.#server = undefined;
  }

  /** Repairs the world after a test: the server runs, and the platform answers at once. */
  async mend(): Promise<this> {
    this.platform.turn({ outage: null, latencyMs: { min: 0, max: 0 } });
    if (!this.#server) await this.startServer();
    return this;
  }

  /** Freezes the process: its sockets stay open, but nothing comes out of them. */
  freezeServer(): void {
    process.kill(this.#server!.pid, 'SIGSTOP');
  }
  thawServer(): void {
    process.kill(this.#server!.pid, 'SIGCONT');
  }

  async close(): Promise<void> {
    await Promise.all([this.endServer('SIGKILL'), this.platform.close(), this.#database.end()]);
    rmSync(this.#logs, { recursive: true, force: true });
  }

  /** Calls the operator's interface. @throws Error unless it answers with success */
  async operate(method: string, address: string, body?: object): Promise<any> {
    const response = await fetch(`${this.address}${address}`, {
      method,
      headers: { authorization: `Bearer ${this.#opsToken}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${address}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  async setUpRestaurant({
    id = `r-${randomUUID().slice(0, 8)}`,
    name = 'The Test Kitchen',
    timeZone = 'Europe/London',
    stations = threeStations,
    courses,
    allergySeen,
  }: RestaurantSetup = {}): Promise<Restaurant> {
    await this.operate('PUT', `/api/v1/restaurants/${id}`, {
      name,
      timeZone,
      stations,
      ...(courses && { courses }),
      ...(allergySeen !== undefined && { allergySeen }),
    });
    return new Restaurant(this, id);
  }

  /** @returns the device's id, and the link that pairs a browser as this screen */
  newDevice({
    restaurantId,
    role,
    station,
    name = station ?? role,
  }: DeviceSetup): Promise<{ id: string; url: string }> {
    return this.operate('POST', '/api/v1/devices', { name, restaurantId, role, ...(station && { station }) });
  }

  /**
   * Waits until the kitchen has these versions of the orders, or newer ones. It asks the database, because the server
   * has enough to do.
   */
  async has(...orders: Order[]): Promise<void> {
    const missing = async () => {
      const there = await this.query<{ id: string }>(
        `
          SELECT id
          FROM orders
          JOIN unnest($1::text[], $2::bigint[]) AS wanted (id, least) USING (id)
          WHERE version >= least
        `,
        orders.map(({ id }) => id),
        orders.map(({ version }) => version),
      );
      const ids = new Set(there.map(({ id }) => id));
      return orders.filter(({ id }) => !ids.has(id)).map(({ id, version }) => `${id} in version ${version}`);
    };
    await expect
      .poll(() => missing().catch(String), {
        message: 'orders that the kitchen lacks',
        timeout: 60_000,
        intervals: [25],
      })
      .toEqual([]);
  }

  /** Sends a message by KafkaJS, as any other producer would, and once. */
  async produce(key: string, value: object | string): Promise<void> {
    const producer = new Kafka({ clientId: 'e2e', brokers: [this.brokers], logLevel: logLevel.NOTHING }).producer({
      createPartitioner: Partitioners.DefaultPartitioner,
      idempotent: true,
    });
    await producer.connect();
    try {
      await producer.send({
        topic: this.platform.topic,
        messages: [{ key, value: typeof value === 'string' ? value : JSON.stringify(value) }],
      });
    } finally {
      await producer.disconnect();
    }
  }

  /**
   * Runs SQL on the server's database. Time is real in these tests, so this is how rows become old. Open screens do not
   * see it; those opened next do.
   */
  async query<Row extends object>(sql: string, ...values: unknown[]): Promise<Row[]> {
    return (await this.#database.query<Row>(sql, values)).rows;
  }

  /** Takes away the server's own database, and no other test's, until the returned function is called. */
  async takeDatabaseAway(): Promise<() => Promise<void>> {
    const name = new URL(this.databaseUrl).pathname.slice(1);
    const admin = new pg.Client({ connectionString: needed('E2E_POSTGRES_URL') });
    await admin.connect();
    await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
    return async () => {
      await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
      await admin.end();
    };
  }
}

function needed(variable: string): string {
  const value = process.env[variable];
  if (!value) throw new Error(`${variable} is not set: e2e/global-setup.ts sets it`);
  return value;
}

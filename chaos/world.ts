// One run: an environment of its own on the common ground, with the ordering platform, server processes as `npm start`
// runs them, and screens at each of them.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Operator } from '../simulator/operator.ts';
import { Platform } from '../simulator/platform.ts';
import { startBuiltServer, type BuiltServer } from '../test/built-server.ts';
import { Chance } from '../simulator/prng.ts';
import type { Restaurant } from '../simulator/restaurants/index.ts';
import { Database } from './database.ts';
import type { Ground, Links } from './ground.ts';
import { Load } from './load.ts';
import { freeze, thaw } from './processes.ts';
import type { Produced } from './records.ts';
import { Screen } from './screen.ts';
import { readTopic, withAdmin } from './topic.ts';
import { Watch } from './watch.ts';

const OPS_TOKEN = 'chaos-chaos-chaos-chaos';
export const PARTITIONS = 4;
/** The time until Kafka drops a SIGKILLed member, in ms, as set in server/kafka/member-options.ts. */
export const SESSION_MS = 10_000;

const restaurants = ['r-1', 'r-2', 'r-3'];
const stations = [
  { name: 'Curry', categories: ['curry'] },
  { name: 'Rest', categories: [], fallback: true as const },
];

/** Both stations of one restaurant, and all of two others. */
function screensAt(server: number): { role: 'kitchen' | 'expo' | 'floor'; restaurantId: string; station?: string }[] {
  const [first, second, last] = [restaurants[server % 3]!, restaurants[(server + 1) % 3]!, restaurants[2]!];
  return [
    ...stations.map(({ name }) => ({ role: 'kitchen' as const, restaurantId: first, station: name })),
    { role: 'expo', restaurantId: second },
    { role: 'floor', restaurantId: last },
  ];
}

/** A server process in one of the slots, and its links. */
class ServerSlot {
  #server: BuiltServer | undefined;

  constructor(
    readonly slot: number,
    readonly links: Links,
    private readonly env: Record<string, string>,
    readonly logFile: string,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.links.port}`;
  }
  get running(): boolean {
    return this.#server?.running ?? false;
  }
  get pid(): number {
    return this.#server!.pid;
  }
  /** How the process ended, for example `SIGKILL`. */
  get ended(): Promise<string> {
    return this.#server!.ended;
  }

  /** @returns once it is ready, or, with `wait` false, once it is started */
  async start({ wait = true } = {}): Promise<void> {
    const { links, logFile, env } = this;
    this.#server = await startBuiltServer({ port: links.port, logFile, env, endSignal: 'SIGKILL' });
    if (wait) await this.#server.ready();
  }

  isReady(): Promise<boolean> {
    return this.#server!.isReady();
  }

  async kill(): Promise<void> {
    await this.#server?.stop('SIGKILL');
  }
  async stop(): Promise<void> {
    await this.#server?.stop();
  }
  freeze(longestS: number): number {
    return freeze([this.pid], longestS);
  }
  thaw(): void {
    thaw([this.pid]);
  }

  log(): string {
    return readFileSync(this.logFile, 'utf8');
  }
  /** The number of its log lines that contain these words. */
  logCount(words: string): number {
    return this.log()
      .split('\n')
      .filter((line) => line.includes(words)).length;
  }

  /** The text of /metrics. */
  async metrics(): Promise<string> {
    const response = await fetch(`${this.url}/metrics`, {
      headers: { authorization: `Bearer ${OPS_TOKEN}` },
      signal: AbortSignal.timeout(5000),
    });
    return response.text();
  }
}

export interface ChaosWorldOptions {
  ground: Ground;
  name: string;
  number: number;
  servers: number;
  seed: number;
  perSecond: number;
  say: (words: string) => void;
  env?: Record<string, string>;
}

export class ChaosWorld {
  readonly servers: ServerSlot[] = [];
  readonly screens: Screen[] = [];
  readonly chance: Chance;
  readonly platform: Platform;
  readonly database: Database;
  readonly load: Load;
  readonly watch: Watch;
  readonly topic: string;
  readonly groupId: string;
  /** Messages of topics that no longer exist. */
  readonly #former: Produced[] = [];
  #topics = 1;
  #taps: NodeJS.Timeout | undefined;
  readonly #tapping = new Set<Promise<unknown>>();

  private constructor(readonly options: ChaosWorldOptions) {
    const { ground, number, seed, perSecond } = options;
    const appEnv = `chaos${number}`;
    [this.topic, this.groupId] = [`${appEnv}_order_events`, `${appEnv}_kds`];
    this.chance = new Chance(seed);
    this.platform = new Platform({
      brokers: [ground.kafka.brokers],
      appEnv,
      seed,
      dials: { latencyMs: { min: 1, max: 8 } },
    });
    this.database = new Database(() => ground.postgres.url(appEnv));
    this.load = new Load(this.platform, new Chance(seed + 7), restaurants, perSecond);
    this.watch = new Watch(this);
    for (let slot = 0; slot < options.servers; slot += 1) {
      const links = ground.links[slot]!;
      const logFile = path.join(ground.directory, `${appEnv}-server-${slot}.log`);
      writeFileSync(logFile, '');
      const databaseUrl = new URL(ground.postgres.url(appEnv));
      databaseUrl.port = String(links.database.port);
      this.servers.push(
        new ServerSlot(
          slot,
          links,
          {
            APP_ENV: appEnv,
            DATABASE_URL: databaseUrl.href,
            ...ground.kafkaVariables(links.kafka.port),
            ORDER_API_URL: `http://127.0.0.1:${links.api.port}/platform`,
            PUBLIC_URL: `http://127.0.0.1:${links.web.port}`,
            OPS_TOKEN,
            SMTP_URL: 'smtp://127.0.0.1:9',
            ALERT_EMAIL_TO: 'manager@example.test',
            ALERT_EMAIL_FROM: 'heard@example.test',
            ...options.env,
          },
          logFile,
        ),
      );
    }
  }

  static async open(options: ChaosWorldOptions): Promise<ChaosWorld> {
    await options.ground.heal();
    const world = new ChaosWorld(options);
    try {
      await world.#start();
      return world;
    } catch (error) {
      await world.close();
      throw error;
    }
  }

  async #start(): Promise<void> {
    const { ground, say } = this.options;
    await this.platform.listen();
    ground.apiPort = Number(new URL(this.platform.url).port);
    await ground.postgres.ensureDatabase(this.groupId.replace('_kds', ''));
    await ground.kafka.createTopic(this.topic, PARTITIONS);
    await Promise.all(this.servers.map((server) => server.start()));
    const operator = new Operator({ url: this.servers[0]!.url, token: OPS_TOKEN });
    for (const id of restaurants)
      await operator.setUp({ id, name: id, timeZone: 'Europe/London', stations } as unknown as Restaurant);
    const stationIds = new Map(
      (
        await this.database.rows<{ id: string; key: string }>(
          "SELECT id, restaurant_id || '/' || name AS key FROM stations",
        )
      ).map(({ id, key }) => [key, id]),
    );
    for (const [i, server] of this.servers.entries()) {
      const url = `http://127.0.0.1:${server.links.web.port}`;
      for (const { role, restaurantId, station } of screensAt(i)) {
        const device = await operator.pair({ name: `${role} ${i}`, restaurantId, role, ...(station && { station }) });
        this.screens.push(
          new Screen({
            name: `${role} of ${restaurantId} at server ${i}`,
            url,
            device,
            restaurantId,
            stationId: station ? stationIds.get(`${restaurantId}/${station}`)! : null,
          }),
        );
      }
    }
    say(`${this.servers.length} servers and ${this.screens.length} screens are up`);
  }

  /** Screens of servers that run. */
  get liveScreens(): Screen[] {
    return this.screens.filter(
      (_, i) => this.servers[Math.floor(i / (this.screens.length / this.servers.length))]!.running,
    );
  }

  /** Starts the load: orders arrive and change, and cooks bump. */
  begin(): void {
    this.load.start();
    const cooks = this.screens.filter(({ options }) => options.stationId !== null);
    this.#taps = setInterval(() => {
      if (this.#tapping.size >= cooks.length) return;
      const tap = this.chance
        .pick(cooks)
        .bumpOldest()
        .finally(() => {
          this.#tapping.delete(tap);
        });
      this.#tapping.add(tap);
    }, 400);
  }

  /** Stops the load. Resolves when every event is in the topic and every tap has its answer. */
  async end(): Promise<void> {
    this.load.stop();
    clearInterval(this.#taps);
    await this.platform.flush();
    await Promise.allSettled(this.#tapping);
  }

  /** The database is about to lose its tail: before that, since screens are told within a moment of it. */
  expectLoss(): void {
    this.watch.letGoBack(Infinity);
    for (const screen of this.screens) screen.letGoBack();
  }

  /**
   * The database has lost everything since then (by Date.now()). Taps of that time are gone: the kitchen sees those
   * tickets again.
   * @returns how many taps
   */
  loseTail(since: number): number {
    this.watch.letGoBack();
    return this.screens.reduce((sum, screen) => sum + screen.forgetTaps(since), 0);
  }

  // ---- the topic

  get topics(): number {
    return this.#topics;
  }

  async produced(): Promise<Produced[]> {
    const now = await readTopic(this.options.ground.kafka.brokers, this.topic, this.#topics - 1);
    const told = new Set(this.#former.map(({ topic, partition, offset }) => `${topic}/${partition}/${offset}`));
    return [
      ...this.#former,
      ...now.filter(({ topic, partition, offset }) => !told.has(`${topic}/${partition}/${offset}`)),
    ];
  }

  /** Stores the topic's messages before some of them vanish. */
  async remember(): Promise<void> {
    const messages = await this.produced();
    this.#former.splice(0, Infinity, ...messages);
  }

  /** Counts another topic, which will be created now. */
  nextTopic(): void {
    this.#topics += 1;
  }

  admin<T>(use: Parameters<typeof withAdmin<T>>[1]): Promise<T> {
    return withAdmin(this.options.ground.kafka.brokers, use);
  }

  async close(): Promise<void> {
    await this.watch.stop();
    this.load.stop();
    clearInterval(this.#taps);
    for (const screen of this.screens) screen.close();
    await this.options.ground.heal();
    await Promise.all(this.servers.map((server) => server.kill()));
    await this.platform.close();
    await this.options.ground.heal();
  }
}

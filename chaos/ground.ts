// The ground of all runs: a real PostgreSQL and a real Kafka, and for each server process the proxies through which it
// reaches them. The ports stay the same while the programs behind them are killed, restarted or replaced.
import path from 'node:path';
import { startKafka } from '../scripts/local/kafka.mjs';
import { startPostgres } from '../scripts/local/postgres.mjs';
import { freePort, removedInTheEnd, temporaryDirectory } from '../scripts/local/process.mjs';
import { makeAuthority } from '../test/certificates.ts';
import { HOST, password, passwordSettings, scramUsers, username } from '../test/secure-door.ts';
import { noteStatements } from './cuts.ts';
import { Proxy } from './proxy.ts';

const SLOTS = 3;

export type Postgres = Awaited<ReturnType<typeof startPostgres>>;
type Kafka = Awaited<ReturnType<typeof startKafka>>;

/** The proxies between one server process and its neighbours. */
export interface Links {
  database: Proxy;
  kafka: Proxy;
  api: Proxy;
  /** The proxy between the server's screens and the server. */
  web: Proxy;
  /** The port on which the server itself listens. */
  port: number;
}

export class Ground {
  postgres!: Postgres;
  kafka!: Kafka;
  readonly links: Links[] = [];
  /** The port of the run's order API. */
  apiPort = 0;
  /** The broker's extra listeners, one for each server process. */
  readonly #doors: number[] = [];
  readonly #undo: (() => unknown)[] = [];
  #postgresPort = 0;
  #kafkaPort = 0;
  #clusters = 0;

  readonly #authority = makeAuthority('the authority of the chaos runs');

  private constructor(
    readonly directory: string,
    private readonly tls: boolean,
  ) {}

  /** @param tls the servers come to the brokers by TLS and a password */
  static async open({ tls = false } = {}): Promise<Ground> {
    const directory = temporaryDirectory('chaos');
    const ground = new Ground(directory, tls);
    ground.#undo.push(removedInTheEnd(directory));
    try {
      await ground.#start();
      return ground;
    } catch (error) {
      await ground.close();
      throw error;
    }
  }

  async #start(): Promise<void> {
    this.#postgresPort = await freePort();
    this.#kafkaPort = await freePort();
    for (let slot = 0; slot < SLOTS; slot += 1) {
      this.#doors.push(await freePort());
      const port = await freePort();
      const [database, kafka, api, web] = await Promise.all([
        new Proxy(() => this.postgres.port).listen(),
        new Proxy(() => this.#doors[slot]!).listen(),
        new Proxy(() => this.apiPort).listen(),
        new Proxy(() => port).listen(),
      ]);
      database.observe = noteStatements;
      this.links.push({ database, kafka, api, web, port });
      this.#undo.push(() => Promise.all([database, kafka, api, web].map((proxy) => proxy.close())));
    }
    this.#undo.push(
      () => this.kafka?.stop(),
      () => this.postgres?.stop(),
    );
    await Promise.all([this.startPostgres(), this.startKafka()]);
  }

  /**
   * Starts PostgreSQL on the same port and, unless another is given, on the same data. The former one must have ended.
   */
  async startPostgres({
    dataDir = path.join(this.directory, 'postgres'),
    settings = {},
  }: { dataDir?: string; settings?: Record<string, string> } = {}): Promise<void> {
    this.postgres = await startPostgres({
      dataDir,
      port: this.#postgresPort,
      logFile: path.join(this.directory, 'postgres.log'),
      settings,
    });
  }

  /** From now on the servers' proxies lead to this one. */
  usePostgres(postgres: Postgres): void {
    this.postgres = postgres;
  }

  /** Starts Kafka on the same port and data. The former one must have ended. */
  async startKafka(): Promise<void> {
    this.kafka = await startKafka({
      dataDir: path.join(this.directory, `kafka-${this.#clusters}`),
      port: this.#kafkaPort,
      logFile: path.join(this.directory, 'kafka.log'),
      doors: this.#doors.map((port, slot) => ({
        name: `DOOR${slot}`,
        port,
        advertisedPort: this.links[slot]!.kafka.port,
        ...(this.tls && { advertisedHost: HOST, protocol: 'SASL_SSL', settings: passwordSettings(this.#authority) }),
      })),
      scramUsers: this.tls ? scramUsers : [],
    });
  }

  /** The variables of a server that comes to the brokers through this port. */
  kafkaVariables(port: number): Record<string, string> {
    if (!this.tls) return { KAFKA_BROKERS: `127.0.0.1:${port}` };
    return {
      KAFKA_BROKERS: `${HOST}:${port}`,
      KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
      KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512',
      KAFKA_SASL_USERNAME: username,
      KAFKA_SASL_PASSWORD: password,
      KAFKA_CA: this.#authority.pem,
    };
  }

  /** Starts an empty cluster in the place of the old one, which must have ended. */
  async startAnotherKafka(): Promise<void> {
    this.#clusters += 1;
    await this.startKafka();
  }

  /** Registers a step for the end, when nothing runs any more. */
  finally(step: () => unknown): void {
    this.#undo.splice(1, 0, step);
  }

  get postgresLog(): string {
    return path.join(this.directory, 'postgres.log');
  }

  async heal(): Promise<void> {
    for (const { database, kafka, api, web } of this.links)
      await Promise.all([database, kafka, api, web].map((proxy) => proxy.heal()));
  }

  async close(): Promise<void> {
    for (const step of this.#undo.splice(0).toReversed())
      await Promise.resolve()
        .then(step)
        .catch((error: unknown) => console.error(error));
  }
}

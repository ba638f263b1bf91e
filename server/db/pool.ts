// The one pool of connections. A connection goes back to it clean or not at all: after an error, a time-out or inside an
// open transaction it ends, since its next borrower would go on in the former one's transaction. And all connections lead
// to one database that takes changes: once a new one finds another, the older ones end, and all of them end once a change
// was refused as by a read-only one.
import pg from 'pg';
import { diagnose } from './faults.ts';
import { messageOf } from '../errors.ts';
import { notWritable, READ_ONLY, type Identity, type Lineage } from './lineage.ts';

/** As of pg: the state of its transaction, and whether it waits for a statement. */
type Client = pg.PoolClient & {
  getTransactionStatus(): 'I' | 'T' | 'E' | null;
  readyForQuery: boolean;
  connection: { stream: { destroy(): void } };
};
type Callback = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  release: pg.PoolClient['release'],
) => void;

const UNCLEAN = new Error('the connection was not clean');

export class CleanPool extends pg.Pool {
  readonly #clients = new Set<Client>();
  readonly #failed = new WeakSet<pg.PoolClient>();
  /** A change was refused by a read-only database. */
  readonly #refused: () => void;

  constructor(config: pg.PoolConfig, lineage?: Lineage) {
    super({
      ...config,
      ...(lineage && { onConnect: (client: pg.ClientBase) => this.#identify(client as Client, lineage) }),
    } as pg.PoolConfig);
    this.on('connect', (client) => {
      this.#clients.add(client as Client);
      this.#watch(client as Client);
    });
    this.on('remove', (client) => this.#clients.delete(client as Client));
    lineage?.onRefusal(() => this.#endAll());
    this.#refused = () => (lineage ? lineage.refuse() : this.#endAll());
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Callback): void;
  override connect(callback?: Callback): Promise<pg.PoolClient> | void {
    if (!callback) return super.connect().then((client) => this.#guarded(client as Client));
    super.connect((error: Error | undefined, client: pg.PoolClient | undefined, release: Client['release']) => {
      if (client) this.#guarded(client as Client);
      callback(error, client, client ? client.release : release);
    });
  }

  #watch(client: Client): void {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    const look = (error: unknown) => {
      if ((error as { code?: unknown } | null)?.code === READ_ONLY) this.#refused();
    };
    client.query = ((...args: unknown[]) => {
      const answer = args.at(-1);
      if (typeof answer === 'function')
        args[args.length - 1] = (error: unknown, ...more: unknown[]) => {
          look(error);
          return answer(error, ...more);
        };
      const result = query(...args);
      if (result instanceof Promise)
        result.catch((error: unknown) => {
          this.#failed.add(client);
          look(error);
        });
      return result;
    }) as Client['query'];
  }

  #endAll(): void {
    for (const client of this.#clients) client.connection.stream.destroy();
  }

  #guarded(client: Client): Client {
    const release = client.release.bind(client);
    client.release = (error) => release(error ?? (this.#isClean(client) ? undefined : UNCLEAN));
    return client;
  }

  #isClean(client: Client): boolean {
    return !this.#failed.has(client) && client.readyForQuery && client.getTransactionStatus() === 'I';
  }

  /** @throws for a database that takes no changes: its data may be old */
  async #identify(client: Client, lineage: Lineage): Promise<void> {
    const beganAt = performance.now();
    const identity = await client
      .query<Identity>(`SELECT ${lineage.columns}`)
      .then(({ rows }) => rows[0]!)
      .catch((error: unknown) => {
        if (diagnose(error).fault !== 'broken') throw error;
        lineage.notTold(messageOf(error));
        return null;
      });
    if (!identity) return;
    if (!identity.writable) throw notWritable();
    // What is under way in the former database must not end there for us.
    if (identity.lineage !== lineage.current) this.#endAll();
    lineage.observe(identity, beganAt);
  }
}

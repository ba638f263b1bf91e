// Settings that operators change while the server runs; they survive restarts. The table is the truth: each process
// reads it once a second, and at once after a hint.
import type { Bus } from '../db/bus.ts';
import type { PrismaClient } from '../db/client.ts';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { audit } from '../db/audit.ts';
import type { Part } from '../lib/part.ts';
import { Rounds } from '../lib/rounds.ts';
import { troublesOf } from '../lib/troubles.ts';

const POLL_MS = 1000;
const KEY = 'orderApiConcurrency';
export const MAX_CONCURRENCY = 10_000;

/** null: the environment's variable decides. */
export interface SettingValues {
  orderApiConcurrency: number | null;
}

export interface SettingsDeps {
  prisma: PrismaClient;
  bus: Pick<Bus, 'on' | 'publish'>;
  log: Logger;
  defaults: { orderApiConcurrency: number };
}

export class Settings implements Part {
  readonly #listeners = new Set<() => void>();
  #values: SettingValues = { orderApiConcurrency: null };
  #puts = 0;
  readonly #rounds = new Rounds({
    everyMs: POLL_MS,
    work: () => this.#read(),
    watched: () => troublesOf(this.deps.log).watch('settings could not be read; the last ones read hold'),
  });
  #unsubscribe: (() => void) | undefined;

  constructor(private readonly deps: SettingsDeps) {}

  /** @throws where the database cannot be read: to begin with another limit than the one set would break a promise */
  async start(): Promise<void> {
    await this.#read();
    this.#rounds.start();
    this.#unsubscribe = this.deps.bus.on('settings', () => this.#rounds.kick());
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    await this.#rounds.stop();
  }

  values(): SettingValues {
    return this.#values;
  }

  /** The most requests that this process may have in flight to the order API, at this moment. */
  orderApiConcurrency(): number {
    return this.#values.orderApiConcurrency ?? this.deps.defaults.orderApiConcurrency;
  }

  /** Called after the effective value changed. @returns a function that unsubscribes */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Holds in this process when it returns, and in the others some milliseconds later, or within a second where the hint
   * was lost.
   */
  async put({ orderApiConcurrency }: SettingValues, actor: string): Promise<void> {
    this.#puts += 1;
    await this.deps.prisma.$transaction(async (tx) => {
      const before = await tx.setting.findUnique({ where: { key: KEY } });
      if (orderApiConcurrency === null) await tx.$executeRaw`DELETE FROM settings WHERE key = ${KEY}`;
      else
        await tx.$executeRaw`
          INSERT INTO settings (key, value, changed_at)
          VALUES (${KEY}, to_jsonb(${orderApiConcurrency}::int), now())
          ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, changed_at = EXCLUDED.changed_at
        `;
      await audit(tx, actor, 'settings.put', KEY, { from: before?.value ?? null, to: orderApiConcurrency });
    });
    this.#puts += 1;
    this.#take({ orderApiConcurrency });
    this.deps.bus.publish('settings', [KEY]);
  }

  async #read(): Promise<void> {
    const puts = this.#puts;
    const row = await this.deps.prisma.setting.findUnique({ where: { key: KEY } });
    if (puts !== this.#puts) return; // read across a put: the row may be older than the value in force
    const value = row?.value;
    const usable = typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_CONCURRENCY;
    if (row && !usable)
      this.deps.log.warn(
        { key: KEY },
        "a setting in the database is not a value that it can have; the environment's variable holds",
      );
    this.#take({ orderApiConcurrency: usable ? value : null });
  }

  #take(values: SettingValues): void {
    const before = this.orderApiConcurrency();
    this.#values = values;
    if (this.orderApiConcurrency() === before) return;
    this.deps.log.info(
      { orderApiConcurrency: this.orderApiConcurrency() },
      'the limit of requests to the order API changed',
    );
    for (const listener of this.#listeners) {
      try {
        listener();
      } catch (error) {
        this.deps.log.error({ error: messageOf(error) }, 'a listener for settings failed');
      }
    }
  }
}

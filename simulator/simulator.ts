// The simulator's composition root: the platform, life in its restaurants, the page, and the operator's calls for the
// demo.
import { getRequestListener } from '@hono/node-server';
import type { Config } from './config.ts';
import { Crew } from './crew.ts';
import { Life } from './life.ts';
import { Operator } from './operator.ts';
import { pageApp } from './page-app.ts';
import { Platform } from './platform.ts';
import { restaurants } from './restaurants/index.ts';
import { StateFile } from './state-file.ts';

const OPERATOR_RETRY_MS = 1000;

export class Simulator {
  readonly platform: Platform;
  readonly #life: Life;
  readonly #crew: Crew | undefined;
  readonly #state: StateFile | undefined;
  readonly #operator: Operator | undefined;
  readonly #stopped = new AbortController();

  constructor(
    private readonly config: Config,
    private readonly log: (line: string) => void,
  ) {
    const seed = config.seed ?? Date.now() % 4_294_967_296;
    this.platform = new Platform({
      brokers: config.brokers,
      access: config.access,
      topic: config.topic,
      appEnv: config.appEnv,
      seed,
      token: config.token,
      log,
      dials: {
        latencyMs: { min: 5, max: 40 },
        ordersPerMinute: config.ordersPerMinute,
        crew: config.operator !== undefined,
      },
      other: getRequestListener((request) => app.fetch(request)),
    });
    this.#life = new Life(this.platform, restaurants);
    this.#operator = config.operator && new Operator(config.operator);
    this.#crew = this.#operator && new Crew(this.#operator, restaurants, () => this.platform.dials.crew, seed, log);
    this.#state = config.stateFile === undefined ? undefined : new StateFile(config.stateFile, this.platform.book, log);
    const app = pageApp(this.platform, this.#life, restaurants, () => this.#crew?.atWork ?? 0);
  }

  async start(): Promise<void> {
    await this.#state?.start();
    this.platform.announceAll();
    await this.platform.listen(this.config.port, this.config.host);
    this.log(`ordering platform at ${this.platform.url}, its page at ${new URL('/', this.platform.url)}`);
    void this.#setUp();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#life.stop();
    // The state file comes first, because it cannot be recovered and the rest may take longer than the time allowed.
    await this.#state?.stop();
    await Promise.all([this.#crew?.stop(), this.platform.close()]);
  }

  /**
   * Sets up the restaurants before their first orders, if there is an operator. An unknown restaurant would be created
   * with a single station.
   */
  async #setUp(): Promise<void> {
    for (let logged = ''; this.#operator && !this.#stopped.signal.aborted;) {
      try {
        for (const restaurant of restaurants) await this.#operator.setUp(restaurant);
        break;
      } catch (error) {
        const reason = `waiting to set up the restaurants: ${(error as Error).message}`;
        if (reason !== logged) this.log((logged = reason));
        await new Promise((resolve) => {
          setTimeout(resolve, OPERATOR_RETRY_MS);
        });
      }
    }
    if (this.#stopped.signal.aborted) return;
    this.#life.start();
    this.#crew?.start();
  }
}

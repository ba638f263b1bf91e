// The target of replayed orders: a platform of the replay's own, or, if a simulator already has the port, that
// simulator over HTTP.
import { z } from 'zod';
import type { ReplayConfig } from './config.ts';
import type { NewOrder } from './order.ts';
import { Platform } from './platform.ts';

export interface ReplayTarget {
  place(order: NewOrder): Promise<string>;
  change(id: string, change: 'pay' | 'complete'): Promise<void>;
  /** True while messages are not at the broker yet, or the kitchen still requests their orders. */
  busy(): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * @throws ConfigError if no simulator runs and Kafka is not named; NodeJS.ErrnoException EADDRINUSE for a port that
 * another program has
 */
export async function replayTarget(
  { host, port, config }: ReplayConfig,
  log: (line: string) => void,
): Promise<ReplayTarget> {
  const simulator = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  if (await isSimulator(simulator)) {
    log(`a simulator runs at ${simulator}: the orders are handed to it`);
    return new RunningSimulator(simulator);
  }
  const { brokers, access, topic, appEnv, token, seed = 1 } = config();
  const platform = await new Platform({ brokers, access, topic, appEnv, token, seed, log }).listen(port, host);
  log(`order API at ${platform.url}`);
  return {
    place: (order) => Promise.resolve(platform.place(order).id),
    change: (id, change) => {
      platform.change(id, change);
      return Promise.resolve();
    },
    busy: () =>
      Promise.resolve(
        platform.messagesQueued > 0 || platform.kafkaWaiting !== undefined || platform.traffic.perSecond() > 0,
      ),
    close: () => platform.close(),
  };
}

class RunningSimulator implements ReplayTarget {
  constructor(private readonly url: string) {}

  async place(order: NewOrder): Promise<string> {
    return z.object({ id: z.string() }).parse(await this.#call('/orders', order)).id;
  }

  async change(id: string, change: 'pay' | 'complete'): Promise<void> {
    await this.#call(`/orders/${encodeURIComponent(id)}/changes`, { change });
  }

  /** The running simulator lives on after the replay, with its queue and its answers. */
  busy(): Promise<boolean> {
    return Promise.resolve(false);
  }

  async close(): Promise<void> {}

  async #call(path: string, body: unknown): Promise<unknown> {
    const response = await fetch(`${this.url}${path}`, {
      method: 'POST',
      signal: AbortSignal.timeout(10_000),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok)
      throw new Error(`the simulator answered ${response.status} ${(await response.text()).slice(0, 200)}`);
    return response.json();
  }
}

async function isSimulator(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/livez`, { signal: AbortSignal.timeout(2000) });
    return ((await response.json()) as { simulator?: string }).simulator === 'ordering-platform';
  } catch {
    return false;
  }
}

// The background work of this process that fails again and again. A first failure is usually a moment's, and the next
// round mends it. Failures that go on are said aloud, once a minute, and operators see them in the pipeline.
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';

/** From this many failures in a row on it is a trouble. */
const FAILURES = 3;
const SAID_EVERY_MS = 60_000;

/** @property name a sentence for an operator, such as `old orders could not be archived` */
export interface Trouble {
  name: string;
  /** How often it failed in a row. */
  failures: number;
  /** RFC 3339: the first of these failures. */
  since: string;
  /** The last error, in words. */
  error: string;
}

/** One kind of background work. Call one of the two after each round. */
export interface TroubleWatch {
  failed: (error: unknown) => void;
  worked: () => void;
}

type Log = Pick<Logger, 'debug' | 'warn' | 'info'>;

export class Troubles {
  readonly #failing = new Map<string, Trouble & { saidAt: number; after: number }>();

  constructor(
    private readonly log: Log,
    private readonly now: () => number = Date.now,
  ) {}

  /** The work that is in trouble now, the longest first. */
  list(): Trouble[] {
    return [...this.#failing.values()]
      .filter(({ failures, after }) => failures >= after)
      .map(({ saidAt: _, after: __, ...trouble }) => trouble);
  }

  /** @param after from this many failures in a row on it is a trouble: 1 for one that no next round mends */
  watch(name: string, { after = FAILURES } = {}): TroubleWatch {
    return { failed: (error) => this.#failed(name, error, after), worked: () => this.#worked(name) };
  }

  #failed(name: string, error: unknown, after: number): void {
    const before = this.#failing.get(name);
    const trouble = {
      name,
      failures: (before?.failures ?? 0) + 1,
      since: before?.since ?? new Date(this.now()).toISOString(),
      error: messageOf(error),
      saidAt: before?.saidAt ?? -Infinity,
      after,
    };
    this.#failing.set(name, trouble);
    const { failures, since } = trouble;
    if (failures < after) this.log.debug({ error: trouble.error }, name);
    else if (this.now() - trouble.saidAt >= SAID_EVERY_MS) {
      trouble.saidAt = this.now();
      this.log.warn({ error: trouble.error, failures, since }, name);
    }
  }

  #worked(name: string): void {
    const before = this.#failing.get(name);
    if (before && this.#failing.delete(name) && before.failures >= before.after)
      this.log.info({ failures: before.failures, since: before.since }, `over: ${name}`);
  }
}

const all = new WeakMap<Log, Troubles>();

/** The troubles of the process that writes this log: there is one log in a process, and every part has it. */
export function troublesOf(log: Log): Troubles {
  let troubles = all.get(log);
  if (!troubles) all.set(log, (troubles = new Troubles(log)));
  return troubles;
}

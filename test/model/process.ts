// One server process of the model: a real intake, real lanes and a real retry worker. Each of their calls to the world
// outside waits until the script carries it out: in any order, late, or never.
import { Intake } from '../../server/ingest/intake.ts';
import { Lanes } from '../../server/ingest/lanes.ts';
import type { RejectedMessages } from '../../server/ingest/rejected.ts';
import { createLogger } from '../../server/logger.ts';
import type { FetchResult } from '../../server/fetch/fetch-queue.ts';
import type { SettleResult } from '../../server/settle/settle.ts';
import type { Settlement } from '../../server/settle/settlement.ts';
import { RetryWorker } from '../../server/retry/worker.ts';
import { must } from './rules.ts';
import type { Answer } from './script.ts';
import type { Store } from './store.ts';
import { APP_ENV, type Message, type Upstream } from './upstream.ts';

export interface How {
  hold: boolean;
  answer: Answer;
}

export interface Call {
  process: Process;
  what: string;
  /** It is with the database: it may be carried out though its process is frozen or dead. */
  remote: boolean;
  run: (how: How) => Promise<void>;
}

export interface Surroundings {
  store: Store;
  upstream: Upstream;
  calls: Call[];
  now: () => number;
  /** Keeps the first broken rule: an error thrown inside the server's code is caught there. */
  rule: (check: () => void) => void;
}

const log = createLogger('silent');
const APPETITE = 2;

export class Process {
  state: 'up' | 'frozen' | 'dead' = 'up';
  /** Of the group, as far as this process knows. */
  generation = 0;
  readonly intake: Intake;
  readonly lanes: Lanes;
  readonly worker: RetryWorker;
  /** Partition -> the next offset to read, of those that it believes to have. */
  #positions = new Map<number, number>();
  /** Orders that it has read since it joined. */
  #read = new Set<string>();

  constructor(
    readonly slot: number,
    private readonly world: Surroundings,
    width: number,
  ) {
    const { store } = world;
    const [laneCall, tryCall] = [
      this.#oneAtATime('a lane does one thing at a time'),
      this.#oneAtATime('a process tries an order once at a time'),
    ];
    this.lanes = new Lanes({
      look: (orderIds) => this.#ask('look', () => store.look(orderIds)),
      fetch: (orderId, onStart) => {
        world.rule(() =>
          must(this.#read.has(orderId), 'what an assignment that is over has left is not begun', orderId),
        );
        return laneCall(orderId, this.#fetch(orderId, onStart));
      },
      settle: (settlement) => laneCall(settlement.orderId, this.#settle(settlement)),
      appetite: () => APPETITE,
      pause: () => this.#ask('pause', async () => {}),
      now: world.now,
    });
    const rejected = { keep: (rejection) => this.#ask('keep', () => store.keep(rejection), true) } satisfies Pick<
      RejectedMessages,
      'keep'
    >;
    this.intake = new Intake({ appEnv: APP_ENV, lanes: this.lanes, rejected: rejected as RejectedMessages, log });
    this.worker = new RetryWorker({
      renew: async () => {},
      log,
      serviceDown: () => false,
      width: () => width,
      claim: (free, trying) => this.#ask('claim', () => store.claim(free, trying), true),
      fetch: (orderId) =>
        tryCall(
          orderId,
          this.#fetch(orderId, () => {}),
        ),
      settle: (settlement) => tryCall(settlement.orderId, this.#settle(settlement)),
    });
  }

  /** Its assignment is over. */
  leave(): void {
    this.intake.endEpoch();
    this.#positions.clear();
    this.#read.clear();
  }

  begin(generation: number, partitions: readonly number[], committed: ReadonlyMap<number, number>): void {
    this.generation = generation;
    this.intake.beginEpoch(1, partitions);
    this.#positions = new Map(partitions.map((partition) => [partition, committed.get(partition) ?? 0]));
  }

  /** @returns whether there was anything to read */
  poll(partition: number, count: number): boolean {
    const from = this.#positions.get(partition);
    if (from === undefined || this.state !== 'up') return false;
    const read: Message[] = this.world.upstream.partitions[partition]!.filter(
      ({ record }) => record.offset >= from,
    ).slice(0, count);
    if (!read.length) return false;
    for (const { orderId } of read) this.#read.add(orderId);
    this.#positions.set(partition, read.at(-1)!.record.offset + 1);
    this.intake.admit(
      partition,
      read.map(({ record }) => record),
    );
    return true;
  }

  #settle(settlement: Settlement): Promise<SettleResult> {
    return this.#ask('settle', () => this.world.store.settle(settlement, this.slot), true);
  }

  #fetch(orderId: string, onStart: () => void): Promise<FetchResult> {
    const { calls, upstream } = this.world;
    return new Promise((resolve) => {
      calls.push({
        process: this,
        what: 'fetch',
        remote: false,
        run: async (how) => {
          onStart();
          const then = upstream.newest(orderId);
          const answered = async ({ answer }: How) => resolve(upstream.answer(orderId, answer, then));
          if (how.hold) calls.push({ process: this, what: 'answer', remote: false, run: answered });
          else await answered(how);
        },
      });
    });
  }

  #ask<T>(what: string, work: () => Promise<T>, remote = false): Promise<T> {
    const { calls } = this.world;
    return new Promise((resolve) => {
      calls.push({
        process: this,
        what,
        remote,
        run: async ({ hold }) => {
          const value = await work();
          if (this.state === 'dead') return;
          if (hold || this.state === 'frozen')
            calls.push({ process: this, what: `${what} answered`, remote: false, run: async () => resolve(value) });
          else resolve(value);
        },
      });
    });
  }

  #oneAtATime(rule: string): <T>(orderId: string, doing: Promise<T>) => Promise<T> {
    const busy = new Set<string>();
    return (orderId, doing) => {
      this.world.rule(() => must(!busy.has(orderId), rule, orderId));
      busy.add(orderId);
      return doing.finally(() => {
        busy.delete(orderId);
      });
    };
  }
}

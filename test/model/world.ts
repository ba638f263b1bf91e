// The world of the model: a topic with its group, processes, an order service and operators, over a store. Carries out
// a script step by step, then makes everything well again, and sees that nothing is missing.
import { turns } from '../made.ts';
import { CheckedStore } from './checked-store.ts';
import { checkEnd } from './end.ts';
import { Group } from './group.ts';
import { Process, type Call, type How, type Surroundings } from './process.ts';
import { fatesOf, must } from './rules.ts';
import { PARTITIONS, PROCESSES, type Answer, type Script, type Step } from './script.ts';
import { TIME_STEP_MS, type Rows, type Store } from './store.ts';
import { Upstream } from './upstream.ts';

/** Rounds in which everything that waits is carried out: far more than the longest row of tries needs. */
const ROUNDS = 150;
const WELL: How = { hold: false, answer: 'now' };

export interface ModelWorldOptions {
  /** Tries at once, in one process. */
  width?: number;
  /** Called after each step with all rows. */
  onStep?: (step: string, rows: Rows) => void;
}

export class ModelWorld implements Surroundings {
  readonly store: CheckedStore;
  readonly upstream: Upstream;
  readonly calls: Call[] = [];
  /** How often each thing happened that a history is to be about. */
  readonly happened = new Map<string, number>();
  readonly #processes: (Process | undefined)[] = [];
  readonly #group = new Group();
  readonly #discarded = new Set<string>();
  #clock = 0;
  #broken: unknown;

  constructor(
    store: Store,
    private readonly script: Script,
    private readonly options: ModelWorldOptions = {},
  ) {
    this.upstream = new Upstream(script);
    this.store = new CheckedStore(
      store,
      script.versions !== 'never',
      (place) => this.upstream.revisionOf(place),
      (what) => this.#count(what),
    );
  }

  now = (): number => this.#clock;
  rule = (check: () => void): void => {
    try {
      check();
    } catch (error) {
      this.#broken ??= error;
    }
  };

  /** @throws RuleBroken */
  async run(): Promise<void> {
    this.#start(0);
    this.#start(1);
    await this.#runAll(WELL);
    for (const step of this.script.steps) {
      this.#clock += 1;
      await this.#do(step);
      await this.#rest();
      this.options.onStep?.(JSON.stringify(step), await this.store.rows());
    }
    await this.#finish();
    this.options.onStep?.('the end', await this.store.rows());
  }

  async #do(step: Step): Promise<void> {
    const process = 'process' in step ? this.#processes[step.process] : undefined;
    switch (step.do) {
      case 'change':
        this.upstream.change(step.order, step.status);
        for (const process of this.#processes)
          if (step.read && process?.poll(step.order % PARTITIONS, 3)) await this.#rest();
        return undefined;
      case 'replay':
        return this.upstream.replay(step.order, step.which);
      case 'garbage':
        return this.upstream.garbage(step.order);
      case 'ill':
        return this.upstream.setIll(step.order, step.ill);
      case 'poll':
        process?.poll(step.partition, step.count);
        return undefined;
      case 'run':
        return this.#runOne(step.which, step);
      case 'runAll':
        for (let i = 1; i <= step.rounds; i += 1)
          await this.#runAll({ hold: step.hold && i === step.rounds, answer: step.answer }, step.newestFirst);
        return undefined;
      case 'look':
        if (process?.state === 'up') process.worker.kick();
        return undefined;
      case 'commit':
        return process && this.#commit(process);
      case 'time':
        return this.#passTime();
      case 'hours':
        for (let i = 1; i <= step.waits; i += 1) await this.#nextTries(step.answer, step.hold && i === step.waits);
        return undefined;
      case 'kill':
        return process && this.#kill(process, step.lost);
      case 'start':
        return process ? undefined : this.#start(step.process);
      case 'freeze':
        if (process) {
          process.state = 'frozen';
          this.#group.stale = true;
        }
        return undefined;
      case 'thaw':
        if (process) this.#thaw(process);
        return undefined;
      case 'rebalance':
        return this.#rebalance(step.shift);
      case 'operator':
        return this.#operate(step.says, step.which);
    }
  }

  // ---- calls

  #runnable(): Call[] {
    return this.calls.filter(({ process, remote }) => process.state === 'up' || remote);
  }

  async #runOne(which: number, how: How): Promise<void> {
    const runnable = this.#runnable();
    if (runnable.length) await this.#carryOut(runnable[which % runnable.length]!, how);
  }

  async #runAll(how: How, newestFirst = false): Promise<void> {
    const runnable = this.#runnable();
    for (const call of newestFirst ? runnable.reverse() : runnable)
      if (this.calls.includes(call)) await this.#carryOut(call, how);
  }

  async #carryOut(call: Call, how: How): Promise<void> {
    this.calls.splice(this.calls.indexOf(call), 1);
    this.#count(`${call.what}${call.process.state === 'up' ? '' : ` of a ${call.process.state} process`}`);
    if (call.what === 'settle' && !this.#group.isCurrent(call.process))
      this.#count('settle of an assignment that is over');
    await call.run(how);
    await this.#rest();
  }

  /**
   * Until nobody can go on without the world. Called after everything that is done to a process, so that each history
   * has one course.
   */
  async #rest(): Promise<void> {
    await turns(4);
    if (this.#broken) throw this.#broken;
  }

  // ---- processes and their group

  #start(slot: number): void {
    this.#processes[slot] = new Process(slot, this, this.options.width ?? 2);
    this.#rebalance(0);
  }

  #kill(process: Process, lost: boolean): void {
    process.state = 'dead';
    this.#processes[process.slot] = undefined;
    this.#group.stale = true;
    for (const call of this.calls.filter((call) => call.process === process && (lost || !call.remote)))
      this.calls.splice(this.calls.indexOf(call), 1);
  }

  #thaw(process: Process): void {
    if (process.state !== 'frozen') return;
    process.state = 'up';
    if (!this.#group.has(process)) this.#rebalance(0);
  }

  #rebalance(shift: number): void {
    const members = this.#processes.flatMap((process) => (process?.state === 'up' ? [process] : []));
    this.#group.rebalance(members, shift, this.calls);
  }

  async #commit(process: Process): Promise<void> {
    if (process.state === 'up' && this.#group.isCurrent(process))
      this.#group.commit(process, new Set(fatesOf(await this.store.rows())), this.upstream);
  }

  async #passTime(): Promise<void> {
    this.#clock += TIME_STEP_MS;
    await this.store.passTime();
    if (this.#group.stale) this.#rebalance(0);
  }

  /** The longest wait goes by, and everything that is due is claimed, fetched and settled. */
  async #nextTries(answer: Answer, hold: boolean): Promise<void> {
    await this.#passTime();
    await this.#passTime();
    await this.#kickAll();
    await this.#runAll(WELL);
    await this.#runAll({ hold, answer });
    if (!hold) await this.#runAll(WELL);
  }

  async #kickAll(): Promise<void> {
    for (const process of this.#processes)
      if (process?.state === 'up') {
        process.worker.kick();
        await this.#rest();
      }
  }

  async #operate(says: 'retry' | 'discard', which: number): Promise<void> {
    const live = (await this.store.rows()).parked.filter(({ state }) => state === 'PARKED' || state === 'FAILED');
    const row = live[which % Math.max(1, live.length)];
    if (!row) return;
    this.#count(`${says} of a ${row.state} message`);
    if (says === 'discard') this.#discarded.add(`${row.partition}/${row.offset}`);
    await this.store.operate(says, row.id);
  }

  // ---- the end

  /** Everything is well again, and operators retry all that had FAILED: now nothing may be missing. */
  async #finish(): Promise<void> {
    this.upstream.heal();
    for (const process of this.#processes) if (process) this.#thaw(process);
    if (!this.#processes.some(Boolean)) this.#start(PROCESSES - 1);
    this.#rebalance(1);
    await this.#drain();
    const { parked } = await this.store.rows();
    for (const { id, state } of parked) if (state === 'FAILED') await this.store.operate('retry', id);
    await this.#drain();
    const rows = await this.store.rows();
    checkEnd({
      rows,
      upstream: this.upstream,
      group: this.#group,
      processes: this.#processes.filter((process) => process !== undefined),
      discarded: this.#discarded,
    });
    for (const { kind } of rows.history) this.#count(kind);
    if (rows.parked.length) this.#count('a message was parked');
    if (rows.emails.length) this.#count('a message FAILED');
  }

  async #drain(): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      await this.#kickAll();
      await this.#runAll(WELL);
      let read = false;
      for (const process of this.#processes)
        for (let p = 0; process && p < PARTITIONS; p += 1) {
          read = process.poll(p, 5) || read;
          await this.#rest();
        }
      for (const process of this.#processes) if (process) await this.#commit(process);
      // A worker that was asked to look while it looked looks once more.
      await this.#runAll(WELL);
      if (read || this.#runnable().some(({ what }) => what !== 'claim')) continue;
      if (!(await this.store.rows()).parked.some(({ state }) => state === 'PARKED') && !this.calls.length) return;
      if (round % 3 === 2) await this.#passTime();
    }
    must(false, 'everything comes to an end', {
      calls: this.calls.map(({ what, process }) => `${what} ${process.slot} ${process.state}`),
      parked: (await this.store.rows()).parked,
    });
  }

  #count(what: string): void {
    this.happened.set(what, (this.happened.get(what) ?? 0) + 1);
  }
}

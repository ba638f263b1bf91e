// Tries settlements until the database has them, and decides whose fault an error is.
//
//   the database is away or broken --> the batch is tried again, as it is; nobody is parked
//   the batch takes too long ---------> a second try, then it stands aside: in halves, in halves of these, until the one
//                                       order that takes too long is alone; all others go on
//   an order's data is refused -------> halves at once, until that order is alone: it is parked with the reason
//   several orders are refused alike -> it is the database's fault: they are parked, too, but no attempt counts
import { setTimeout as sleep } from 'node:timers/promises';
import { diagnose, type Diagnosis } from '../db/faults.ts';
import { messageOf } from '../errors.ts';
import { MicroBatch } from '../lib/micro-batch.ts';
import type { Logger } from '../logger.ts';
import type { SettleResult } from './settle.ts';
import type { Settlement } from './settlement.ts';
import { Refusals } from './refusals.ts';

export interface PersistenceDeps {
  log: Logger;
  /** One transaction. @throws the error of the database */
  settleOnce: (settlements: Settlement[]) => Promise<SettleResult[]>;
}

/**
 * The most orders in one transaction, and the most messages of them all. They bound the time that a new order waits for
 * the transactions before it.
 */
const BATCH = 100;
const BATCH_MESSAGES = 2000;
/** Waits between tries while the database is away, in ms. */
const PAUSES = [100, 250, 500, 1000, 2000];
/** Waits before an order that stands aside alone is tried again, in ms. */
const ASIDE_PAUSES = [250, 500, 1000, 2000, 5000, 10_000];
/** A batch that takes too long is tried so often as it is: the database may have had a bad moment. */
const TRIES_AS_IT_IS = 2;
/** SQLSTATE of a row that refers to one that is not there. */
const FOREIGN_KEY = '23503';

/** A settlement that gives way to the others. */
interface Aside {
  settlement: Settlement;
  /** The most messages of a batch that it may be in. */
  share: number;
  /** How often it was tried alone. */
  tries: number;
}

export class Persistence {
  readonly #batches: MicroBatch<Settlement, SettleResult | Aside>;
  readonly #asides: MicroBatch<Aside, SettleResult | Aside>;
  readonly #refusals = new Refusals();
  #trouble: string | null = null;
  #stopped = false;

  constructor(private readonly deps: PersistenceDeps) {
    this.#batches = new MicroBatch((settlements) => this.#persist(settlements, new Map()), {
      maxSize: BATCH,
      weightOf: ({ before, during }) => before.length + during.length,
      maxWeight: BATCH_MESSAGES,
      width: 2,
      keyOf: ({ orderId }) => orderId,
    });
    this.#asides = new MicroBatch((asides) => this.#persistAside(asides), {
      maxSize: BATCH,
      weightOf: ({ settlement, share }) => messagesOf(settlement) / share,
      maxWeight: 1,
      width: 1,
      keyOf: ({ settlement }) => settlement.orderId,
    });
  }

  /** Why the database takes no orders, in words for an operator; null while it does. */
  get trouble(): string | null {
    return this.#trouble;
  }

  /** Resolves when the database has it. Rejects only after stop(). */
  async settle(settlement: Settlement): Promise<SettleResult> {
    let result = await this.#batches.add(settlement);
    while ('share' in result) {
      if (result.tries) await sleep(ASIDE_PAUSES[Math.min(result.tries, ASIDE_PAUSES.length) - 1]);
      if (this.#stopped) throw new Error('the process stops');
      result = await this.#asides.add(result);
    }
    return result;
  }

  stop(): void {
    this.#stopped = true;
  }

  #persistAside(asides: Aside[]): Promise<(SettleResult | Aside)[]> {
    return this.#persist(
      asides.map(({ settlement }) => settlement),
      new Map(asides.map(({ settlement, tries }) => [settlement.orderId, tries])),
    );
  }

  /** @param aside how often each was tried alone; empty for a batch that does not stand aside */
  async #persist(settlements: Settlement[], aside: ReadonlyMap<string, number>): Promise<(SettleResult | Aside)[]> {
    for (let tries = 0, slow = 0; ; tries += 1) {
      // Those of an assignment that is over are read again, and must not come before what is read again.
      if (!settlements.every(isWanted)) return this.#persistWanted(settlements, aside);
      try {
        const results = await this.deps.settleOnce(settlements);
        this.#recovered();
        return results;
      } catch (error) {
        if (this.#stopped) throw error;
        if (!settlements.every(isWanted)) continue;
        const diagnosis = diagnose(error);
        // A fault of ours in the reading of one order.
        const ours = error instanceof TypeError || error instanceof RangeError;
        if (diagnosis.fault === 'away' || diagnosis.fault === 'broken')
          await this.#wait(settlements, error, diagnosis, tries);
        // A restaurant that we knew may be gone, and is made again.
        else if ((diagnosis.state === FOREIGN_KEY || ours) && tries === 0) await pause(tries);
        else if (diagnosis.fault === 'data' || ours) return this.#refused(settlements, error, diagnosis, aside);
        else {
          slow += 1;
          if (slow >= TRIES_AS_IT_IS || aside.size) return this.#asideFor(settlements, error, aside);
          this.#warn(settlements, error, 'a batch took too long; it is tried again');
          await pause(tries);
        }
      }
    }
  }

  async #persistWanted(
    settlements: Settlement[],
    aside: ReadonlyMap<string, number>,
  ): Promise<(SettleResult | Aside)[]> {
    const wanted = settlements.filter(isWanted);
    const results = wanted.length ? await this.#persist(wanted, aside) : [];
    const byOrder = new Map(wanted.map(({ orderId }, i) => [orderId, results[i]!]));
    return settlements.map(
      ({ orderId, before, during }) =>
        byOrder.get(orderId) ?? { again: [...before, ...during], fates: {}, parked: false },
    );
  }

  #recovered(): void {
    if (this.#trouble !== null) this.deps.log.info({ trouble: this.#trouble }, 'the database takes orders again');
    this.#trouble = null;
  }

  async #wait(settlements: Settlement[], error: unknown, { fault, state }: Diagnosis, tries: number): Promise<void> {
    const trouble =
      fault === 'away'
        ? 'the database takes no orders'
        : `the database is not as it should be, and takes no orders until it is mended: ${state ?? ''} ${messageOf(error)}`;
    if (fault === 'broken' && this.#trouble !== trouble)
      this.deps.log.error(
        { state, error: messageOf(error), orders: settlements.length },
        'the database has to be mended',
      );
    else if (tries % 10 === 0) this.#warn(settlements, error, 'the database did not take a batch; trying again');
    this.#trouble = trouble;
    await pause(tries);
  }

  #warn(settlements: Settlement[], error: unknown, words: string): void {
    this.deps.log.warn({ error: messageOf(error), orders: settlements.length }, words);
  }

  /** Halved by messages: an order with very many of them is alone at once. */
  #asideFor(settlements: Settlement[], error: unknown, aside: ReadonlyMap<string, number>): Aside[] {
    const [only] = settlements;
    if (settlements.length === 1) {
      const tries = (aside.get(only!.orderId) ?? 0) + 1;
      if (tries % 10 === 1)
        this.deps.log.error(
          { error: messageOf(error), orderId: only!.orderId, messages: messagesOf(only!), tries },
          'an order cannot be settled; it is tried again, and all others go on',
        );
      return [{ settlement: only!, share: 1, tries }];
    }
    this.#warn(settlements, error, 'a batch took too long; it is halved, and the others go on');
    const share = Math.max(1, settlements.reduce((sum, one) => sum + messagesOf(one), 0) / 2);
    return settlements.map((settlement) => ({ settlement, share, tries: 0 }));
  }

  /** The data of one order is refused. Half the batch at a time is tried, until that order is alone. */
  async #refused(
    settlements: Settlement[],
    error: unknown,
    diagnosis: Diagnosis,
    aside: ReadonlyMap<string, number>,
  ): Promise<(SettleResult | Aside)[]> {
    const { log } = this.deps;
    if (settlements.length > 1) {
      const half = settlements.length >> 1;
      return [
        ...(await this.#persist(settlements.slice(0, half), aside)),
        ...(await this.#persist(settlements.slice(half), aside)),
      ];
    }
    const settlement = settlements[0]!;
    const { orderId, finding } = settlement;
    // Nothing of it can be left out. Only this order waits.
    if (finding.kind !== 'detail') return this.#asideFor(settlements, error, aside);
    const outage = this.#refusals.isAlike(orderId, diagnosis);
    log.error(
      { error: messageOf(error), orderId, state: diagnosis.state, constraint: diagnosis.constraint },
      outage
        ? 'the database refuses several orders alike: they wait, and no attempt counts'
        : 'an order was refused by the database; its message is parked',
    );
    return this.#persist(
      [
        {
          ...settlement,
          finding: { kind: 'failed', reason: `the database refused the order: ${messageOf(error)}`, outage },
        },
      ],
      aside,
    );
  }
}

const isWanted = ({ wanted }: Settlement) => wanted?.() ?? true;
const messagesOf = ({ before, during }: Settlement) => Math.max(1, before.length + during.length);
const pause = (tries: number) => sleep(PAUSES[Math.min(tries, PAUSES.length - 1)]);

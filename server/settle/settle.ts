// Settles orders. One transaction for each micro-batch locks the lanes, reads, decides, writes, and bumps the revs that
// screens follow. Every transaction takes its locks in one order: lanes by id, then restaurants by id.
import { randomUUID } from 'node:crypto';
import type { Bus } from '../db/bus.ts';
import type { PrismaClient, Sql } from '../db/client.ts';
import { type Mail, writeMail } from '../db/outbox.ts';
import { bumpRevs } from '../feed/changes.ts';
import { positionKey, type OrderEvent, type Position } from '../upstream/message.ts';
import { saveOrders } from '../order/order-rows.ts';
import type { Logger } from '../logger.ts';
import { TOGETHER } from '../protocol/facts.ts';
import type { BackoffPolicy } from './backoff.ts';
import { decide, type DecideContext } from './decide.ts';
import { ensureRestaurants } from './discover.ts';
import { endFormerLives, toldOfFormer, writtenOf } from './lives.ts';
import { movesOf, readOrigins, tellOrigins } from './moves.ts';
import { countDown } from './count-down.ts';
import { Persistence } from './persistence.ts';
import { lockLanes, readLocked, type Locked } from './settle-read.ts';
import { TakenOff } from './taken-off.ts';
import { writeDecisions, type Decided, type FetchRow } from './settle-write.ts';
import { UnreadLines } from './unread-lines.ts';
import { nothing, type FetchNote, type LockedOrder, type Settlement } from './settlement.ts';
import type { Part } from '../lib/part.ts';

export interface SettleResult {
  /** Messages that are not settled and need another look. */
  again: OrderEvent[];
  /** How many messages reached each fate. */
  fates: Partial<Record<'APPLIED' | 'COVERED' | 'SUPERSEDED' | 'DISCARDED' | 'PARKED' | 'FAILED', number>>;
  /** The order still has parked messages. */
  parked: boolean;
}

export interface SettlerDeps {
  prisma: PrismaClient;
  bus: Bus;
  log: Logger;
  retry: BackoffPolicy & { maxAttempts: number };
  /** The e-mail for a message that has FAILED. Null: send none. */
  failedEmail: (failed: FailedMessage) => Mail | null;
  /** Moves an order out of the hot tables, where its id is used again. */
  archive: (tx: Sql, orderId: string) => Promise<void>;
  /** The database lacks a message that had ended. */
  onPutBack?: () => void;
  /** A message has come at a position where another message ended: the topic was made again. */
  onTopicMadeAgain?: (incarnationId: number) => void;
  /** Told how many lines of an applied order could not be read as a whole. */
  onUnread?: (lines: number) => void;
  onSettled?: (fates: SettleResult['fates'], batchSize: number, seconds: number) => void;
}
export interface FailedMessage {
  orderId: string;
  number: string | null;
  restaurantId: string | null;
  attempts: number;
  lastError: string;
  partition: number;
  offset: number;
}

const TRANSACTION = { maxWait: 5000, timeout: 8000 };

export class Settler implements Part {
  readonly #persistence: Persistence;
  readonly #known = new Set<string>();
  readonly #takenOff = new TakenOff();
  readonly #unread: UnreadLines;
  /** A message that has ended in the last transaction. Where the database does not know it any more, it was put back. */
  #witness: Position | null = null;
  /** How often the database was found to lack something. */
  #losses = 0;

  constructor(private readonly deps: SettlerDeps) {
    this.#unread = new UnreadLines(deps.log, deps.onUnread);
    this.#persistence = new Persistence({ log: deps.log, settleOnce: (settlements) => this.#settleOnce(settlements) });
  }

  /** Why the database takes no orders, in words for an operator; null while it does. */
  get databaseTrouble(): string | null {
    return this.#persistence.trouble;
  }

  /** The database is another one, or was put back: nothing that it had is sure to be there. */
  forget(): void {
    this.#losses += 1;
    this.#witness = null;
    this.#known.clear();
  }

  /** Settles one order. Waits for as long as the database is away, and rejects only after stop(). */
  settle(settlement: Settlement): Promise<SettleResult> {
    return this.#persistence.settle(settlement);
  }

  /**
   * Gives up on batches that the database does not take. Their offsets are not committed, so the messages come again.
   */
  stop(): void {
    this.#persistence.stop();
  }

  async #settleOnce(settlements: Settlement[]): Promise<SettleResult[]> {
    const began = performance.now();
    const { prisma, bus, onSettled } = this.deps;
    await ensureRestaurants(
      prisma,
      settlements.flatMap(({ finding }) => (finding.kind === 'detail' ? [finding.detail.restaurantId] : [])),
      this.#known,
      bus,
    );
    const sorted = [...settlements].sort((a, b) => (a.orderId < b.orderId ? -1 : 1));
    const { decided, touched } = await prisma
      .$transaction((tx) => this.#decideAndWrite(tx, sorted), TRANSACTION)
      .catch((error: unknown) => {
        // A restore may have taken them away.
        this.#known.clear();
        throw error;
      });
    this.#witness = decided.flatMap(({ decision }) => decision.ended).at(-1)?.message.position ?? this.#witness;
    bus.publish('feed', touched);
    for (const { before, decision } of decided) if (decision.after) this.#takenOff.note(before, decision.after);
    const byId = new Map(decided.map((row) => [row.orderId, row]));
    const results = settlements.map(({ orderId }) => resultOf(byId.get(orderId)!));
    for (const [i, { finding }] of settlements.entries())
      if (finding.kind === 'detail' && results[i]?.fates.APPLIED) this.#unread.tell(finding.detail);
    onSettled?.(sum(results), settlements.length, (performance.now() - began) / 1000);
    return results;
  }

  async #decideAndWrite(
    tx: Sql,
    settlements: Settlement[],
  ): Promise<{ decided: (Decided & { wasParked: number })[]; touched: string[] }> {
    // The connection may be a new one, and to another database.
    if (!settlements.every(({ wanted }) => wanted?.() ?? true)) throw new Error('the assignment is over');
    const [witness, losses] = [this.#witness, this.#losses];
    const moves = await movesOf(tx, settlements);
    const locked = new Set([...settlements, ...moves.map(({ from }) => from)].map(({ orderId }) => orderId));
    const lanes = await lockLanes(tx, [...locked]);
    const read = await readLocked(tx, settlements, lanes, witness);
    if (!read.witnessed) {
      // Told once: each word of it makes everything begin again.
      if (this.#losses === losses) {
        this.forget();
        this.deps.onPutBack?.();
      }
      throw new Error('the database was put back');
    }
    // It was noticed elsewhere while this waited for its locks: what it has was read before the loss.
    if (this.#losses !== losses) throw new Error('the database was put back');
    const origins = await readOrigins(tx, moves);
    const readAt = performance.now();
    for (const orderId of await endFormerLives(tx, settlements, read, this.deps.archive))
      this.deps.log.warn({ orderId }, 'an order id is used again, for another order; the former one is archived');
    const decided = settlements.map((settlement) =>
      this.#decide(settlement, read, readAt, origins.get(settlement.orderId)),
    );
    const left = await tellOrigins(tx, decided, moves, origins, read.now);
    const changes = decided.flatMap(({ before, decision: { after } }) => (after ? [{ before, after }] : []));
    await saveOrders(tx, [...decided.flatMap((one) => writtenOf(one, read)), ...left]);
    await writeDecisions(tx, decided, read.now);
    await this.#writeEmails(tx, decided);
    const touched = new Map<string, string[]>();
    for (const { after } of [...changes, ...left])
      touched.set(after.restaurantId, [...(touched.get(after.restaurantId) ?? []), after.id]);
    await countDown(tx, await bumpRevs(tx, touched), [...changes, ...left]);
    return { decided, touched: [...touched.keys()] };
  }

  #decide(
    settlement: Settlement,
    { now, setups, locked }: Locked,
    readAt: number,
    origins: DecideContext['origins'],
  ): Decided & { wasParked: number } {
    const { orderId, finding, fetch, before, during } = settlement;
    const order = locked.get(orderId)!;
    const as = { orderId, before: order.order, wasParked: order.lane.parked };
    const alien = alienMessage(settlement, order);
    if (alien) {
      this.deps.onTopicMadeAgain?.(alien.position.incarnationId);
      return { ...as, decision: nothing([...before, ...during]) };
    }
    const setup = finding.kind === 'detail' ? setups.get(finding.detail.restaurantId) : undefined;
    const context = {
      stations: setup?.stations ?? [],
      courses: setup?.courses ?? TOGETHER,
      leads: setup?.leads ?? {},
      now,
      newId: randomUUID,
      origins,
      takenOff: finding.kind === 'detail' ? this.#takenOff.at(finding.detail, now) : [],
      retry: this.deps.retry,
    };
    const decision = decide(inOneRestaurant(settlement, order.order?.restaurantId), order, context);
    if (order.former && decision.after) decision.after = toldOfFormer(decision.after, order.former, now);
    return { ...as, fetch: fetch && fetchRow(fetch, now, readAt), decision };
  }

  async #writeEmails(tx: Sql, decided: Decided[]): Promise<void> {
    for (const {
      orderId,
      before,
      decision: { failed },
    } of decided) {
      if (!failed) continue;
      const { partition, offset } = failed.row.position;
      this.deps.log.error(
        { orderId, partition, offset, attempts: failed.attempts, error: failed.error },
        'a message has FAILED; it needs a person',
      );
      const email = this.deps.failedEmail({
        orderId,
        number: before?.number ?? null,
        restaurantId: before?.restaurantId ?? null,
        attempts: failed.attempts,
        lastError: failed.error,
        partition,
        offset,
      });
      if (email) await writeMail(tx, email);
    }
  }
}

/** The fetch by the database's clock, which said `now` when ours said `readAt`. */
const fetchRow = ({ endedAt, ms, tries }: FetchNote, now: string, readAt: number): FetchRow => ({
  at: new Date(Math.round(Date.parse(now) - Math.max(0, readAt - endedAt) - ms)).toISOString(),
  ms: Math.round(ms),
  tries,
});

/** A message at the position of another message that ended. */
function alienMessage({ before, during }: Settlement, { settled }: LockedOrder): OrderEvent | undefined {
  return [...before, ...during].find(
    ({ position, digest }) => (settled.get(positionKey(position)) ?? digest) !== digest,
  );
}

/** An order that suddenly comes as another restaurant's is cooked nowhere until a person has looked at it. */
function inOneRestaurant(settlement: Settlement, restaurantId: string | undefined): Settlement {
  const { finding } = settlement;
  if (finding.kind !== 'detail' || restaurantId === undefined || finding.detail.restaurantId === restaurantId)
    return settlement;
  return {
    ...settlement,
    finding: {
      kind: 'failed',
      outage: false,
      reason: `the order came as restaurant ${finding.detail.restaurantId}'s, but is ${restaurantId}'s`,
    },
  };
}

function resultOf({ decision, wasParked }: Decided & { wasParked: number }): SettleResult {
  const fates: SettleResult['fates'] = {};
  const count = (fate: keyof SettleResult['fates'], n = 1) => {
    if (n) fates[fate] = (fates[fate] ?? 0) + n;
  };
  for (const { kind } of decision.ended) count(kind);
  count('PARKED', decision.park.length);
  count('FAILED', decision.failed ? 1 : 0);
  return { again: decision.again, fates, parked: (decision.lane?.parked ?? wasParked) > 0 };
}

function sum(results: SettleResult[]): SettleResult['fates'] {
  const total: Record<string, number> = {};
  for (const { fates } of results) for (const [fate, n] of Object.entries(fates)) total[fate] = (total[fate] ?? 0) + n;
  return total;
}

// How far the group is behind the topic, as the brokers see it: all partitions, whichever process has them. The end of a
// partition is its last stable offset: messages of an open transaction are not the topic's yet, unless it stays open.
import type { Admin, Kafka } from 'kafkajs';
import { committedOffsets } from './beginning.ts';
import type { Part } from '../lib/part.ts';
import { Rounds } from '../lib/rounds.ts';
import { troublesOf, type TroubleWatch } from '../lib/troubles.ts';
import type { Logger } from '../logger.ts';
import { topicSpans, type Span } from './incarnation.ts';
import { OpenTransactions, type Held } from './open-transactions.ts';

export interface PartitionLag {
  partition: number;
  /** Messages that have not ended. */
  lag: number;
  /** The group's committed offset; null before the first commit. */
  committed: number | null;
  /** The offset of the next message. */
  end: number;
}
export interface Lag {
  partitions: PartitionLag[];
  messages: number;
  /** For how long at least the oldest of them has been in the topic. */
  seconds: number;
}

const POLL_MS = 500;
/** An answer older than this says nothing any more: a screen is to know within 3 s. */
const STALE_MS = 2000;
const MAX_SAMPLES = 600;

export interface LagMonitorDeps {
  kafka: Kafka;
  topic: string;
  groupId: string;
  log: Logger;
}

export class LagMonitor implements Part {
  #admin: Admin | undefined;
  readonly #rounds = new Rounds({
    everyMs: POLL_MS,
    work: () => this.#poll(),
    onError: () => this.#disconnect(),
    atOnce: true,
  });
  #lag: Lag | null = null;
  #at = -Infinity;
  #askedAt = -Infinity;
  /** Partition -> when its end was first seen at which offset; oldest first. */
  readonly #samples = new Map<number, { at: number; end: number }[]>();

  readonly #transactions: OpenTransactions;
  /** Partitions in which an open transaction was told. */
  readonly #told = new Map<number, TroubleWatch>();

  constructor(private readonly deps: LagMonitorDeps) {
    this.#transactions = new OpenTransactions(deps);
  }

  start(): void {
    this.#rounds.start();
  }

  /** A request that is under way ends with its connection, and not after its time-out. */
  async stop(): Promise<void> {
    const ended = this.#rounds.stop();
    await this.#disconnect();
    await ended;
    await this.#disconnect();
  }

  /** Null while Kafka does not answer. */
  get lag(): Lag | null {
    return performance.now() - this.#at < STALE_MS ? this.#lag : null;
  }

  /** As Kafka was asked after this moment, by performance.now(); undefined while it has not answered. */
  measuredSince(moment: number): Lag | undefined {
    return this.#askedAt >= moment ? (this.lag ?? undefined) : undefined;
  }

  async #poll(): Promise<void> {
    const askedAt = performance.now();
    const { kafka, topic, groupId } = this.deps;
    const isNew = !this.#admin;
    // Kept before it is connected: a sign-in that fails leaves a socket behind, which only disconnect() closes.
    const admin = (this.#admin ??= kafka.admin({ retry: { retries: 0 } }));
    if (isNew) await admin.connect();
    const spans = await topicSpans(admin, topic);
    const committed = await committedOffsets(admin, groupId, topic);
    const stable = new Map([...spans].map(([partition, { high }]) => [partition, high]));
    const held = await this.#transactions.look(stable, performance.now());
    this.#tell(stable, held);
    this.#lag = this.#measure(spans, committed, held);
    this.#at = performance.now();
    this.#askedAt = askedAt;
  }

  #tell(stable: ReadonlyMap<number, number>, held: ReadonlyMap<number, Held>): void {
    for (const [partition, trouble] of this.#told)
      if (!held.has(partition) && this.#told.delete(partition)) trouble.worked();
    for (const [partition, { end }] of held) {
      if (!this.#told.has(partition)) {
        const name = `a producer's transaction in partition ${partition} of ${this.deps.topic} stays open`;
        this.#told.set(partition, troublesOf(this.deps.log).watch(name, { after: 1 }));
      }
      const waiting = `nothing from offset ${stable.get(partition)} to ${end - 1} can be read until it ends`;
      this.#told.get(partition)!.failed(waiting);
    }
  }

  async #disconnect(): Promise<void> {
    const admin = this.#admin;
    this.#admin = undefined;
    this.#lag = null;
    await Promise.all([admin?.disconnect().catch(() => {}), this.#transactions.stop()]);
  }

  #measure(spans: Map<number, Span>, committed: Map<number, number>, held: ReadonlyMap<number, Held>): Lag {
    const now = performance.now();
    let seconds = 0;
    const partitions = [...spans].map(([partition, { low, high }]) => {
      const open = held.get(partition);
      const end = open?.end ?? high;
      const at = committed.get(partition) ?? -1;
      // Messages that the topic no longer has do not wait.
      const done = Math.max(low, at);
      const samples = this.#samples.get(partition) ?? [];
      if (samples.at(-1)?.end !== end) samples.push({ at: now, end });
      // The oldest message that has not ended was there when the end was first seen beyond it.
      while (samples.length > 1 && (samples[0]!.end <= done || samples.length > MAX_SAMPLES)) samples.shift();
      this.#samples.set(partition, samples);
      const lag = Math.max(0, end - done);
      if (lag > 0) seconds = Math.max(seconds, (now - samples[0]!.at) / 1000, open?.seconds ?? 0);
      return { partition, lag, committed: at < 0 ? null : at, end };
    });
    return {
      partitions: partitions.sort((a, b) => a.partition - b.partition),
      messages: partitions.reduce((sum, { lag }) => sum + lag, 0),
      seconds,
    };
  }
}

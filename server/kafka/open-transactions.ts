// Transactions that producers leave open. A reader of committed messages may read up to the first of them (the last
// stable offset), so messages behind it wait, committed or not. Usually that is over in a moment, and no lag. One that
// lasts keeps orders from the kitchen: then everything behind it counts as waiting, and it is told.
import type { Kafka } from 'kafkajs';
import { clusterOf, type Cluster } from './clusters.ts';

/** The lag is measured twice a second; this question is asked less often. */
const ASK_EVERY_MS = 2000;
/** So long a transaction is open before what stands behind it counts as waiting. */
export const OPEN_MS = 10_000;
const READ_UNCOMMITTED = 0;

export interface Held {
  /** The offset of the next message, committed or not. */
  end: number;
  /** For how long nothing behind the stable offset could be read. */
  seconds: number;
}

export class OpenTransactions {
  #cluster: Promise<Cluster> | undefined;
  #askedAt = -Infinity;
  #ends = new Map<number, number>();
  readonly #stuck = new StuckOffsets();

  constructor(private readonly deps: { kafka: Kafka; topic: string }) {}

  /**
   * @param stable by partition: the offset up to which committed messages can be read
   * @returns the partitions in which a transaction has been open for long
   */
  async look(stable: ReadonlyMap<number, number>, now: number): Promise<Map<number, Held>> {
    if (now - this.#askedAt >= ASK_EVERY_MS) {
      this.#askedAt = now;
      // Without an answer the lag is told all the same: it only lacks what is open.
      await this.#ask([...stable.keys()]).catch(() => this.stop());
    }
    return this.#stuck.look(stable, this.#ends, now);
  }

  async stop(): Promise<void> {
    const cluster = this.#cluster;
    this.#cluster = undefined;
    this.#ends = new Map();
    await cluster?.then((one) => one.disconnect()).catch(() => {});
  }

  async #ask(partitions: number[]): Promise<void> {
    const { topic } = this.deps;
    const cluster = await (this.#cluster ??= this.#connect());
    await cluster.refreshMetadataIfNecessary();
    const [answer] = await cluster.fetchTopicsOffset([
      { topic, fromBeginning: false, partitions: partitions.map((partition) => ({ partition })) },
    ]);
    this.#ends = new Map(answer?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
  }

  async #connect(): Promise<Cluster> {
    const cluster = clusterOf(this.deps.kafka, { isolationLevel: READ_UNCOMMITTED });
    try {
      await cluster.connect();
      await cluster.addTargetTopic(this.deps.topic);
      return cluster;
    } catch (error) {
      await cluster.disconnect();
      throw error;
    }
  }
}

/** Partitions whose stable offset stands still in front of other messages. */
export class StuckOffsets {
  readonly #since = new Map<number, { stable: number; at: number }>();

  look(stable: ReadonlyMap<number, number>, ends: ReadonlyMap<number, number>, now: number): Map<number, Held> {
    const held = new Map<number, Held>();
    for (const [partition, offset] of stable) {
      const end = ends.get(partition) ?? offset;
      const before = this.#since.get(partition);
      if (end <= offset) this.#since.delete(partition);
      else if (before?.stable !== offset) this.#since.set(partition, { stable: offset, at: now });
      else if (now - before.at >= OPEN_MS) held.set(partition, { end, seconds: (now - before.at) / 1000 });
    }
    return held;
  }
}

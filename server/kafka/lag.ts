// How far the group is behind the topic, as the brokers see it: all partitions, whichever process has them.
import type { Admin, Kafka } from 'kafkajs';
import { committedOffsets } from './beginning.ts';
import { topicSpans, type Span } from './incarnation.ts';

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
  /** For how long at least the oldest of them has been in the topic. */ seconds: number;
}

const POLL_MS = 500;
/** An answer older than this says nothing any more: a screen is to know within 3 s. */
const STALE_MS = 2000;
const MAX_SAMPLES = 600;

export class LagMonitor {
  #admin: Admin | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #lag: Lag | null = null;
  #at = -Infinity;
  /** Partition -> when its end was first seen at which offset; oldest first. */
  readonly #samples = new Map<number, { at: number; end: number }[]>();

  constructor(
    private readonly kafka: Kafka,
    private readonly topic: string,
    private readonly groupId: string,
  ) {}

  start(): void {
    void this.#poll();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#admin?.disconnect().catch(() => {});
  }

  /** Null while Kafka does not answer. */
  get lag(): Lag | null {
    return performance.now() - this.#at < STALE_MS ? this.#lag : null;
  }

  async #poll(): Promise<void> {
    try {
      if (!this.#admin) {
        const admin = this.kafka.admin({ retry: { retries: 0 } });
        await admin.connect();
        this.#admin = admin;
      }
      const spans = await topicSpans(this.#admin, this.topic);
      this.#lag = this.#measure(spans, await committedOffsets(this.#admin, this.groupId, this.topic));
      this.#at = performance.now();
    } catch {
      this.#lag = null;
      const admin = this.#admin;
      this.#admin = undefined;
      await admin?.disconnect().catch(() => {});
    }
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#poll(), POLL_MS);
  }

  #measure(spans: Map<number, Span>, committed: Map<number, number>): Lag {
    const now = performance.now();
    let seconds = 0;
    const partitions = [...spans].map(([partition, { low, high: end }]) => {
      const at = committed.get(partition) ?? -1;
      // What the topic no longer has does not wait.
      const done = Math.max(low, at);
      const samples = this.#samples.get(partition) ?? [];
      if (samples.at(-1)?.end !== end) samples.push({ at: now, end });
      // The oldest message that has not ended was there when the end was first seen beyond it.
      while (samples.length > 1 && (samples[0]!.end <= done || samples.length > MAX_SAMPLES)) samples.shift();
      this.#samples.set(partition, samples);
      const lag = Math.max(0, end - done);
      if (lag > 0) seconds = Math.max(seconds, (now - samples[0]!.at) / 1000);
      return { partition, lag, committed: at < 0 ? null : at, end };
    });
    return {
      partitions: partitions.sort((a, b) => a.partition - b.partition),
      messages: partitions.reduce((sum, { lag }) => sum + lag, 0),
      seconds,
    };
  }
}

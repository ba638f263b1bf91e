// Partitions that stand in front of a record batch which cannot be decoded. Each is left alone, and told to operators
// and managers; now and then it is tried again. It goes on once the batch can be decoded, by a newer version of Heard,
// or is gone, deleted by an operator or by the topic's retention.
import type { Admin, Consumer } from 'kafkajs';
import { messageOf } from '../errors.ts';
import { troublesOf } from '../lib/troubles.ts';
import type { Logger } from '../logger.ts';
import { topicSpans } from './incarnation.ts';
import type { UndecodableBatch } from './readable-fetches.ts';

const AGAIN_AFTER_MS = 5000;

interface Standing {
  offset: number;
  reason: string;
  againAt: number;
}

/** The consumer whose partitions these are, since its last join of the group. */
interface Reader {
  consumer: Pick<Consumer, 'pause' | 'resume'>;
  admin: Admin;
  partitions: readonly number[];
}

export class StandingPartitions {
  readonly #standing = new Map<number, Standing>();
  #reader: Reader | undefined;

  constructor(private readonly deps: { topic: string; log: Logger }) {}

  get partitions(): number[] {
    return [...this.#standing.keys()];
  }

  /** A sentence for an operator; undefined while all partitions are read. */
  get remark(): string | undefined {
    const all = [...this.#standing].map(([partition, one]) => `${this.#nameOf(partition, one)}: ${one.reason}`);
    return all.length ? all.join('; ') : undefined;
  }

  /** Another join: the partitions that are lost stand elsewhere, and the others are fetched again. */
  readBy(reader: Reader): void {
    this.#reader = reader;
    for (const [partition, one] of this.#standing)
      if (reader.partitions.includes(partition)) this.#fetchAgain(partition, one);
      else this.#over(partition, one);
  }

  /** The consumer has ended. The next one finds them again where they are still there: the topic may be made again. */
  left(): void {
    this.#reader = undefined;
    for (const [partition, one] of this.#standing) this.#over(partition, one);
  }

  /** Only the next batch of a partition makes it stand: the records before another one are to be read first. */
  found({ topic, partition, offset, isNext, reason }: UndecodableBatch): void {
    if (topic !== this.deps.topic || !isNext || !this.#reader?.partitions.includes(partition)) return;
    const before = this.#standing.get(partition);
    if (before && before.offset !== offset) this.#over(partition, before);
    const one = { offset, reason, againAt: performance.now() + AGAIN_AFTER_MS };
    this.#standing.set(partition, one);
    this.#reader.consumer.pause([{ topic, partitions: [partition] }]);
    this.#trouble(partition, one).failed(reason);
  }

  /** Records up to this offset were read. */
  passed(partition: number, offset: number): void {
    const one = this.#standing.get(partition);
    if (one && offset >= one.offset) this.#over(partition, one);
  }

  /** Tries those again whose time has come. To be called often. */
  async tick(): Promise<void> {
    const reader = this.#reader;
    const due = [...this.#standing].filter(([, { againAt }]) => performance.now() >= againAt);
    if (!due.length || !reader) return;
    for (const [, one] of due) one.againAt = performance.now() + AGAIN_AFTER_MS;
    const spans = await topicSpans(reader.admin, this.deps.topic).catch((error: unknown) => {
      this.deps.log.debug({ error: messageOf(error) }, 'the start of standing partitions is not known');
      return undefined;
    });
    if (reader !== this.#reader) return;
    for (const [partition, one] of due) {
      this.#fetchAgain(partition, one);
      // Nothing may follow the batch, and so nothing would tell that it is gone.
      if ((spans?.get(partition)?.low ?? 0) > one.offset) this.#over(partition, one);
    }
  }

  #fetchAgain(partition: number, one: Standing): void {
    one.againAt = performance.now() + AGAIN_AFTER_MS;
    this.#reader?.consumer.resume([{ topic: this.deps.topic, partitions: [partition] }]);
  }

  #over(partition: number, one: Standing): void {
    if (this.#standing.get(partition) !== one) return;
    this.#standing.delete(partition);
    this.#trouble(partition, one).worked();
  }

  #trouble(partition: number, one: Standing) {
    return troublesOf(this.deps.log).watch(`${this.#nameOf(partition, one)}, and is not read; others are`, {
      after: 1,
    });
  }

  #nameOf(partition: number, { offset }: Standing): string {
    return `partition ${partition} of ${this.deps.topic} stands at offset ${offset}`;
  }
}

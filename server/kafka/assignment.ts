// The partitions that one join of the group gave to this process: where each begins, how far it was read, and which
// offset was committed. Each join makes a new assignment. One that is over commits nothing any more: its offsets may
// belong to another member, or to a topic that was deleted and made again.
//
//   finding where to begin --seek--> reading --end()--> over
import { setTimeout as sleep } from 'node:timers/promises';
import type { Admin, Consumer } from 'kafkajs';
import type { PrismaClient } from '../db/client.ts';
import type { Lineage } from '../db/lineage.ts';
import { messageOf } from '../errors.ts';
import type { Intake } from '../ingest/intake.ts';
import type { Logger } from '../logger.ts';
import { isTime } from '../upstream/message.ts';
import { stampOf } from './await-topic.ts';
import { findBeginning, type Beginning } from './beginning.ts';
import { isOther, topicSpans } from './incarnation.ts';
import type { MissingMessages } from './missing.ts';
import { recordProgress } from './progress.ts';

export interface AssignmentDeps {
  admin: Admin;
  consumer: Pick<Consumer, 'seek' | 'commitOffsets'>;
  partitions: readonly number[];
  /** An incarnation of the topic that is known to be over. */
  replaced: number | undefined;
  prisma: PrismaClient;
  lineage: Lineage;
  intake: Pick<Intake, 'beginEpoch' | 'endEpoch' | 'committable' | 'lastEnded'>;
  missing: Pick<MissingMessages, 'note'>;
  log: Logger;
  topic: string;
  groupId: string;
  appEnv: string;
  topicId: () => Promise<string | null>;
  /** Kafka does not tell where to begin: a new consumer has to ask. */
  onLost: (reason: string) => void;
}

const BEGIN_AGAIN_MS = 500;
const BEGIN_TRIES = 3;

export class Assignment {
  #state: 'beginning' | 'reading' | 'over' = 'beginning';
  #incarnation: Pick<Beginning['incarnation'], 'id' | 'topicId'> = { id: 0, topicId: null };
  #committed = new Map<number, number>();
  #starts = new Map<number, number>();
  /** Partition -> its record in the database, as last seen. */
  #recorded = new Map<number, number>();
  /** The database that told where to begin. */
  #lineage: string | null = null;
  /** Partition -> the offset that is to be read next. */
  #next = new Map<number, number>();
  /** Resolves when the assignment is read, or over. */
  readonly begun: Promise<void>;

  constructor(private readonly deps: AssignmentDeps) {
    this.begun = this.#begin();
  }

  get reading(): boolean {
    return this.#state === 'reading';
  }

  get partitions(): readonly number[] {
    return this.deps.partitions;
  }

  get incarnationId(): number {
    return this.#incarnation.id;
  }

  /** Nothing read so far is committed any more. */
  end(): void {
    this.#state = 'over';
    this.deps.intake.endEpoch();
  }

  /** Finds where to begin, and notes the messages that are missing there, before the first message is admitted. */
  async #begin(): Promise<void> {
    const { admin, partitions, replaced, missing, log, onLost } = this.deps;
    for (let tries = 1; this.#state === 'beginning'; tries += 1) {
      try {
        const lineage = this.deps.lineage.current;
        const beginning = await findBeginning(admin, this.deps, replaced);
        // The first question of all may only now have told which one it is.
        this.#lineage = lineage ?? this.deps.lineage.current;
        const starts = new Map([...beginning.starts].filter(([partition]) => partitions.includes(partition)));
        if (this.#state !== 'beginning') return;
        if (starts.size < partitions.length) throw new Error('the broker does not know all assigned partitions yet');
        await missing.note(
          beginning.incarnation.id,
          [...starts].flatMap(([partition, { missingFrom, offset }]) =>
            missingFrom === null ? [] : [{ partition, from: missingFrom, to: offset }],
          ),
        );
        if (this.#state === 'beginning') this.#read(beginning.incarnation, starts);
        return;
      } catch (error) {
        if (this.#state !== 'beginning') return;
        const reason = `where to begin is not known: ${messageOf(error)}`;
        if (tries % 20 === 1) log.warn({ reason }, 'nothing is read yet');
        // The database may be away for long, and the group is kept; Kafka is asked anew by a new consumer.
        if (tries >= BEGIN_TRIES && error instanceof Error && error.name.startsWith('KafkaJS')) return onLost(reason);
        await sleep(BEGIN_AGAIN_MS);
      }
    }
  }

  #read(incarnation: Beginning['incarnation'], starts: Beginning['starts']): void {
    const { consumer, log, topic, intake } = this.deps;
    this.#incarnation = incarnation;
    for (const [partition, { foreign, committed, offset }] of starts) {
      if (foreign)
        log.warn(
          { topic, partition, committed, beginsAt: offset },
          "the group's committed offset is not ours: reading begins where our own record ends",
        );
      consumer.seek({ topic, partition, offset: String(offset) });
    }
    // A group without a commit begins at 0 without being told.
    this.#committed = new Map(
      [...starts].map(([partition, { committed, offset }]) => [
        partition,
        committed === -1 && offset === 0 ? 0 : committed,
      ]),
    );
    this.#starts = new Map([...starts].map(([partition, { offset }]) => [partition, offset]));
    this.#recorded = new Map([...starts].map(([partition, { recorded }]) => [partition, recorded]));
    this.#next = new Map(this.#starts);
    intake.beginEpoch(incarnation.id, [...starts.keys()]);
    this.#state = 'reading';
  }

  /**
   * Before a batch is admitted: where it begins behind the offset that was to come next, messages may have been removed.
   * They are noted.
   * @param timestamp of the first message, as the topic has it
   * @returns whether the batch may be admitted; else it is fetched again
   */
  async noteGap(partition: number, first: number, timestamp: number): Promise<boolean> {
    const { admin, topic, missing, log } = this.deps;
    const from = this.#next.get(partition) ?? first;
    if (first <= from) return true;
    try {
      // Compaction and transactions leave gaps, too: only offsets below the topic's start are missing.
      const low = (await topicSpans(admin, topic)).get(partition)?.low ?? 0;
      const nextAt = isTime(timestamp) ? { nextAt: new Date(timestamp) } : {};
      if (low > from)
        await missing.note(this.#incarnation.id, [{ partition, from, to: Math.min(low, first), ...nextAt }]);
      return this.reading;
    } catch (error) {
      log.warn(
        { partition, error: messageOf(error) },
        'a gap before a message could not be examined: the message is read again',
      );
      await sleep(BEGIN_AGAIN_MS);
      return false;
    }
  }

  /** All messages before `next` were admitted. */
  admitted(partition: number, next: number): void {
    this.#next.set(partition, next);
  }

  /**
   * The broker knows the topic by another id than the one that is read. A topic that was made again and has grown past
   * the end of the old one looks the same otherwise.
   */
  async isOfAnotherTopic(): Promise<boolean> {
    return this.reading && isOther(this.#incarnation.topicId, await this.deps.topicId());
  }

  /**
   * Records and commits how far messages have ended.
   * @param always also looks at the records where nothing is to be committed
   */
  async commit(always = false): Promise<void> {
    const { consumer, intake, topic, appEnv } = this.deps;
    if (!this.reading) return;
    const fresh = new Map(
      [...new Map([...this.#starts, ...intake.committable()])].filter(
        ([partition, offset]) => this.#committed.get(partition) !== offset,
      ),
    );
    if (!fresh.size && !always) return;
    // Recorded first: after a crash in between, a topic that was made again must still be told apart.
    if (!(await this.#record(fresh)) || !fresh.size) return;
    // Another assignment may have begun meanwhile, even of another incarnation: it commits its own offsets.
    if (!this.reading) return;
    await consumer.commitOffsets(
      [...fresh].map(([partition, offset]) => ({
        topic,
        partition,
        offset: String(offset),
        metadata: stampOf(appEnv),
      })),
    );
    for (const [partition, offset] of fresh) this.#committed.set(partition, offset);
  }

  /** @returns false where the database lacks something that it had: this assignment is over then */
  async #record(fresh: ReadonlyMap<number, number>): Promise<boolean> {
    const { prisma, lineage, intake } = this.deps;
    const steps = [...this.#recorded].map(([partition, before]) => ({
      partition,
      before,
      next: Math.max(before, fresh.get(partition) ?? 0),
    }));
    const lacks = await recordProgress(prisma, lineage, {
      incarnationId: this.#incarnation.id,
      steps,
      last: intake.lastEnded,
      lineage: this.#lineage,
    });
    if (lacks !== null) {
      if (this.reading) lineage.changed(lacks);
      return false;
    }
    for (const { partition, next } of steps) this.#recorded.set(partition, next);
    return true;
  }
}

// Reads the topic as a member of the group. eachBatch only admits and returns: KafkaJS's fetcher waits for it before it
// fetches again, from any partition. Offsets are committed beside it, never inside: a commit that throws there ends the
// consumer for good.
//
//   waiting for Kafka or the topic --> joining --GROUP_JOIN--> finding where to begin --seek--> reading --CRASH, silence, stop--> (a new consumer)
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Admin, Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { PrismaClient } from '../db/client.ts';
import { messageOf } from '../errors.ts';
import type { Intake } from '../ingest/intake.ts';
import type { Logger } from '../logger.ts';
import { findBeginning, type Beginning } from './beginning.ts';
import { isOther, recordProgress, topicSpans } from './incarnation.ts';
import type { MissingMessages } from './missing.ts';

export interface ConsumerDeps {
  kafka: Kafka;
  prisma: PrismaClient;
  intake: Intake;
  missing: MissingMessages;
  log: Logger;
  topic: string;
  groupId: string;
  /** The broker's own id of the topic, where it is known. */
  topicId: () => Promise<string | null>;
  onSilent: (reason: string) => void;
}

/**
 * All in ms. A dead member's partitions are another's after the session time-out; so long, too, waits a group whose
 * broker was killed, for the member that it remembers.
 */
const SESSION_MS = 10_000;
const HEARTBEAT_MS = 2000;
const REBALANCE_MS = 15_000;
const METADATA_MS = 10_000;
const FETCH_WAIT_MS = 100;
const COMMIT_EVERY_MS = 200;
const AGAIN_AFTER_MS = 1000;
/** How long a batch waits for its assignment to begin; then it is fetched again, so that the group hears of us. */
const BEGIN_WAIT_MS = 1000;
const BEGIN_AGAIN_MS = 500;
const BEGIN_TRIES = 3;
const WATCH_EVERY_MS = 1000;
/** Messages admitted in one turn: a batch of a backlog has thousands, and screens wait while they are read. */
const SLICE = 500;
/**
 * No fetch answered for this long, though nothing is wrong that we know of: a new consumer; after several, the process
 * ends.
 */
const SILENCE_MS = 30_000;
const SILENCES = 4;

export class TopicConsumer {
  #consumer: Consumer | undefined;
  #admin: Admin | undefined;
  #state: { ready: boolean; reason?: string } = { ready: false, reason: 'the consumer has not started' };
  #stopping = new AbortController();
  #loop: Promise<void> = Promise.resolve();
  #incarnation = { id: 0, topicId: null as string | null };
  #committed = new Map<number, number>();
  /** Where this assignment's partitions began, and the offset that each is to be read at next. */
  #starts = new Map<number, number>();
  #next = new Map<number, number>();
  #beginning: Promise<void> = Promise.resolve();
  #epochBroken = true;
  #joins = 0;
  /** An incarnation that is known to be over. */
  #replaced: number | undefined;
  readonly #paused = new Set<number>();
  #lastFetchAt = 0;
  #silences = 0;
  /** Ends the life of the consumer that runs now. */
  #end: (reason: string) => void = () => {};
  #assigned: readonly number[] = [];
  #committing: Promise<void> | undefined;

  constructor(private readonly deps: ConsumerDeps) {}

  start(): void {
    this.#loop = this.#live();
  }

  /** Leaves the group, after a last commit. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#end('stopping');
    await this.#loop;
  }

  readiness(): { ready: boolean; reason?: string } {
    return this.#state;
  }

  async #live(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#awaitTopic();
        const reason = await this.#consume();
        this.#wait(`the consumer ended (${reason}) and begins again`);
      } catch (error) {
        this.#wait(messageOf(error));
      }
      await sleep(AGAIN_AFTER_MS, undefined, { signal: this.#stopping.signal }).catch(() => {});
    }
    this.#state = { ready: false, reason: 'stopping' };
  }

  #wait(reason: string): void {
    if (this.#state.reason !== reason && !this.#stopping.signal.aborted)
      this.deps.log.warn({ reason }, 'not consuming');
    this.#state = { ready: false, reason };
  }

  /** It never makes the topic. @throws while Kafka is away or the topic missing */
  async #awaitTopic(): Promise<void> {
    const { kafka, topic } = this.deps;
    const admin = kafka.admin({ retry: { retries: 1 } });
    try {
      await admin.connect();
      if (!(await admin.listTopics()).includes(topic))
        throw new Error(`the topic ${topic} does not exist yet: waiting for it`);
      this.#admin = admin;
    } catch (error) {
      await admin.disconnect().catch(() => {});
      throw error;
    }
  }

  /** One consumer's life. @returns why it ended */
  async #consume(): Promise<string> {
    const { kafka, groupId, topic, log } = this.deps;
    const consumer = kafka.consumer({
      groupId,
      sessionTimeout: SESSION_MS,
      heartbeatInterval: HEARTBEAT_MS,
      rebalanceTimeout: REBALANCE_MS,
      metadataMaxAge: METADATA_MS,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      retry: { restartOnFailure: async () => false },
    });
    const ended = new Promise<string>((resolve) => {
      this.#end = resolve;
    });
    this.#consumer = consumer;
    this.#breakEpoch();
    this.#paused.clear();
    this.#lastFetchAt = performance.now();
    consumer.on(consumer.events.CRASH, ({ payload }) => this.#end(messageOf(payload.error)));
    consumer.on(consumer.events.FETCH, () => {
      this.#lastFetchAt = performance.now();
      this.#silences = 0;
    });
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      this.#breakEpoch();
      this.#assigned = payload.memberAssignment[topic] ?? [];
      this.#state = { ready: true };
      log.info({ topic, partitions: this.#assigned }, 'joined the group');
      this.#beginning = this.#beginEpoch();
    });
    const ticks = setInterval(() => this.#tick(), COMMIT_EVERY_MS);
    const watch = setInterval(() => void this.#watch(), WATCH_EVERY_MS);
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [topic], fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        eachBatch: (payload) => this.#admit(payload),
      });
      return await ended;
    } finally {
      clearInterval(ticks);
      clearInterval(watch);
      await this.#commit();
      this.#breakEpoch();
      this.#consumer = undefined;
      await Promise.race([
        Promise.allSettled([consumer.disconnect(), this.#admin?.disconnect()]),
        sleep(5000, undefined, { ref: false }),
      ]);
    }
  }

  async #admit({ batch, isRunning, isStale, resolveOffset }: EachBatchPayload): Promise<void> {
    // A batch that is not resolved is fetched again, from where the epoch begins.
    if (this.#epochBroken) await Promise.race([this.#beginning, sleep(BEGIN_WAIT_MS)]);
    if (this.#epochBroken || !isRunning() || isStale()) return;
    const [first, last] = [batch.messages[0]!, batch.messages.at(-1)!];
    if (!(await this.#noteGap(batch.partition, Number(first.offset), new Date(Number(first.timestamp))))) return;
    const { intake, topic } = this.deps;
    const joins = this.#joins;
    for (let from = 0; from < batch.messages.length; from += SLICE) {
      if (from > 0) await nextTurn();
      // The rest is another assignment's: it is read again.
      if (joins !== this.#joins) return;
      const records = batch.messages.slice(from, from + SLICE).map((message) => ({
        offset: Number(message.offset),
        key: message.key,
        value: message.value,
        headers: message.headers ?? {},
      }));
      try {
        intake.admit(batch.partition, records);
      } catch (error) {
        // Offsets went back without a join: the topic was made again under us. What ended of the old one must not be
        // committed to the new.
        this.#breakEpoch();
        this.#end(messageOf(error));
        return;
      }
    }
    resolveOffset(last.offset);
    this.#next.set(batch.partition, Number(batch.lastOffset()) + 1);
    if (intake.full(batch.partition)) {
      this.#paused.add(batch.partition);
      this.#consumer?.pause([{ topic, partitions: [batch.partition] }]);
    }
  }

  /**
   * Where reading begins is found out, and what is missing there is said, before the first message of an assignment is
   * admitted.
   */
  async #beginEpoch(): Promise<void> {
    const joins = this.#joins;
    for (let tries = 1; joins === this.#joins; tries += 1) {
      try {
        const beginning = await findBeginning(this.#admin!, this.deps, this.#replaced);
        const starts = new Map([...beginning.starts].filter(([partition]) => this.#assigned.includes(partition)));
        if (joins !== this.#joins) return;
        if (starts.size < this.#assigned.length)
          throw new Error('the broker does not know all assigned partitions yet');
        await this.deps.missing.note(
          beginning.incarnation.id,
          [...starts].flatMap(([partition, { missingFrom, offset }]) =>
            missingFrom === null ? [] : [{ partition, from: missingFrom, to: offset }],
          ),
        );
        if (joins === this.#joins) this.#begin(beginning.incarnation, starts);
        return;
      } catch (error) {
        const reason = `where to begin is not known: ${messageOf(error)}`;
        if (tries % 20 === 1) this.deps.log.warn({ reason }, 'nothing is read yet');
        // The database may be away for long, and the group is kept; Kafka is asked anew by a new consumer.
        if (tries >= BEGIN_TRIES && error instanceof Error && error.name.startsWith('KafkaJS')) {
          this.#end(reason);
          return;
        }
        await sleep(BEGIN_AGAIN_MS);
      }
    }
  }

  #begin(incarnation: Beginning['incarnation'], starts: Beginning['starts']): void {
    const { log, topic, intake } = this.deps;
    this.#incarnation = incarnation;
    for (const [partition, { foreign, committed, offset }] of starts) {
      if (foreign)
        log.warn(
          { topic, partition, committed, beginsAt: offset },
          "the group's committed offset is not ours: reading begins where our own record ends",
        );
      this.#consumer?.seek({ topic, partition, offset: String(offset) });
    }
    // A group that never committed anything need not be told that it begins at 0.
    this.#committed = new Map(
      [...starts].map(([partition, { committed, offset }]) => [
        partition,
        committed === -1 && offset === 0 ? 0 : committed,
      ]),
    );
    this.#starts = new Map([...starts].map(([partition, { offset }]) => [partition, offset]));
    this.#next = new Map(this.#starts);
    intake.beginEpoch(incarnation.id, [...starts.keys()]);
    this.#epochBroken = false;
  }

  /**
   * A batch begins behind where it was to: was what lies between removed? @returns whether this assignment is still
   * ours
   */
  async #noteGap(partition: number, first: number, nextAt: Date): Promise<boolean> {
    const joins = this.#joins;
    const from = this.#next.get(partition) ?? first;
    if (first <= from) return true;
    try {
      // Compaction and transactions leave gaps, too: only what lies below the topic's start is missing.
      const low = (await topicSpans(this.#admin!, this.deps.topic)).get(partition)?.low ?? 0;
      if (low > from)
        await this.deps.missing.note(this.#incarnation.id, [{ partition, from, to: Math.min(low, first), nextAt }]);
      return joins === this.#joins;
    } catch (error) {
      this.deps.log.warn(
        { partition, error: messageOf(error) },
        'what lies before a message is not known: it is read again',
      );
      await sleep(BEGIN_AGAIN_MS);
      return false;
    }
  }

  /**
   * Is it still the topic that it was? One that was made again and has grown past where the old one ended looks the
   * same otherwise.
   */
  async #watch(): Promise<void> {
    const { id, topicId } = this.#incarnation;
    if (!this.#epochBroken && isOther(topicId, await this.deps.topicId())) this.topicMadeAgain(id);
  }

  /** Nothing read so far is committed any more. */
  #breakEpoch(): void {
    this.#joins += 1;
    this.#epochBroken = true;
    this.deps.intake.endEpoch();
  }

  /**
   * Messages came at positions where others had ended: the topic was made again, and has grown past where the old one
   * was.
   */
  topicMadeAgain(incarnationId: number): void {
    if (incarnationId !== this.#incarnation.id || this.#epochBroken) return;
    this.#replaced = incarnationId;
    this.#breakEpoch();
    this.#end('the topic was made again');
  }

  #tick(): void {
    void this.#commit();
    const { intake, topic, log, onSilent } = this.deps;
    const resumed = [...this.#paused].filter((partition) => intake.drained(partition));
    for (const partition of resumed) this.#paused.delete(partition);
    if (resumed.length) this.#consumer?.resume([{ topic, partitions: resumed }]);
    if (this.#paused.size >= this.#assigned.length || !this.#state.ready) this.#lastFetchAt = performance.now();
    if (performance.now() - this.#lastFetchAt < SILENCE_MS) return;
    this.#silences += 1;
    log.error({ silences: this.#silences }, 'the consumer is silent');
    if (this.#silences >= SILENCES) onSilent(`no answer to a fetch for ${(SILENCE_MS * SILENCES) / 1000} s`);
    this.#end('it was silent');
  }

  /** Commits what has ended; a failure is tried again at the next tick, and costs nothing but messages read twice. */
  #commit(): Promise<void> {
    this.#committing ??= this.#commitOnce()
      .catch((error: unknown) => this.deps.log.debug({ error: messageOf(error) }, 'a commit failed'))
      .finally(() => {
        this.#committing = undefined;
      });
    return this.#committing;
  }

  async #commitOnce(): Promise<void> {
    const { topic, intake, prisma } = this.deps;
    const joins = this.#joins;
    if (this.#epochBroken || !this.#consumer) return;
    const fresh = new Map(
      [...new Map([...this.#starts, ...intake.committable()])].filter(
        ([partition, offset]) => this.#committed.get(partition) !== offset,
      ),
    );
    if (!fresh.size) return;
    // First remember how far we saw: after a crash in between, a topic made again must still be told apart.
    await recordProgress(prisma, this.#incarnation.id, fresh);
    // Another assignment may have begun meanwhile, even of another incarnation: it commits what is its own.
    if (this.#epochBroken || joins !== this.#joins) return;
    await this.#consumer.commitOffsets(
      [...fresh].map(([partition, offset]) => ({ topic, partition, offset: String(offset) })),
    );
    for (const [partition, offset] of fresh) this.#committed.set(partition, offset);
  }
}

// Reads the topic as a member of the group. eachBatch only admits and returns: KafkaJS's fetcher waits for it before it
// fetches again, from any partition. Offsets are committed beside it, never inside: a commit that throws there ends the
// consumer for good.
//
//   waiting for Kafka or the topic --> joining --GROUP_JOIN--> finding where to begin --seek--> reading
//        ^                                                                                        |
//        `------------------------ a new consumer <--CRASH, silence, topic made again, stop-------'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Admin, Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { PrismaClient } from '../db/client.ts';
import type { Lineage } from '../db/lineage.ts';
import { messageOf } from '../errors.ts';
import type { Intake } from '../ingest/intake.ts';
import type { Logger } from '../logger.ts';
import type { Part } from '../lib/part.ts';
import { Rounds } from '../lib/rounds.ts';
import { troublesOf } from '../lib/troubles.ts';
import { Assignment } from './assignment.ts';
import { awaitTopic } from './await-topic.ts';
import { reasonOf } from './broker-words.ts';
import { memberOptions } from './member-options.ts';
import { keepFetchesReadable } from './readable-fetches.ts';
import { StandingPartitions } from './standing.ts';
import type { MissingMessages } from './missing.ts';
import { isPassed, passTransactionsOf } from './transactions.ts';

export interface Readiness {
  ready: boolean;
  reason?: string;
  /** It is ready, and yet something stands. */
  remark?: string;
}

export interface ConsumerDeps {
  kafka: Kafka;
  prisma: PrismaClient;
  lineage: Lineage;
  intake: Intake;
  missing: MissingMessages;
  log: Logger;
  topic: string;
  groupId: string;
  appEnv: string;
  /** Where this process runs: the brokers may let it read from a replica there. */
  rack?: string | undefined;
  /** The broker's own id of the topic, where it is known. */
  topicId: () => Promise<string | null>;
  onSilent: (reason: string) => void;
}

/** All in ms. */
const COMMIT_EVERY_MS = 200;
const AGAIN_AFTER_MS = 1000;
/** How long a batch waits for its assignment to begin; then it is fetched again, so that the group hears of us. */
const BEGIN_WAIT_MS = 1000;
const WATCH_EVERY_MS = 1000;
/** Messages admitted in one turn: a batch of a backlog has thousands, and screens wait while they are read. */
const SLICE = 500;
/**
 * After this long without an answer to a fetch, and without a known fault, a new consumer is made; after several of them
 * the process ends.
 */
const SILENCE_MS = 30_000;
const SILENCES = 4;

export class TopicConsumer implements Part {
  #consumer: Consumer | undefined;
  #state: Readiness = { ready: false, reason: 'the consumer has not started' };
  #stopping = new AbortController();
  #loop: Promise<void> = Promise.resolve();
  /** Of the last join; undefined before the first one, and between two consumers. */
  #assignment: Assignment | undefined;
  /** An incarnation of the topic that is known to be over. */
  #replaced: number | undefined;
  readonly #paused = new Set<number>();
  #lastFetchAt = 0;
  #silences = 0;
  /** Ends the life of the consumer that runs now. */
  #end: (reason: string) => void = () => {};
  #committing: Promise<void> | undefined;
  #unsubscribe: () => void = () => {};

  readonly #standing: StandingPartitions;

  constructor(private readonly deps: ConsumerDeps) {
    this.#standing = new StandingPartitions(deps);
    keepFetchesReadable(deps.kafka, (batch) => this.#standing.found(batch));
    passTransactionsOf(deps.kafka);
  }

  start(): void {
    this.#unsubscribe = this.deps.lineage.onChange((reason) => this.#databaseChanged(reason));
    this.#loop = this.#live();
  }

  /** Leaves the group, after a last commit. */
  async stop(): Promise<void> {
    this.#unsubscribe();
    this.#stopping.abort();
    this.#end('stopping');
    await this.#loop;
  }

  readiness(): Readiness {
    const { remark } = this.#standing;
    return this.#state.ready && remark !== undefined ? { ready: true, remark } : this.#state;
  }

  /** Partitions of this process that stand in front of a batch which cannot be decoded. */
  get standing(): number {
    return this.#standing.partitions.length;
  }

  async #live(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      try {
        const admin = await awaitTopic(this.deps);
        if (this.#stopping.signal.aborted) {
          await admin.disconnect();
          break;
        }
        const reason = await this.#consume(admin);
        this.#wait(`the consumer ended (${reason}) and begins again`);
      } catch (error) {
        this.#wait(reasonOf(error));
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

  /** One consumer's life. @returns why it ended */
  async #consume(admin: Admin): Promise<string> {
    const { kafka, groupId, topic, log, rack } = this.deps;
    const consumer = kafka.consumer(memberOptions({ groupId, rack }));
    // Of this consumer alone: its last events may come while the next one lives.
    let end: (reason: string) => void = () => {};
    const ended = new Promise<string>((resolve) => {
      end = resolve;
    });
    this.#end = end;
    this.#consumer = consumer;
    this.#endAssignment();
    this.#paused.clear();
    this.#lastFetchAt = performance.now();
    consumer.on(consumer.events.CRASH, ({ payload }) => end(reasonOf(payload.error)));
    consumer.on(consumer.events.FETCH, () => {
      this.#lastFetchAt = performance.now();
      this.#silences = 0;
    });
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      // It may still join while it is being disconnected.
      if (this.#consumer !== consumer) return;
      const partitions = payload.memberAssignment[topic] ?? [];
      this.#endAssignment();
      this.#state = { ready: true };
      log.info({ topic, partitions }, 'joined the group');
      this.#standing.readBy({ consumer, admin, partitions });
      this.#assignment = new Assignment({
        ...this.deps,
        admin,
        consumer,
        partitions,
        replaced: this.#replaced,
        onLost: end,
      });
    });
    const onError = (error: unknown) => log.error({ error: messageOf(error) }, 'the consumer could not be looked at');
    const rounds = [
      new Rounds({ everyMs: COMMIT_EVERY_MS, work: () => this.#tick(), onError }),
      new Rounds({ everyMs: WATCH_EVERY_MS, work: () => this.#watch(), onError }),
    ];
    for (const one of rounds) one.start();
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
      for (const one of rounds) void one.stop();
      await this.#commit();
      this.#endAssignment();
      this.#standing.left();
      this.#consumer = undefined;
      await Promise.race([
        Promise.allSettled([consumer.disconnect(), admin.disconnect()]),
        sleep(5000, undefined, { ref: false }),
      ]);
    }
  }

  async #admit({ batch, isRunning, isStale, resolveOffset }: EachBatchPayload): Promise<void> {
    // A batch that is not resolved is fetched again, from where the assignment begins.
    const assignment = this.#assignment;
    if (!assignment?.reading) await Promise.race([assignment?.begun, sleep(BEGIN_WAIT_MS)]);
    if (!assignment?.reading || !isRunning() || isStale()) return;
    const [first, last] = [batch.messages[0]!, batch.messages.at(-1)!];
    if (!(await assignment.noteGap(batch.partition, Number(first.offset), Number(first.timestamp)))) return;
    const { intake, topic } = this.deps;
    for (let from = 0; from < batch.messages.length; from += SLICE) {
      if (from > 0) await nextTurn();
      // The rest belongs to the next assignment, which reads it again.
      if (!assignment.reading) return;
      const records = batch.messages.slice(from, from + SLICE).map((message) => ({
        offset: Number(message.offset),
        key: message.key,
        value: message.value,
        headers: message.headers ?? {},
        timestamp: Number(message.timestamp),
        passed: isPassed(message),
      }));
      try {
        intake.admit(batch.partition, records);
      } catch (error) {
        // Offsets went back without a join: the topic was made again. Offsets of the old one must not be committed to
        // the new one.
        assignment.end();
        this.#end(messageOf(error));
        return;
      }
    }
    resolveOffset(last.offset);
    this.#standing.passed(batch.partition, Number(last.offset));
    assignment.admitted(batch.partition, Number(batch.lastOffset()) + 1);
    if (intake.full(batch.partition)) {
      this.#paused.add(batch.partition);
      this.#consumer?.pause([{ topic, partitions: [batch.partition] }]);
    }
  }

  #endAssignment(): void {
    this.#assignment?.end();
    this.#assignment = undefined;
  }

  async #watch(): Promise<void> {
    const assignment = this.#assignment;
    void this.#commit(true);
    if (await assignment?.isOfAnotherTopic()) this.topicMadeAgain(assignment!.incarnationId);
  }

  /** Messages came at positions where others had ended: the topic was made again, and has outgrown the old one. */
  topicMadeAgain(incarnationId: number): void {
    if (!this.#assignment?.reading || incarnationId !== this.#assignment.incarnationId) return;
    this.#replaced = incarnationId;
    this.#assignment.end();
    this.#end('the topic was made again');
  }

  /** What was read before is not believed: the database may lack it. Reading begins at what it has recorded. */
  #databaseChanged(reason: string): void {
    this.#assignment?.end();
    this.#end(reason);
  }

  #tick(): void {
    void this.#commit();
    void this.#standing.tick();
    const { intake, topic, log, onSilent } = this.deps;
    const resumed = [...this.#paused].filter((partition) => intake.drained(partition));
    for (const partition of resumed) this.#paused.delete(partition);
    if (resumed.length) this.#consumer?.resume([{ topic, partitions: resumed }]);
    const resting = new Set([...this.#paused, ...this.#standing.partitions]).size;
    if (resting >= (this.#assignment?.partitions.length ?? 0) || !this.#state.ready)
      this.#lastFetchAt = performance.now();
    if (performance.now() - this.#lastFetchAt < SILENCE_MS) return;
    this.#silences += 1;
    log.error({ silences: this.#silences }, 'the consumer is silent');
    if (this.#silences >= SILENCES) onSilent(`no answer to a fetch for ${(SILENCE_MS * SILENCES) / 1000} s`);
    this.#end('it was silent');
  }

  /** A failed commit is repeated at the next tick. Its only cost is that messages may be read twice. */
  #commit(always = false): Promise<void> {
    const commits = troublesOf(this.deps.log).watch('offsets could not be committed');
    this.#committing ??= (this.#assignment?.commit(always) ?? Promise.resolve())
      .then(commits.worked, commits.failed)
      .finally(() => {
        this.#committing = undefined;
      });
    return this.#committing;
  }
}

// Reads the topic as a member of the group. eachBatch only admits and returns: KafkaJS's fetcher waits for it before it fetches again,
// from any partition. Offsets are committed beside it, never inside: a commit that throws there ends the consumer for good.
//
//   waiting for Kafka or the topic --> joining --GROUP_JOIN, incarnation known--> reading --CRASH, silence, stop--> (a new consumer)
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Admin, Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { PrismaClient } from '../db/client.ts';
import { messageOf } from '../errors.ts';
import type { Intake } from '../ingest/intake.ts';
import type { Logger } from '../logger.ts';
import { recordProgress, resolveIncarnation } from './incarnation.ts';

export interface ConsumerDeps { kafka: Kafka; prisma: PrismaClient; intake: Intake; log: Logger; topic: string; groupId: string; onSilent: (reason: string) => void }

/**
 * All in ms. A dead member's partitions are another's after the session time-out; so long, too, waits a group whose broker was killed,
 * for the member that it remembers.
 */
const SESSION_MS = 10_000;
const HEARTBEAT_MS = 2000;
const REBALANCE_MS = 15_000;
const METADATA_MS = 10_000;
const FETCH_WAIT_MS = 100;
const COMMIT_EVERY_MS = 200;
const AGAIN_AFTER_MS = 1000;
/** Messages admitted in one turn: a batch of a backlog has thousands, and screens wait while they are read. */
const SLICE = 500;
/** No fetch answered for this long, though nothing is wrong that we know of: a new consumer; after several, the process ends. */
const SILENCE_MS = 30_000;
const SILENCES = 4;

export class TopicConsumer {
  #consumer: Consumer | undefined;
  #admin: Admin | undefined;
  #state: { ready: boolean; reason?: string } = { ready: false, reason: 'the consumer has not started' };
  #stopping = new AbortController();
  #loop: Promise<void> = Promise.resolve();
  #incarnationId = 0;
  #committed = new Map<number, number>();
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

  start(): void { this.#loop = this.#live(); }

  /** Leaves the group, after a last commit. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#end('stopping');
    await this.#loop;
  }

  readiness(): { ready: boolean; reason?: string } { return this.#state; }

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
    if (this.#state.reason !== reason && !this.#stopping.signal.aborted) this.deps.log.warn({ reason }, 'not consuming');
    this.#state = { ready: false, reason };
  }

  /** It never makes the topic. @throws while Kafka is away or the topic missing */
  async #awaitTopic(): Promise<void> {
    const { kafka, topic } = this.deps;
    const admin = kafka.admin({ retry: { retries: 1 } });
    try {
      await admin.connect();
      if (!(await admin.listTopics()).includes(topic)) throw new Error(`the topic ${topic} does not exist yet: waiting for it`);
      this.#admin = admin;
    } catch (error) {
      await admin.disconnect().catch(() => {});
      throw error;
    }
  }

  /** One consumer's life. @returns why it ended */
  async #consume(): Promise<string> {
    const { kafka, groupId, topic, intake, log } = this.deps;
    const consumer = kafka.consumer({
      groupId, sessionTimeout: SESSION_MS, heartbeatInterval: HEARTBEAT_MS, rebalanceTimeout: REBALANCE_MS, metadataMaxAge: METADATA_MS,
      maxWaitTimeInMs: FETCH_WAIT_MS, retry: { restartOnFailure: async () => false },
    });
    const ended = new Promise<string>((resolve) => { this.#end = resolve; });
    this.#consumer = consumer;
    this.#breakEpoch();
    this.#paused.clear();
    this.#lastFetchAt = performance.now();
    consumer.on(consumer.events.CRASH, ({ payload }) => this.#end(messageOf(payload.error)));
    consumer.on(consumer.events.FETCH, () => { this.#lastFetchAt = performance.now(); this.#silences = 0; });
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      this.#breakEpoch();
      this.#assigned = payload.memberAssignment[topic] ?? [];
      this.#state = { ready: true };
      log.info({ topic, partitions: this.#assigned }, 'joined the group');
    });
    const ticks = setInterval(() => this.#tick(), COMMIT_EVERY_MS);
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [topic], fromBeginning: true });
      await consumer.run({ autoCommit: false, eachBatch: (payload) => this.#admit(payload) });
      return await ended;
    } finally {
      clearInterval(ticks);
      await this.#commit();
      intake.endEpoch();
      this.#consumer = undefined;
      await Promise.race([Promise.allSettled([consumer.disconnect(), this.#admin?.disconnect()]), sleep(5000, undefined, { ref: false })]);
    }
  }

  async #admit({ batch, isRunning, isStale }: EachBatchPayload): Promise<void> {
    if (!isRunning() || isStale()) return;
    // A join that comes while the epoch begins makes this batch another assignment's: it is read again.
    if (this.#epochBroken && !(await this.#beginEpoch())) return;
    const { intake, topic } = this.deps;
    const joins = this.#joins;
    for (let from = 0; from < batch.messages.length; from += SLICE) {
      if (from > 0) await nextTurn();
      // The rest is another assignment's: it is read again.
      if (joins !== this.#joins) return;
      const records = batch.messages.slice(from, from + SLICE).map((message) => ({ offset: Number(message.offset), key: message.key, value: message.value, headers: message.headers ?? {} }));
      try {
        intake.admit(batch.partition, records);
      } catch (error) {
        // Offsets went back without a join: the topic was made again under us. What ended of the old one must not be committed to the new.
        this.#breakEpoch();
        this.#end(messageOf(error));
        return;
      }
    }
    if (intake.full(batch.partition)) {
      this.#paused.add(batch.partition);
      this.#consumer?.pause([{ topic, partitions: [batch.partition] }]);
    }
  }

  /** Which incarnation these offsets belong to must be known before the first message of an assignment is admitted. */
  async #beginEpoch(): Promise<boolean> {
    const joins = this.#joins;
    const { id } = await resolveIncarnation(this.#admin!, this.deps.prisma, this.deps.topic, this.#replaced);
    if (joins !== this.#joins) return false;
    this.#incarnationId = id;
    this.#committed = new Map();
    this.deps.intake.beginEpoch(id, this.#assigned);
    this.#epochBroken = false;
    return true;
  }

  /** Nothing read so far is committed any more. */
  #breakEpoch(): void {
    this.#joins += 1;
    this.#epochBroken = true;
    this.deps.intake.endEpoch();
  }

  /** Messages came at positions where others had ended: the topic was made again, and has grown past where the old one was. */
  topicMadeAgain(incarnationId: number): void {
    if (incarnationId !== this.#incarnationId || this.#epochBroken) return;
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
    this.#committing ??= this.#commitOnce().catch((error: unknown) => this.deps.log.debug({ error: messageOf(error) }, 'a commit failed')).finally(() => { this.#committing = undefined; });
    return this.#committing;
  }

  async #commitOnce(): Promise<void> {
    const { topic, intake, prisma } = this.deps;
    if (this.#epochBroken || !this.#consumer) return;
    const fresh = new Map([...intake.committable()].filter(([partition, offset]) => this.#committed.get(partition) !== offset));
    if (!fresh.size) return;
    // First remember how far we saw: after a crash in between, a topic made again must still be told apart.
    await recordProgress(prisma, this.#incarnationId, fresh);
    if (this.#epochBroken) return;
    await this.#consumer.commitOffsets([...fresh].map(([partition, offset]) => ({ topic, partition, offset: String(offset) })));
    for (const [partition, offset] of fresh) this.#committed.set(partition, offset);
  }
}

// The pipeline's status for operators, probes and screens: the state of its parts at this moment, and counts read once a
// second.
import { Prisma, type PrismaClient } from '../db/client.ts';
import { notWritable, WRITABLE, type Lineage } from '../db/lineage.ts';
import type { Readiness, TopicConsumer } from '../kafka/consumer.ts';
import type { LagMonitor } from '../kafka/lag.ts';
import type { ReadAgain } from '../kafka/read-again.ts';
import type { PipelineStatus } from './ports.ts';
import type { DetailSource } from '../fetch/detail-source.ts';
import type { Part } from '../lib/part.ts';
import { Rounds } from '../lib/rounds.ts';
import { troublesOf } from '../lib/troubles.ts';
import type { Logger } from '../logger.ts';
import type { Health } from '../protocol/views.ts';

export interface StatusDeps {
  prisma: PrismaClient;
  consumer: TopicConsumer;
  lag: LagMonitor;
  readAgain: Pick<ReadAgain, 'held'>;
  source: DetailSource;
  /** Why the database takes no orders; null while it does. */
  databaseTrouble: () => string | null;
  lineage: Pick<Lineage, 'refuse'>;
  log: Logger;
}
interface Counts {
  orders: number;
  parked: number;
  failed: number;
  rejected: number;
  missing: number;
  missingLately: number;
  oldest: Date | null;
}

const POLL_MS = 1000;
/** Counts older than this were not read because the database is away. */
const STALE_MS = 4000;
/**
 * Rejected messages stay for ever, and may be hundreds of thousands: they are counted where one came, and now and then,
 * should it have come unseen.
 */
const RECOUNT_MS = 30_000;

export class Status implements PipelineStatus, Part {
  #counts: Counts = { orders: 0, parked: 0, failed: 0, rejected: 0, missing: 0, missingLately: 0, oldest: null };
  #countedAt = performance.now();
  #rejected = { last: null as bigint | null, countedAt: -Infinity };
  readonly #rounds = new Rounds({
    everyMs: POLL_MS,
    work: () => this.#count(),
    // health() says so as well, once it lasts.
    watched: () => troublesOf(this.deps.log).watch('the counts of parked and rejected messages could not be read'),
    atOnce: true,
  });

  constructor(private readonly deps: StatusDeps) {}

  start(): void {
    this.#rounds.start();
  }

  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  readiness(): Readiness {
    const trouble = this.deps.databaseTrouble();
    if (trouble !== null) return { ready: false, reason: trouble };
    const { consumer, readAgain } = this.deps;
    if (readAgain.held) return { ready: false, reason: 'the database was put back, and the topic is read again' };
    return consumer.readiness();
  }
  partitions() {
    return this.deps.lag.lag?.partitions ?? [];
  }
  orderApi() {
    return this.deps.source.status;
  }
  troubles() {
    return troublesOf(this.deps.log).list();
  }
  missingMessages() {
    return this.#counts.missing;
  }

  health(): Health {
    const {
      lag: { lag },
      source,
      consumer,
      databaseTrouble,
      readAgain,
    } = this.deps;
    const { orders, parked, failed, rejected, missingLately, oldest } = this.#counts;
    return {
      database: databaseTrouble() !== null || performance.now() - this.#countedAt > STALE_MS ? 'away' : 'ok',
      kafka: lag && consumer.readiness().ready ? 'ok' : 'away',
      lag: lag && { messages: lag.messages, seconds: Math.round(lag.seconds) },
      orderApi: source.status,
      parkedOrders: orders,
      parkedMessages: parked,
      failedMessages: failed,
      rejectedMessages: rejected,
      oldestParkedAt: oldest?.toISOString() ?? null,
      missingMessages: missingLately,
      standingPartitions: consumer.standing,
      ...(readAgain.held && { readingAgain: true }),
    };
  }

  async #count(): Promise<void> {
    const recount = performance.now() - this.#rejected.countedAt > RECOUNT_MS;
    const [row] = await this.deps.prisma.$queryRaw<
      (Omit<Counts, 'rejected'> & { rejected: number | null; last: bigint | null; writable: boolean })[]
    >`
          SELECT
            p.orders, p.parked, p.oldest,
            (SELECT count(*)::int FROM parked_messages WHERE state = 'FAILED') AS failed, r.last,
            CASE
              WHEN ${recount} OR r.last IS DISTINCT FROM ${this.#rejected.last}::bigint THEN
                (SELECT count(*)::int FROM rejected_messages)
            END AS rejected,
            m.missing, m.lately AS "missingLately", ${Prisma.raw(WRITABLE)}
          FROM
            (
              SELECT count(DISTINCT order_id)::int AS orders, count(*)::int AS parked, min(parked_at) AS oldest
              FROM parked_messages
              WHERE state = 'PARKED'
            ) p,
            (
              SELECT
                COALESCE(sum(to_offset - from_offset), 0)::float8 AS missing,
                COALESCE(sum(to_offset - from_offset) FILTER (WHERE at > now() - interval '24 hours'), 0)::float8 AS
                  lately
              FROM missing_messages
            ) m,
            (SELECT max(id) AS last FROM rejected_messages) r
        `;
    const { last, rejected, writable, ...counts } = row!;
    // It answers, and its data grows old: a primary that was demoted and stays up.
    if (!writable) {
      this.deps.lineage.refuse();
      throw notWritable();
    }
    if (rejected !== null) this.#rejected = { last, countedAt: performance.now() };
    this.#counts = { ...counts, rejected: rejected ?? this.#counts.rejected };
    this.#countedAt = performance.now();
  }
}

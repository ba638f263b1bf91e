// The metrics for Prometheus: counters that the pipeline's parts feed, and gauges that are read from its status at each
// scrape.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ErrorCode } from '../errors.ts';
import type { PipelineStatus } from './ports.ts';

/** How a message of the topic ended, or that it was parked or failed on its way. */
export type Fate =
  | 'applied'
  | 'covered'
  | 'superseded'
  | 'discarded'
  | 'redelivered'
  | 'rejected'
  | 'parked'
  | 'failed';
/** How a request to the order API went: it answered with an order, or failed with this code. */
type OrderApiOutcome = 'ok' | ErrorCode;

export class Metrics {
  readonly #registry = new Registry();
  readonly #lag: Gauge<'consumergroup' | 'topic' | 'partition'>;
  readonly #messages: Counter<'fate'>;
  readonly #requests: Counter<'outcome'>;
  readonly #requestSeconds: Histogram;
  readonly #batchSize: Histogram;
  readonly #batchSeconds: Histogram;
  readonly #sockets: Gauge;
  readonly #toScreen: Histogram;
  readonly #redelivered: Counter;
  readonly #unread: Counter;
  readonly #status: Record<'inFlight' | 'limit' | 'parkedOrders' | 'parked' | 'failed' | 'rejected' | 'missing', Gauge>;

  constructor(private readonly source: { groupId: string; topic: string }) {
    const registers = [this.#registry];
    const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
    collectDefaultMetrics({ register: this.#registry });
    this.#lag = new Gauge({
      name: 'kafka_consumergroup_lag',
      help: 'Messages of a partition that have not ended.',
      labelNames: ['consumergroup', 'topic', 'partition'],
      registers,
    });
    this.#messages = new Counter({
      name: 'kds_messages_total',
      help: 'Messages of the topic by what became of them.',
      labelNames: ['fate'],
      registers,
    });
    this.#requests = new Counter({
      name: 'kds_order_api_requests_total',
      help: 'Requests to the order API by outcome.',
      labelNames: ['outcome'],
      registers,
    });
    this.#requestSeconds = new Histogram({
      name: 'kds_order_api_request_seconds',
      help: 'How long requests to the order API took.',
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    });
    this.#batchSize = new Histogram({
      name: 'kds_apply_batch_size',
      help: 'Messages written in one transaction.',
      buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
      registers,
    });
    this.#batchSeconds = new Histogram({
      name: 'kds_apply_seconds',
      help: 'How long such a transaction took.',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    });
    this.#sockets = gauge('kds_sockets', 'Screens connected to this process.');
    this.#toScreen = new Histogram({
      name: 'kds_order_to_screen_seconds',
      help: "From a ticket's fire until a screen of its station said that it shows it.",
      buckets: [0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30, 60, 300],
      registers,
    });
    this.#redelivered = new Counter({
      name: 'kds_tickets_redelivered_total',
      help: 'Tickets sent again, since no screen of their station had confirmed them.',
      registers,
    });
    this.#unread = new Counter({
      name: 'kds_unread_lines_total',
      help: 'Lines of orders that could not be read as a whole. Their tickets say so.',
      registers,
    });
    this.#status = {
      inFlight: gauge('kds_order_api_in_flight', 'Requests to the order API in flight.'),
      limit: gauge('kds_order_api_limit', 'How many of them may be in flight now.'),
      parkedOrders: gauge('kds_parked_orders', 'Orders with a message in the retry table that waits.'),
      parked: gauge('kds_parked_messages', 'Messages in the retry table that wait.'),
      failed: gauge('kds_failed_messages', 'Messages that were given up and need a person.'),
      rejected: gauge('kds_rejected_messages', 'Messages that could not be read, kept with their bytes.'),
      missing: gauge('kds_missing_messages', 'Messages that were gone from the topic before they were read.'),
    };
  }

  readonly contentType = this.#registry.contentType;

  messageEnded(fate: Fate, count = 1): void {
    this.#messages.inc({ fate }, count);
  }

  orderApiRequest(outcome: OrderApiOutcome, seconds: number): void {
    this.#requests.inc({ outcome });
    this.#requestSeconds.observe(seconds);
  }

  /** One transaction of the pipeline. */
  applied(batchSize: number, seconds: number): void {
    this.#batchSize.observe(batchSize);
    this.#batchSeconds.observe(seconds);
  }

  /** @param delta 1 for a screen that connected, -1 for one that left */
  sockets(delta: number): void {
    this.#sockets.inc(delta);
  }

  linesUnread(count: number): void {
    this.#unread.inc(count);
  }

  ticketConfirmed(seconds: number): void {
    this.#toScreen.observe(seconds);
  }

  ticketsRedelivered(count: number): void {
    this.#redelivered.inc(count);
  }

  /** Asks the status and nothing else, so that it answers while the database is away. */
  async render(status: PipelineStatus): Promise<string> {
    this.#lag.reset(); // partitions that are another process's now must not stay
    for (const { partition, lag } of status.partitions())
      this.#lag.set(
        { consumergroup: this.source.groupId, topic: this.source.topic, partition: String(partition) },
        lag,
      );
    const [{ inFlight, limit }, health] = [status.orderApi(), status.health()];
    this.#status.inFlight.set(inFlight);
    this.#status.limit.set(limit);
    this.#status.parkedOrders.set(health.parkedOrders);
    this.#status.parked.set(health.parkedMessages);
    this.#status.failed.set(health.failedMessages);
    this.#status.rejected.set(health.rejectedMessages);
    this.#status.missing.set(status.missingMessages());
    return this.#registry.metrics();
  }
}

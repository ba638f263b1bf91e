// Sends the platform's messages to Kafka with one queue and one send at a time, so that the messages of an order keep
// their order through every failure. A message leaves the queue only once the broker has it. A send that failed is
// repeated, which may duplicate messages but never loses one.
import type { KafkaSettings } from '../server/config/kafka.ts';
import { saslFor } from '../server/kafka/sasl.ts';
import { Kafka, logLevel, Partitioners, type Message, type Producer } from 'kafkajs';

export interface EventMessage {
  key: string;
  value: string;
  headers: Record<string, string>;
}

interface Options {
  brokers: string[] | undefined;
  access?: Pick<KafkaSettings, 'tls' | 'sasl'> | undefined;
  topic: string;
  log(line: string): void;
}

const MAX_BATCH = 1000;
const RETRY_MS = 500;
const KEPT_MESSAGES = 20_000;

export class EventProducer {
  sent = 0;
  /** The reason why nothing can be sent at the moment. */
  waiting: string | undefined;
  readonly #producer: Producer | undefined;
  readonly #recent: EventMessage[] = [];
  #queue: EventMessage[] = [];
  #bulk: Iterator<EventMessage> | undefined;
  #pump: Promise<void> | undefined;
  #connected = false;
  #stopped = false;

  constructor(private readonly options: Options) {
    if (!options.brokers) return;
    // The producer's own retry does not cover connections, the client's does. It retries few times, because this queue
    // goes on by itself and logs the failure.
    const retry = { retries: 3, initialRetryTime: 100, maxRetryTime: 1000 };
    const { tls, sasl } = options.access ?? {};
    const kafka = new Kafka({
      clientId: 'ordering-platform',
      brokers: options.brokers,
      ...(tls && { ssl: tls }),
      ...(sasl && { sasl: saslFor(sasl) }),
      connectionTimeout: 3000,
      retry,
      logLevel: logLevel.NOTHING,
    });
    this.#producer = kafka.producer({
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      retry,
      metadataMaxAge: 10_000,
    });
  }

  get queued(): number {
    return this.#queue.length;
  }

  enqueue(message: EventMessage): void {
    this.#queue.push(message);
    this.#start();
  }

  /** Sets messages that are made only when the queue is empty, so that a long job does not delay live events. */
  setBulk(messages: Iterator<EventMessage> | undefined): void {
    this.#bulk = messages;
    this.#start();
  }

  /** Resolves when everything queued is at the broker, a job's messages too. */
  async flush(): Promise<void> {
    while (this.#pump) await this.#pump;
  }

  /** Sends one message as it is, past the queue's format. @throws the error of the broker or of KafkaJS */
  async sendRaw(message: Message): Promise<{ partition: number; offset: string }> {
    await this.flush();
    if (!this.#producer) throw new Error('this platform has no broker');
    await this.#connect();
    const [written] = await this.#producer.send({ topic: this.options.topic, messages: [message] });
    this.sent++;
    return { partition: written?.partition ?? -1, offset: written?.baseOffset ?? '-1' };
  }

  /** The newest messages that were sent, oldest first. */
  recent(count: number): EventMessage[] {
    return count > 0 ? this.#recent.slice(-count) : [];
  }

  /** Stops after waiting at most `graceMs` for the queue. */
  async stop(graceMs = 2000): Promise<void> {
    this.#bulk = undefined;
    await within(graceMs, this.flush());
    this.#stopped = true;
    await within(graceMs, this.#producer?.disconnect() ?? Promise.resolve());
  }

  #start(): void {
    this.#pump ??= this.#run().finally(() => {
      this.#pump = undefined;
      if (!this.#stopped && (this.#queue.length || this.#bulk)) this.#start();
    });
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const batch = this.#next();
      if (!batch.length) return;
      await this.#deliver(batch);
    }
  }

  #next(): EventMessage[] {
    if (this.#queue.length) return this.#queue.splice(0, MAX_BATCH);
    const batch: EventMessage[] = [];
    while (this.#bulk && batch.length < MAX_BATCH) {
      const { done, value } = this.#bulk.next();
      if (done) this.#bulk = undefined;
      else batch.push(value);
    }
    return batch;
  }

  async #deliver(batch: EventMessage[]): Promise<void> {
    while (!this.#stopped) {
      try {
        await this.#connect();
        await this.#producer?.send({ topic: this.options.topic, messages: batch });
        if (this.waiting) this.options.log('Kafka takes messages again');
        this.waiting = undefined;
        this.sent += batch.length;
        this.#recent.push(...batch);
        if (this.#recent.length > 2 * KEPT_MESSAGES) this.#recent.splice(0, this.#recent.length - KEPT_MESSAGES);
        return;
      } catch (error) {
        const reason = reasonOf(error, this.options.topic);
        if (reason !== this.waiting) this.options.log(`${reason}; orders wait in the queue`);
        this.waiting = reason;
        await new Promise((resolve) => {
          setTimeout(resolve, RETRY_MS);
        });
      }
    }
  }

  async #connect(): Promise<void> {
    if (this.#connected) return;
    await this.#producer?.connect();
    this.#connected = true;
  }
}

function reasonOf(error: unknown, topic: string): string {
  const { type, message } = error as { type?: string; message?: string };
  const cause = (error as { cause?: { type?: string } }).cause?.type;
  if (type === 'UNKNOWN_TOPIC_OR_PARTITION' || cause === 'UNKNOWN_TOPIC_OR_PARTITION')
    return `waiting for the topic ${topic}`;
  return `Kafka cannot be reached (${String(message).slice(0, 120)})`;
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([
    work,
    new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    }),
  ]).finally(() => clearTimeout(timer));
}

// The broker's own id of a topic. A topic that is deleted and made again has another id, however many messages it has
// by then. KafkaJS speaks only versions of the Metadata request without ids, so this one request is written out here
// (version 10: Kafka 2.8 and later).
import type { Kafka } from 'kafkajs';
import { within } from '../lib/deadline.ts';
import type { Part } from '../lib/part.ts';
import type { Logger } from '../logger.ts';
import { reasonOf } from './broker-words.ts';
import { BrokerConnection, type BrokerRequest } from './broker-request.ts';

const METADATA = 3;
const VERSION = 10;
/** Longest wait for one broker: to connect, and to answer. */
const ANSWER_MS = 3000;
const STOP_MS = 1000;
const NO_ID = '0'.repeat(32);
const UNKNOWN_TOPIC = 3;

export interface TopicIdsOptions {
  kafka: Kafka;
  brokers: readonly string[];
  topic: string;
  log: Logger;
}

/** Asks for the topic's id, over one connection that is kept: the consumer asks once a second. */
export class TopicIds implements Part {
  #connected: Promise<BrokerConnection> | undefined;
  /** The broker to ask next. */
  #at = 0;
  #stopped = false;
  /** Reasons that were logged since the id was last known. */
  readonly #said = new Set<string>();

  constructor(private readonly options: TopicIdsOptions) {}

  /**
   * @returns the id in hexadecimal; null where the topic does not exist, and where the brokers do not tell. The latter
   * is logged once, with the reason
   */
  async current(): Promise<string | null> {
    if (this.#stopped) return null;
    let reason = 'there is no broker to ask';
    for (let tries = 0; tries < this.options.brokers.length; tries += 1) {
      const connected = (this.#connected ??= this.#connect());
      try {
        const answer = await within(ANSWER_MS, this.#askOver(connected));
        if ('id' in answer) this.#said.clear();
        else this.#say(answer.reason);
        return 'id' in answer ? answer.id : null;
      } catch (error) {
        if (this.#stopped) return null;
        reason = reasonOf(error);
        this.#leave(connected);
      }
    }
    this.#say(reason);
    return null;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    const connected = this.#connected;
    this.#connected = undefined;
    if (connected) await within(STOP_MS, closed(connected)).catch(() => {});
  }

  async #askOver(connected: Promise<BrokerConnection>): Promise<{ id: string | null } | { reason: string }> {
    const connection = await connected;
    const version = connection.maxVersion(METADATA);
    if (version < VERSION)
      return { reason: `the broker knows no topic ids: it answers Metadata up to version ${version}, not ${VERSION}` };
    const { error, id } = topicIn(await connection.send(metadataRequest(this.options.topic)));
    if (id !== NO_ID) return { id };
    if (error === UNKNOWN_TOPIC) return { id: null };
    return { reason: error ? `the broker answers with error ${error}` : 'the broker gives its topics no ids' };
  }

  async #connect(): Promise<BrokerConnection> {
    const { kafka, brokers } = this.options;
    const { hostname, port } = new URL(`kafka://${brokers[this.#at % brokers.length]}`);
    return BrokerConnection.open(kafka, { host: hostname.replaceAll(/^\[|\]$/g, ''), port: Number(port) });
  }

  /** The next call asks the next broker. */
  #leave(connected: Promise<BrokerConnection>): void {
    if (this.#connected !== connected) return;
    this.#connected = undefined;
    this.#at += 1;
    closed(connected).catch(() => {});
  }

  #say(reason: string): void {
    if (this.#said.has(reason)) return;
    this.#said.add(reason);
    this.options.log.warn(
      { topic: this.options.topic, reason },
      "the topic's id is not known: only its offsets tell whether it was made again",
    );
  }
}

const closed = async (connected: Promise<BrokerConnection>): Promise<void> => (await connected).close();

/**
 * The first topic of a Metadata answer: everything before it is read over.
 * @param answer behind its correlation id
 * @returns without an id where no topic is in it
 * @throws RangeError when it is cut short
 */
export function topicIn(answer: Buffer): { error: number; id: string } {
  let at = 0;
  const skip = (bytes: number) => {
    at += bytes;
  };
  const varint = (): number => {
    const byte = answer.readUInt8(at);
    at += 1;
    return byte < 128 ? byte : (byte & 127) + 128 * varint();
  };
  // Lengths are given plus one; 0 is null.
  const skipText = () => skip(Math.max(0, varint() - 1));
  const skipTags = () => {
    for (let left = varint(); left > 0; left -= 1) {
      varint();
      skip(varint());
    }
  };
  skipTags(); // of the header
  skip(4); // throttle time
  for (let left = varint() - 1; left > 0; left -= 1) {
    skip(4);
    skipText();
    skip(4);
    skipText();
    skipTags();
  }
  skipText(); // cluster id
  skip(4); // controller id
  if (varint() < 2) return { error: 0, id: NO_ID };
  const error = answer.readInt16BE(at);
  skip(2);
  skipText();
  if (at + 16 > answer.length) throw new RangeError('the answer is cut short');
  return { error, id: answer.subarray(at, at + 16).toString('hex') };
}

function metadataRequest(topic: string): BrokerRequest {
  const name = Buffer.from(topic);
  const [no, yes] = [Buffer.from([0]), Buffer.from([2])];
  // no tags of the header | one topic: by name instead of id, no tags | do not make it, no authorized operations twice,
  // no tags
  const body = Buffer.concat([no, yes, Buffer.alloc(16), varintOf(name.length + 1), name, no, Buffer.alloc(4)]);
  return { apiKey: METADATA, apiVersion: VERSION, apiName: 'Metadata', body };
}

const varintOf = (value: number): Buffer => Buffer.from(value < 128 ? [value] : [(value & 127) | 128, value >> 7]);

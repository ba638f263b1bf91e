// Keeps a record batch that cannot be decoded from ending the consumer. KafkaJS 2.2.4 decodes the answer to a fetch as
// a whole: one batch with an unknown codec or broken bytes fails all partitions of a broker, the consumer ends, and the
// partition wanders with its batch to the next process, whose consumer ends as well. Here such an answer is cut in
// front of the batch, so that everything else in it is read, and the batch is told.
import Decoder from 'kafkajs/src/protocol/decoder.js';
import decodeBatch from 'kafkajs/src/protocol/recordBatch/v0/decoder.js';
import type { Kafka } from 'kafkajs';
import { messageOf } from '../errors.ts';
import { onEachPool, type Protocol } from './clusters.ts';
import { nameOfCodec } from './codecs.ts';

export interface UndecodableBatch {
  topic: string;
  partition: number;
  /** Of its first record. */
  offset: number;
  /** The records before it in the same answer are still to be read. */
  isNext: boolean;
  reason: string;
}

const FETCH = 1;
/** Versions whose answers are built as `partitionsIn` reads them: Kafka 0.11 and later. */
const FIRST_VERSION = 4;

/** From now on each consumer of this client reads on beside batches that cannot be decoded. */
export function keepFetchesReadable(kafka: Kafka, onUndecodable: (batch: UndecodableBatch) => void): void {
  onEachPool(kafka, (pool) => {
    const send = pool.send.bind(pool);
    pool.send = (protocol) =>
      send(protocol.request.apiKey === FETCH ? { ...protocol, response: readable(protocol, onUndecodable) } : protocol);
  });
}

function readable({ request, response }: Protocol, onUndecodable: (batch: UndecodableBatch) => void) {
  return {
    ...response,
    decode: async (answer: Buffer): Promise<unknown> => {
      try {
        return await response.decode(answer);
      } catch (error) {
        if (request.apiVersion < FIRST_VERSION) throw error;
        const { rest, cut } = await withoutUndecodable(answer, request.apiVersion);
        if (!cut.length) throw error;
        const decoded = await response.decode(rest);
        for (const batch of cut) onUndecodable(batch);
        return decoded;
      }
    },
  };
}

interface Partition {
  topic: string;
  partition: number;
  /** The place of its records' length, and of their end. */
  at: number;
  end: number;
}

/** The same answer, with each partition cut in front of its first batch that cannot be decoded. */
export async function withoutUndecodable(
  answer: Buffer,
  version: number,
): Promise<{ rest: Buffer; cut: UndecodableBatch[] }> {
  const pieces: Buffer[] = [];
  const cut: UndecodableBatch[] = [];
  let from = 0;
  for (const { topic, partition, at, end } of partitionsIn(answer, version)) {
    const records = answer.subarray(at + 4, end);
    const bad = await firstUndecodable(records);
    if (!bad) continue;
    const length = Buffer.alloc(4);
    length.writeInt32BE(bad.at);
    pieces.push(answer.subarray(from, at), length, records.subarray(0, bad.at));
    from = end;
    cut.push({ topic, partition, offset: bad.offset, isNext: bad.at === 0, reason: bad.reason });
  }
  return { rest: Buffer.concat([...pieces, answer.subarray(from)]), cut };
}

function* partitionsIn(answer: Buffer, version: number): Generator<Partition> {
  let at = 4; // throttle time
  if (version >= 7) at += 6; // error, session
  const count = () => {
    at += 4;
    return answer.readInt32BE(at - 4);
  };
  for (let topics = count(); topics > 0; topics -= 1) {
    const name = answer.readInt16BE(at);
    const topic = answer.toString('utf8', at + 2, at + 2 + name);
    at += 2 + name;
    for (let partitions = count(); partitions > 0; partitions -= 1) {
      const partition = answer.readInt32BE(at);
      at += 22; // partition, error, high watermark, last stable offset
      if (version >= 5) at += 8; // log start
      const aborted = count();
      at += 16 * Math.max(0, aborted);
      if (version >= 11) at += 4; // preferred replica
      const start = at;
      const length = count();
      at += Math.max(0, length);
      yield { topic, partition, at: start, end: at };
    }
  }
}

/** Of a record batch (magic 2). */
const LENGTH_AT = 8;
const HEADER = 12;
const MAGIC_AT = 16;
const ATTRIBUTES_AT = 21;
const CODEC = 7;

async function firstUndecodable(records: Buffer): Promise<{ at: number; offset: number; reason: string } | undefined> {
  for (let at = 0; at + ATTRIBUTES_AT + 2 <= records.length;) {
    const end = at + HEADER + records.readInt32BE(at + LENGTH_AT);
    // The last one may be cut short, and older formats are KafkaJS's own matter.
    if (end > records.length || end <= at + MAGIC_AT || records[at + MAGIC_AT] !== 2) return undefined;
    try {
      await decodeBatch(new Decoder(records.subarray(at, end)));
    } catch (error) {
      const codec = records.readInt16BE(at + ATTRIBUTES_AT) & CODEC;
      const how = codec ? `compressed with ${nameOfCodec(codec)}` : 'not compressed';
      return {
        at,
        offset: Number(records.readBigInt64BE(at)),
        reason: `its records (${how}) cannot be decoded: ${messageOf(error)}`,
      };
    }
    at = end;
  }
  return undefined;
}

// The broker's own id of a topic: a topic that is made again has another one, however many messages it has by then.
// KafkaJS speaks only versions of the Metadata request that have no id, so this one request is written out here
// (version 10: Kafka 2.8 and later).
import { connect } from 'node:net';

const METADATA = 3;
const VERSION = 10;
const ANSWER_MS = 3000;
const NO_ID = '0'.repeat(32);

/**
 * @returns the id in hexadecimal; null where no broker answered, has no ids, or does not know the topic: it is then
 * simply not known
 */
export async function fetchTopicId(brokers: readonly string[], topic: string): Promise<string | null> {
  for (const broker of brokers) {
    try {
      const id = topicIdIn(await ask(broker, metadataRequest(topic)));
      return id === NO_ID ? null : id;
    } catch {
      /* perhaps the next one answers */
    }
  }
  return null;
}

/**
 * The first topic's id: all that stands before it is read over. @param answer without its length. @throws RangeError
 * when it is cut short
 */
export function topicIdIn(answer: Buffer): string {
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
  skip(4); // correlation id
  skipTags();
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
  if (varint() < 2) return NO_ID;
  skip(2); // error code
  skipText();
  if (at + 16 > answer.length) throw new RangeError('the answer is cut short');
  return answer.subarray(at, at + 16).toString('hex');
}

function metadataRequest(topic: string): Buffer {
  const name = Buffer.from(topic);
  const [head, no, yes] = [Buffer.alloc(10), Buffer.from([0]), Buffer.from([2])];
  head.writeInt16BE(METADATA, 0);
  head.writeInt16BE(VERSION, 2);
  head.writeInt32BE(1, 4);
  head.writeInt16BE(-1, 8); // no client id
  // no tags | one topic: by name instead of id, no tags | do not make it, no authorized operations twice, no tags
  const body = Buffer.concat([head, no, yes, Buffer.alloc(16), varintOf(name.length + 1), name, no, Buffer.alloc(4)]);
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length);
  return Buffer.concat([length, body]);
}

const varintOf = (value: number): Buffer => Buffer.from(value < 128 ? [value] : [(value & 127) | 128, value >> 7]);

/** @returns the answer without its length. @throws Error when the broker is away or does not know the request */
function ask(broker: string, request: Buffer): Promise<Buffer> {
  const { hostname, port } = new URL(`kafka://${broker}`);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) }, () => socket.write(request));
    let answer = Buffer.alloc(0);
    const end = (error?: Error) => {
      socket.destroy();
      clearTimeout(timer);
      if (error) reject(error);
    };
    const timer = setTimeout(() => end(new Error('the broker does not answer')), ANSWER_MS);
    socket.on('error', end);
    socket.on('close', () => end(new Error('the broker closed the connection')));
    socket.on('data', (chunk) => {
      answer = Buffer.concat([answer, chunk]);
      if (answer.length < 4 || answer.length < 4 + answer.readInt32BE(0)) return;
      resolve(answer.subarray(4));
      end();
    });
  });
}

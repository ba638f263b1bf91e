// Record batches that Java's own client library wrote (kafka-clients 4.3), one with each codec, as Base64: all hold the
// same records.
import Decoder from 'kafkajs/src/protocol/decoder.js';
import decodeBatch from 'kafkajs/src/protocol/recordBatch/v0/decoder.js';
import batches from '../../test/record-batches.json' with { type: 'json' };
import { beforeAll, describe, expect, test } from 'vitest';
import { readSnappy, registerCodecs } from './codecs.ts';
import { withoutUndecodable } from './readable-fetches.ts';

const bytesOf = (name: keyof typeof batches) => Buffer.from(batches[name], 'base64');
const decoded = async (batch: Buffer) => {
  const { records } = (await decodeBatch(new Decoder(batch))) as { records: { key: Buffer; value: Buffer }[] };
  return records.map(({ key, value }) => `${String(key)} ${String(value)}`);
};
const expected = ['o-0', 'o-1', 'o-2'].map(
  (id) => `${id} {"id":"${id}","status":"PLACED","version":1,"restaurantId":"r-102"}`,
);

beforeAll(registerCodecs);

test.each(Object.keys(batches) as (keyof typeof batches)[])('%s', async (name) => {
  expect(await decoded(bytesOf(name))).toEqual(expected);
});

test('snappy without the framing of Java, as librdkafka sends it', async () => {
  const framed = bytesOf('snappy').subarray(61);
  const bare = framed.subarray(20);
  expect(Buffer.from(readSnappy(bare))).toEqual(Buffer.from(readSnappy(framed)));
});

/** An answer to a fetch of version 11 with one topic, and these records in its partitions. */
function answerWith(...partitions: Buffer[]): Buffer {
  const int32 = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32BE(value);
    return bytes;
  };
  const name = Buffer.from('\0\x05topic');
  return Buffer.concat([
    Buffer.alloc(10), // throttle time, error, session
    int32(1),
    name,
    int32(partitions.length),
    ...partitions.flatMap((records, partition) => [
      int32(partition),
      Buffer.alloc(26), // error, high watermark, last stable offset, log start
      int32(1), // one aborted transaction
      Buffer.alloc(16),
      int32(-1), // preferred replica
      int32(records.length),
      records,
    ]),
  ]);
}
const withCodec = (batch: Buffer, codec: number) => {
  const changed = Buffer.from(batch);
  changed[22] = codec;
  return changed;
};
const at = (batch: Buffer, offset: number) => {
  const changed = Buffer.from(batch);
  changed.writeBigInt64BE(BigInt(offset));
  return changed;
};

describe('an answer with a batch that cannot be decoded', () => {
  test.each([5, 6, 7])('codec %d is named', async (codec) => {
    const { cut } = await withoutUndecodable(answerWith(withCodec(bytesOf('none'), codec)), 11);
    expect(cut).toEqual([
      {
        topic: 'topic',
        partition: 0,
        offset: 0,
        isNext: true,
        reason: expect.stringContaining(`compressed with an unknown codec (${codec})`),
      },
    ]);
  });

  test.each(['gzip', 'snappy', 'lz4', 'zstd'] as const)('broken bytes of %s are found', async (name) => {
    const broken = bytesOf(name);
    broken.fill(0xff, 61, 90);
    const { cut } = await withoutUndecodable(answerWith(broken), 11);
    expect(cut.map(({ reason }) => reason)).toEqual([expect.stringContaining(`compressed with ${name}`)]);
  });

  test('it is cut in front of it; other partitions, and what stands before it, stay', async () => {
    const [good, bad] = [bytesOf('lz4'), withCodec(at(bytesOf('zstd'), 3), 6)];
    const answer = answerWith(good, Buffer.concat([good, bad, at(good, 6)]), at(good, 9));
    const { rest, cut } = await withoutUndecodable(answer, 11);
    expect(rest).toEqual(answerWith(good, good, at(good, 9)));
    expect(cut).toEqual([
      { topic: 'topic', partition: 1, offset: 3, isNext: false, reason: expect.stringContaining('codec (6)') },
    ]);
  });

  test('a sound answer, and one whose last batch is cut short, stay as they are', async () => {
    const good = bytesOf('snappy');
    const answer = answerWith(good, good.subarray(0, 100), Buffer.alloc(0));
    expect(await withoutUndecodable(answer, 11)).toEqual({ rest: answer, cut: [] });
  });
});

// The codecs that producers may compress records with, beside KafkaJS's own gzip. They are packages in plain
// JavaScript, so that nothing is compiled when Heard is installed. Heard only reads: nothing here compresses.
import zlib from 'node:zlib';
import { decompress as decompressZstd } from 'fzstd';
import kafkajs from 'kafkajs';
import lz4 from 'lz4js';
import snappy from 'snappyjs';

// KafkaJS is CommonJS, and Node finds the codecs by its default export only.
const { CompressionCodecs, CompressionTypes } = kafkajs;

/** The names of codecs by their number in a batch's attributes. */
const NAMES = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];
/** Their number takes three bits. */
const NUMBERS = 8;

export const nameOfCodec = (number: number): string => NAMES[number] ?? `an unknown codec (${number})`;

/** Makes them known to KafkaJS, whose table of codecs is one for the whole process. */
export function registerCodecs(): void {
  const codecs = CompressionCodecs as Record<number, () => unknown>;
  codecs[CompressionTypes.Snappy] = () => reading(readSnappy);
  codecs[CompressionTypes.LZ4] = () => reading((frame) => lz4.decompress(frame));
  codecs[CompressionTypes.ZSTD] = () => reading(readZstd);
  // KafkaJS would take the records of a codec that it does not know for uncompressed ones.
  for (let number = NAMES.length; number < NUMBERS; number += 1)
    codecs[number] = () => {
      throw new Error(`the batch is compressed with ${nameOfCodec(number)}`);
    };
}

const reading = (decompress: (compressed: Buffer) => Uint8Array) => ({
  compress(): never {
    throw new Error('Heard compresses nothing');
  },
  async decompress(compressed: Buffer): Promise<Buffer> {
    const { buffer, byteOffset, length } = decompress(compressed);
    return Buffer.from(buffer as ArrayBuffer, byteOffset, length);
  },
});

/** The framing of Java's clients (snappy-java, xerial): a header, then blocks, each behind its length. */
const XERIAL = Buffer.from([0x82, ...Buffer.from('SNAPPY'), 0]);
const XERIAL_HEADER = 16;
const LENGTH = 4;

/** Other clients, such as librdkafka, send one block without the framing. */
export function readSnappy(compressed: Buffer): Uint8Array {
  if (!compressed.subarray(0, XERIAL.length).equals(XERIAL)) return snappy.uncompress(compressed);
  const blocks: Uint8Array[] = [];
  for (let at = XERIAL_HEADER; at < compressed.length;) {
    const end = at + LENGTH + compressed.readInt32BE(at);
    if (end > compressed.length) throw new Error('a block of snappy is cut short');
    blocks.push(snappy.uncompress(compressed.subarray(at + LENGTH, end)));
    at = end;
  }
  return Buffer.concat(blocks);
}

/** Node.js has it from 22.15 on, three times as fast. */
const native = (zlib as { zstdDecompressSync?: (compressed: Buffer) => Buffer }).zstdDecompressSync;

export const readZstd = (compressed: Buffer): Uint8Array =>
  native ? native(compressed) : decompressZstd(withSmallWindow(compressed));

const ZSTD_MAGIC = 0xfd_2f_b5_28;
const SINGLE_SEGMENT = 0x20;
/** By the two lowest bits of the frame's descriptor, and by the two highest. */
const DICTIONARY_ID_BYTES = [0, 1, 2, 4];
const CONTENT_SIZE_BYTES = [0, 2, 4, 8];
const LOG_OF_BLOCK = 17;

/**
 * Java's frames promise a window of 2 MB for some kilobytes, and the package allocates all of it: most of its time. No
 * window need be larger than the blocks that there are, of 128 KB each at most.
 */
function withSmallWindow(frame: Buffer): Buffer {
  const [descriptor, window] = [frame[4] ?? 0, frame[5] ?? 0];
  if (frame.length < 9 || frame.readUInt32LE(0) !== ZSTD_MAGIC || descriptor & SINGLE_SEGMENT) return frame;
  let at = 6 + DICTIONARY_ID_BYTES[descriptor & 3]! + CONTENT_SIZE_BYTES[descriptor >> 6]!;
  let blocks = 0;
  for (let last = false; !last; blocks += 1) {
    // Cut short: the package says so itself.
    if (at + 3 > frame.length) return frame;
    const header = frame.readUIntLE(at, 3);
    last = (header & 1) === 1;
    const isRun = ((header >> 1) & 3) === 1;
    at += 3 + (isRun ? 1 : header >> 3);
  }
  const log = LOG_OF_BLOCK + Math.ceil(Math.log2(blocks));
  if (log >= 10 + (window >> 3)) return frame;
  const changed = Buffer.from(frame);
  changed[5] = (log - 10) << 3;
  return changed;
}

// The parts in use of packages that bring no types.
declare module 'snappyjs' {
  const snappy: { uncompress(compressed: Uint8Array, maxLength?: number): Uint8Array };
  export default snappy;
}
declare module 'lz4js' {
  const lz4: { decompress(frame: Uint8Array): Uint8Array };
  export default lz4;
}
declare module 'fzstd' {
  export function decompress(frames: Uint8Array): Uint8Array;
}
declare module 'kafkajs/src/protocol/decoder.js' {
  interface Decoder {
    buffer: Buffer;
  }
  const Decoder: new (buffer: Buffer) => Decoder;
  export default Decoder;
}
declare module 'kafkajs/src/protocol/recordBatch/v0/decoder.js' {
  import type Decoder from 'kafkajs/src/protocol/decoder.js';
  /** @throws where the batch cannot be decoded */
  export default function decode(batch: Decoder): Promise<unknown>;
}

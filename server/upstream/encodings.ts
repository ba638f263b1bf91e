// Decodes bodies that a service or a proxy compressed, asked or unasked. Few bytes may decode to very many: the size is
// bounded on the way.
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';

/** An answer of 8 MB is not an order; for a multi-get it is 160 KB for each of 50. */
export const MAX_BODY_BYTES = 8 << 20;
export const ACCEPT_ENCODING = 'gzip, br, deflate';
const MAX_ENCODINGS = 3;

type Decode = (body: Buffer) => Promise<Buffer>;
const bounded = (decode: (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>): Decode => {
  return (body) => decode(body, { maxOutputLength: MAX_BODY_BYTES });
};
const asZlib = bounded(promisify(inflate));
const asRaw = bounded(promisify(inflateRaw));
const asGzip = bounded(promisify(gunzip));

/** The name means zlib's format. Some services send the bare one. */
const asDeflate: Decode = (body) => (isZlib(body) ? asZlib(body) : asRaw(body));
const isZlib = (body: Buffer): boolean =>
  body.length >= 2 && (body[0]! & 0x0f) === 8 && body.readUInt16BE(0) % 31 === 0;

const decoders: Record<string, Decode> = {
  gzip: asGzip,
  'x-gzip': asGzip,
  br: bounded(promisify(brotliDecompress)),
  deflate: asDeflate,
};

/**
 * @param encodings the header Content-Encoding: names in the order in which they were applied
 * @throws Error with the code ERR_BUFFER_TOO_LARGE when the body is larger than `MAX_BODY_BYTES`
 */
export async function decoded(body: Buffer, encodings = ''): Promise<Buffer> {
  const names = encodings
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name && name !== 'identity');
  if (names.length > MAX_ENCODINGS) throw new Error(`it is encoded ${names.length} times`);
  let bytes = body;
  for (const name of names.toReversed()) {
    const decode = Object.hasOwn(decoders, name) ? decoders[name] : undefined;
    if (!decode) throw new Error(`its encoding ${name.slice(0, 20)} is not known`);
    bytes = await decode(bytes);
  }
  return bytes;
}

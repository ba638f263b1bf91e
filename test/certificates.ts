// Certificates made for a test, so that none of them expires in the repository: an authority, and what it signs. This
// writes the few parts of X.509 that TLS looks at.
import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

export interface Certified {
  /** PEM. */
  certificate: string;
  /** PEM, PKCS #8. */
  key: string;
}
export interface Authority {
  /** Its own certificate, as PEM. */
  pem: string;
  /** @param name of the owner, and of the host that it is for. @param until the end of its life; by default tomorrow */
  certificate(name: string, options?: { until?: Date }): Certified;
}

const DAY_MS = 86_400_000;

export function makeAuthority(name: string): Authority {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = nameOf(name);
  const pem = signed({ subject: issuer, publicKey, until: tomorrow(), extensions: [isAuthority] });
  return {
    pem,
    certificate(name, { until = tomorrow() } = {}) {
      const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      return {
        certificate: signed({ subject: nameOf(name), publicKey: own.publicKey, until, extensions: [namesOf(name)] }),
        key: own.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
      };
    },
  };

  function signed(content: { subject: Buffer; publicKey: KeyObject; until: Date; extensions: Buffer[] }): string {
    const { subject, publicKey, until, extensions } = content;
    const body = sequence(
      tagged(0xa0, integer(Buffer.from([2]))),
      integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
      ECDSA_WITH_SHA256,
      issuer,
      sequence(time(new Date(until.getTime() - 2 * DAY_MS)), time(until)),
      subject,
      publicKey.export({ type: 'spki', format: 'der' }),
      tagged(0xa3, sequence(...extensions)),
    );
    const der = sequence(body, ECDSA_WITH_SHA256, bits(sign('sha256', body, privateKey)));
    const lines = der.toString('base64').match(/.{1,64}/g)!;
    return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
  }
}

const tomorrow = () => new Date(Date.now() + DAY_MS);

// DER: a tag, the length, and the content.
function tagged(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const length =
    body.length < 128
      ? [body.length]
      : body.length < 256
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}
const sequence = (...parts: Buffer[]) => tagged(0x30, ...parts);
const integer = (bytes: Buffer) => tagged(0x02, bytes);
const bits = (bytes: Buffer) => tagged(0x03, Buffer.from([0]), bytes);
const oid = (hex: string) => tagged(0x06, Buffer.from(hex, 'hex'));
const time = (date: Date) =>
  tagged(0x18, Buffer.from(`${date.toISOString().replaceAll(/[-:T]|\.\d+Z/g, '')}Z`, 'latin1'));
const extension = (id: string, value: Buffer) => sequence(oid(id), tagged(0x04, value));

const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'));
/** The common name alone. */
const nameOf = (name: string) =>
  sequence(tagged(0x31, sequence(oid('550403'), tagged(0x0c, Buffer.from(name, 'utf8')))));
/** Basic constraints: it may sign others. */
const isAuthority = extension('551d13', sequence(tagged(0x01, Buffer.from([0xff]))));
/** Subject alternative names: the one host. */
const namesOf = (host: string) => extension('551d11', sequence(tagged(0x82, Buffer.from(host, 'latin1'))));

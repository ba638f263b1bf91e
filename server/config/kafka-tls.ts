// TLS towards the brokers: authorities, and a certificate of our own where they ask for one. Files are read again at each
// connection, so that a certificate that was renewed is in use without a restart.
import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { createSecureContext, type ConnectionOptions } from 'node:tls';
import { ConfigError } from './forms.ts';
import type { KafkaVariables } from './kafka.ts';
import { contentOf } from './secret-files.ts';

/** As Node's `tls.connect` takes them; the members may be getters. */
export type TlsSettings = Pick<ConnectionOptions, 'ca' | 'cert' | 'key' | 'passphrase'>;

const MEMBERS = { ca: 'KAFKA_CA', cert: 'KAFKA_CERTIFICATE', key: 'KAFKA_PRIVATE_KEY' } as const;
type Named = (typeof MEMBERS)[keyof typeof MEMBERS];

/** @returns undefined without TLS. @throws ConfigError */
export function tlsOf(env: KafkaVariables): TlsSettings | undefined {
  const protocol = env.KAFKA_SECURITY_PROTOCOL;
  if (protocol !== 'SSL' && protocol !== 'SASL_SSL') {
    const unused = (
      [
        ...Object.values(MEMBERS).flatMap((name) => [name, `${name}_PATH`] as const),
        'KAFKA_PRIVATE_KEY_PASSPHRASE',
      ] as const
    ).find((name) => env[name] !== undefined);
    if (unused)
      throw new ConfigError(
        `${unused} is for TLS, but KAFKA_SECURITY_PROTOCOL is ${protocol}: set it to SSL or SASL_SSL`,
      );
    return undefined;
  }
  for (const name of Object.values(MEMBERS))
    if (env[name] !== undefined && env[`${name}_PATH`] !== undefined)
      throw new ConfigError(`${name}_PATH is set, and ${name} as well: set one of them only`);
  const has = (name: Named) => env[name] !== undefined || env[`${name}_PATH`] !== undefined;
  const [certificate, key] = [has(MEMBERS.cert), has(MEMBERS.key)];
  if (certificate !== key)
    throw new ConfigError(
      certificate
        ? 'KAFKA_PRIVATE_KEY is not set, but KAFKA_CERTIFICATE is: set both or none, or their _PATH'
        : 'KAFKA_CERTIFICATE is not set, but KAFKA_PRIVATE_KEY is: set both or none, or their _PATH',
    );
  const settings: TlsSettings = { passphrase: env.KAFKA_PRIVATE_KEY_PASSPHRASE };
  for (const [member, name] of Object.entries(MEMBERS)) {
    if (!has(name)) continue;
    const path = env[`${name}_PATH`];
    Object.defineProperty(settings, member, {
      enumerable: true,
      get: () => (path === undefined ? env[name] : contentOf(`${name}_PATH`, path)),
    });
  }
  check(settings, (name) => (env[name] === undefined ? `${name}_PATH` : name));
  return settings;
}

/** Refuses at the start everything that no broker can make good. */
function check({ ca, cert, key, passphrase }: TlsSettings, nameOf: (name: Named) => string): void {
  if (ca !== undefined)
    attempt(`${nameOf('KAFKA_CA')} holds no certificate in PEM form`, () => {
      createSecureContext({ ca });
      return new X509Certificate(ca as string);
    });
  if (cert === undefined) return;
  const own = attempt(
    `${nameOf('KAFKA_CERTIFICATE')} holds no certificate in PEM form`,
    () => new X509Certificate(cert as string),
  );
  const encrypted = /ENCRYPTED/.test(key as string);
  const privateKey = attempt<KeyObject>(
    encrypted
      ? `KAFKA_PRIVATE_KEY_PASSPHRASE ${passphrase === undefined ? 'is not set, but the private key is encrypted' : 'does not open the private key'}`
      : `${nameOf('KAFKA_PRIVATE_KEY')} holds no private key in PEM form`,
    () => createPrivateKey({ key: key as string, ...(passphrase !== undefined && { passphrase }) }),
  );
  if (!own.checkPrivateKey(privateKey))
    throw new ConfigError(`${nameOf('KAFKA_PRIVATE_KEY')} is not the key of the certificate in KAFKA_CERTIFICATE`);
  if (Date.parse(own.validTo) < Date.now())
    throw new ConfigError(`${nameOf('KAFKA_CERTIFICATE')} holds a certificate that expired on ${dayOf(own.validTo)}`);
}

function attempt<T>(otherwise: string, work: () => T): T {
  try {
    return work();
  } catch {
    throw new ConfigError(otherwise);
  }
}

/** A date of a certificate, as RFC 3339 writes days. */
export const dayOf = (date: string): string => new Date(date).toISOString().slice(0, 10);

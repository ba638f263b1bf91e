// Listeners of the tests' Kafka that ask for TLS and a sign-in, each with certificates made for this run.
import { freePort } from '../scripts/local/process.mjs';
import type { SaslSettings } from '../server/config/kafka-sasl.ts';
import { makeAuthority, type Authority } from './certificates.ts';

/** A client's side of them. */
export interface SecureAccess {
  /** TLS, and PLAIN or SCRAM. */
  broker: string;
  /** Mutual TLS. */
  mutualBroker: string;
  /** TLS, and OAUTHBEARER with tokens that nobody signs. */
  tokenBroker: string;
  /** TLS with a certificate that has expired. */
  expiredBroker: string;
  /** A password over a plain connection. */
  plainTextBroker: string;
  /** PEM: the authority that has signed the brokers' certificates. */
  ca: string;
  /** Signed by it. */
  own: { certificate: string; key: string };
  sasl: Extract<SaslSettings, { username: string }>;
}

export const HOST = 'localhost';
const MODULES = 'org.apache.kafka.common.security';

export async function secureDoors() {
  const authority = makeAuthority('the authority of the tests');
  const certified = (options?: { until: Date }) => certifiedBy(authority, options);
  const door = async (name: string, protocol: string, settings: Record<string, string>) => {
    const port = await freePort();
    return { name, port, advertisedHost: HOST, advertisedPort: port, protocol, settings };
  };
  const token = `${MODULES}.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="broker";`;
  const doors = await Promise.all([
    door('SECURE', 'SASL_SSL', passwordSettings(authority)),
    door('MUTUAL', 'SSL', {
      ...certified(),
      'ssl.client.auth': 'required',
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.certificates': inOneLine(authority.pem),
    }),
    door('TOKEN', 'SASL_SSL', {
      ...certified(),
      'sasl.enabled.mechanisms': 'OAUTHBEARER',
      'oauthbearer.sasl.jaas.config': token,
    }),
    door('EXPIRED', 'SSL', certified({ until: new Date('2020-01-02T00:00:00Z') })),
    door('OPEN', 'SASL_PLAINTEXT', { 'sasl.enabled.mechanisms': 'PLAIN', 'plain.sasl.jaas.config': plain }),
  ]);
  const [broker, mutualBroker, tokenBroker, expiredBroker, plainTextBroker] = doors.map(
    ({ port }) => `${HOST}:${port}`,
  ) as [string, string, string, string, string];
  const access: SecureAccess = {
    broker,
    mutualBroker,
    tokenBroker,
    expiredBroker,
    plainTextBroker,
    ca: authority.pem,
    own: authority.certificate('heard'),
    sasl: { mechanism: 'PLAIN', username, password },
  };
  return { access, doors, scramUsers };
}

export const [username, password] = ['heard', 'a password with spaces'] as const;
/** As kafka-storage takes users whose passwords the cluster keeps itself. */
export const scramUsers = ['SCRAM-SHA-256', 'SCRAM-SHA-512'].map(
  (mechanism) => `${mechanism}=[name=${username},password=${password}]`,
);
const plain = `${MODULES}.plain.PlainLoginModule required user_${username}="${password}";`;
const scram = `${MODULES}.scram.ScramLoginModule required;`;

function certifiedBy(authority: Authority, options?: { until: Date }) {
  const { certificate, key } = authority.certificate(HOST, options);
  return {
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.certificate.chain': inOneLine(certificate),
    'ssl.keystore.key': inOneLine(key),
  };
}

/** Of a listener with SASL_SSL that takes passwords. */
export const passwordSettings = (authority: Authority): Record<string, string> => ({
  ...certifiedBy(authority),
  'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
  'plain.sasl.jaas.config': plain,
  'scram-sha-256.sasl.jaas.config': scram,
  'scram-sha-512.sasl.jaas.config': scram,
});

/** As a file of Java's properties takes it. */
const inOneLine = (pem: string) => pem.replaceAll('\n', String.raw`\n`);

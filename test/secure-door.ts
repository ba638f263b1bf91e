// A listener of the tests' Kafka that asks for TLS and a password (SASL_SSL, PLAIN), with a certificate made for this
// run by the keytool of the Java that runs Kafka.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { ensureJava, javaTool } from '../scripts/local/kafka-install.mjs';
import { freePort } from '../scripts/local/process.mjs';
import type { SaslSettings } from '../server/config/kafka-sasl.ts';

/** A client's side of it. */
export interface SecureAccess {
  broker: string;
  /** PEM: the broker's own certificate, which no other authority has signed. */
  ca: string;
  sasl: Extract<SaslSettings, { username: string }>;
}

export async function secureDoor(directory: string) {
  const port = await freePort();
  const store = path.join(directory, 'broker.p12');
  const [username, password] = ['heard', 'a password with spaces'];
  mkdirSync(directory, { recursive: true });
  ensureJava(() => {});
  const keytool = (args: string[]) =>
    execFileSync(
      javaTool('keytool'),
      [...args, '-alias', 'broker', '-keystore', store, '-storetype', 'PKCS12', '-storepass', 'changeit'],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    );
  const subject = ['-dname', 'CN=localhost', '-ext', 'SAN=dns:localhost'];
  keytool(['-genkeypair', '-keyalg', 'EC', '-groupname', 'secp256r1', '-validity', '7', ...subject]);
  const ca = keytool(['-exportcert', '-rfc']);
  const access: SecureAccess = { broker: `localhost:${port}`, ca, sasl: { mechanism: 'PLAIN', username, password } };
  return {
    access,
    door: {
      name: 'SECURE',
      port,
      advertisedHost: 'localhost',
      advertisedPort: port,
      protocol: 'SASL_SSL',
      settings: {
        'ssl.keystore.type': 'PKCS12',
        'ssl.keystore.location': store,
        'ssl.keystore.password': 'changeit',
        'sasl.enabled.mechanisms': 'PLAIN',
        'plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required user_${username}="${password}";`,
      },
    },
  };
}

// The way of an order, from the topic to the database, past brokers that ask for TLS and a sign-in; and each way in
// which settings and brokers do not fit, as one line.
import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { makeAuthority } from '../../test/certificates.ts';
import { createTopic, deleteTopic, kafkaBrokers, produce } from '../../test/kafka.ts';
import {
  allEnded,
  expectTruth,
  incarnations,
  openPlatform,
  order,
  run,
  start,
  withTopic,
} from '../../test/topic-run.ts';
import { until } from '../../test/until.ts';
import { parseToolConfig } from '../config.ts';
import { createLogger } from '../logger.ts';

withTopic();

let folder: string;
let tokenServer: Server;
let asked: string[] = [];
const file = (name: string, content: string) => {
  writeFileSync(path.join(folder, name), content);
  return path.join(folder, name);
};
const part = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64url');
/** A token that nobody has signed, as a broker in development takes it. */
const token = () => {
  const now = Date.now() / 1000;
  return `${part({ alg: 'none' })}.${part({ sub: 'heard', iat: now, exp: now + 300 })}.`;
};

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'heard-secure-'));
  tokenServer = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      asked.push(`${request.headers.authorization} ${body}`);
      const allowed = request.headers.authorization === `Basic ${Buffer.from('heard:a%20secret').toString('base64')}`;
      response.writeHead(allowed ? 200 : 401, { 'content-type': 'application/json' });
      response.end(JSON.stringify(allowed ? { access_token: token(), expires_in: 300 } : { error: 'invalid_client' }));
    });
  });
  await new Promise<void>((resolve) => {
    tokenServer.listen(0, '127.0.0.1', resolve);
  });
});
afterAll(() => {
  tokenServer?.close();
  rmSync(folder, { recursive: true, force: true });
});

const doors = () => inject('kafkaSecure');
/** The settings of Kafka from nothing but an environment. */
const settings = (raw: Record<string, string>) =>
  parseToolConfig({ APP_ENV: run.env, DATABASE_URL: 'postgresql://unused/unused', ...raw }).kafka;
const withTls = (protocol: 'SSL' | 'SASL_SSL', broker: string) => ({
  KAFKA_BROKERS: broker,
  KAFKA_SECURITY_PROTOCOL: protocol,
  KAFKA_CA_PATH: file('ca.pem', doors().ca),
});
const withPassword = (mechanism: string) => ({
  ...withTls('SASL_SSL', doors().broker),
  KAFKA_SASL_MECHANISM: mechanism,
  KAFKA_SASL_USERNAME: doors().sasl.username,
  KAFKA_SASL_PASSWORD_FILE: file('password', `${doors().sasl.password}\n`),
});
const withOwn = () => ({
  KAFKA_CERTIFICATE_PATH: file('own.pem', doors().own.certificate),
  KAFKA_PRIVATE_KEY_PATH: file('own.key', doors().own.key),
});
const withTokenUrl = () => ({
  ...withTls('SASL_SSL', doors().tokenBroker),
  KAFKA_SASL_MECHANISM: 'OAUTHBEARER',
  KAFKA_SASL_TOKEN_URL: `http://127.0.0.1:${(tokenServer.address() as AddressInfo).port}/token`,
  KAFKA_SASL_CLIENT_ID: 'heard',
  KAFKA_SASL_CLIENT_SECRET: 'a secret',
});
const withTokenFile = () => ({
  ...withTls('SASL_SSL', doors().tokenBroker),
  KAFKA_SASL_MECHANISM: 'OAUTHBEARER',
  KAFKA_SASL_TOKEN_PATH: file('token', `${token()}\n`),
});

const placed = async (count: number) => {
  const ids = Array.from({ length: count }, () => run.platform.place(order(), { silent: true }).id);
  await produce(
    run.topic,
    ids.map((id) => ({ key: id, value: { id, status: 'PLACED', version: 1 } })),
  );
  return ids;
};

describe('orders are read', () => {
  test.each<[string, () => Record<string, string>]>([
    ['by SCRAM-SHA-512', () => withPassword('SCRAM-SHA-512')],
    ['by SCRAM-SHA-256', () => withPassword('SCRAM-SHA-256')],
    ['by PLAIN', () => withPassword('PLAIN')],
    ['by mutual TLS', () => ({ ...withTls('SSL', doors().mutualBroker), ...withOwn() })],
    ['by a token of a server', withTokenUrl],
    ['by a token in a file', withTokenFile],
  ])('%s', async (_, raw) => {
    asked = [];
    await createTopic(run.topic, 2);
    await openPlatform({ brokers: undefined });
    await start({ kafka: settings(raw()) });
    const ids = await placed(5);
    await allEnded(5);
    await expectTruth(ids);
    // Many connections, and one token.
    if (raw === withTokenUrl) expect(asked.length).toBe(1);
  });

  test("that the simulator sends over TLS with the server's own settings", async () => {
    await createTopic(run.topic, 2);
    const { brokers, tls, sasl } = settings(withPassword('SCRAM-SHA-256'));
    await openPlatform({ brokers, access: { tls, sasl } });
    await start({ kafka: settings(withPassword('SCRAM-SHA-512')) });
    const ids = Array.from({ length: 3 }, () => run.platform.place(order()).id);
    await allEnded(3);
    await expectTruth(ids);
  });

  test('a topic that was made again is noticed over TLS, too', async () => {
    await createTopic(run.topic);
    await openPlatform({ brokers: undefined });
    await start({ kafka: settings(withPassword('SCRAM-SHA-512')) });
    const old = await placed(5);
    await allEnded(5);
    await deleteTopic(run.topic);
    await until('it can be made', () => createTopic(run.topic).then(() => true));
    const ids = await placed(7);
    await until(
      'the new ones are applied',
      async () => (await run.prisma.order.count({ where: { id: { in: [...old, ...ids] } } })) === 12,
    );
    expect((await incarnations()).length).toBe(2);
  });
});

describe('one line says why', () => {
  test.each<[string, () => Record<string, string>, () => string]>([
    [
      'a wrong password',
      () => ({ ...withPassword('SCRAM-SHA-512'), KAFKA_SASL_PASSWORD_FILE: file('wrong', 'a wrong password') }),
      () => `${doors().broker} refuses the sign-in by SCRAM-SHA-512: check KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD`,
    ],
    [
      'a mechanism that the broker does not offer',
      () => ({ ...withPassword('SCRAM-SHA-512'), KAFKA_BROKERS: doors().tokenBroker }),
      () => `${doors().tokenBroker} does not offer SCRAM-SHA-512: set KAFKA_SASL_MECHANISM to one that it offers`,
    ],
    [
      'a certificate that has expired',
      () => withTls('SSL', doors().expiredBroker),
      () => `${doors().expiredBroker} shows a certificate that expired on 2020-01-02: renew it at the broker`,
    ],
    [
      'an authority that is not known',
      () => ({ ...withPassword('PLAIN'), KAFKA_CA_PATH: file('other.pem', makeAuthority('another').pem) }),
      () =>
        `${doors().broker} shows a certificate of an authority that is not known here: set KAFKA_CA or KAFKA_CA_PATH to the certificate of that authority`,
    ],
    [
      'a certificate for another name',
      () => ({ ...withPassword('PLAIN'), KAFKA_BROKERS: doors().broker.replace('localhost', '127.0.0.1') }),
      () =>
        `${doors().broker.replace('localhost', '127.0.0.1')} shows a certificate for other names: set KAFKA_BROKERS to one of them, or renew it at the broker`,
    ],
    [
      'no certificate where the broker asks for one',
      () => withTls('SSL', doors().mutualBroker),
      () => `${doors().mutualBroker} asks for a certificate of ours: set KAFKA_CERTIFICATE and KAFKA_PRIVATE_KEY`,
    ],
    [
      'a TLS port spoken to without TLS',
      () => ({ KAFKA_BROKERS: doors().mutualBroker }),
      () =>
        `${doors().mutualBroker} speaks TLS, and is spoken to without: KAFKA_SECURITY_PROTOCOL must be SSL or SASL_SSL`,
    ],
    [
      'a plain port spoken to in TLS',
      () => withTls('SSL', kafkaBrokers()[0]!),
      () =>
        `${kafkaBrokers()[0]} does not speak TLS: set KAFKA_SECURITY_PROTOCOL to PLAINTEXT, or KAFKA_BROKERS to its port for TLS`,
    ],
    [
      'no sign-in where the broker asks for one',
      () => ({ KAFKA_BROKERS: doors().plainTextBroker }),
      () =>
        `${doors().plainTextBroker} ends connections at once: it may ask for a sign-in, with KAFKA_SECURITY_PROTOCOL SASL_PLAINTEXT and KAFKA_SASL_MECHANISM`,
    ],
    [
      'a sign-in that the broker does not ask for',
      () => ({
        ...withPassword('PLAIN'),
        KAFKA_BROKERS: doors().mutualBroker,
        ...withOwn(),
      }),
      () =>
        `${doors().mutualBroker} asks for no sign-in: set KAFKA_SECURITY_PROTOCOL to SSL, and none of KAFKA_SASL_...`,
    ],
    [
      "a secret that the token's server does not know",
      () => ({ ...withTokenUrl(), KAFKA_SASL_CLIENT_SECRET: 'a wrong secret' }),
      () =>
        `KAFKA_SASL_TOKEN_URL: 127.0.0.1:${(tokenServer.address() as AddressInfo).port} gives no token (status 401, invalid_client): check KAFKA_SASL_CLIENT_ID, KAFKA_SASL_CLIENT_SECRET and KAFKA_SASL_SCOPE`,
    ],
    [
      'a token that the broker does not take',
      () => ({ ...withTokenFile(), KAFKA_SASL_TOKEN_PATH: file('bad-token', 'not-a-token') }),
      () => `${doors().tokenBroker} refuses the token: check KAFKA_SASL_TOKEN_..., and the broker's rules for it`,
    ],
  ])('%s', async (_, raw, reason) => {
    await openPlatform({ brokers: undefined });
    const warned: string[] = [];
    const log = Object.assign(createLogger('silent'), {
      warn: (fields: { reason?: string }, said: string) => void warned.push(`${said}: ${fields.reason}`),
    });
    const ingest = await start({ kafka: settings(raw()), log });
    await until('it has been tried', () => !/has not started/.test(ingest.consumer.readiness().reason ?? ''));
    expect(ingest.consumer.readiness()).toEqual({ ready: false, reason: reason() });
    // It is tried again and again, and said once.
    await new Promise((resolve) => {
      setTimeout(resolve, 2500);
    });
    expect(warned).toEqual([`not consuming: ${reason()}`]);
    expect(warned.join()).not.toMatch(/password with|wrong secret|a wrong password|not-a-token/);
  });
});

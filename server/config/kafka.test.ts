// The rules between Kafka's variables: each mistake is one line that names a variable and the remedy.
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeAuthority } from '../../test/certificates.ts';
import { ConfigError, parseConfig, parseToolConfig } from '../config.ts';

const least = {
  APP_ENV: 'pre',
  DATABASE_URL: 'postgresql://db.example/heard',
  KAFKA_BROKERS: 'kafka-1:9092',
  ORDER_API_URL: 'https://orders.example',
  OPS_TOKEN: 'sixteen-letters!',
};
const kafkaWith = (raw: Record<string, string | undefined>) => parseConfig({ ...least, ...raw }).kafka;
const refusalOf = (raw: Record<string, string | undefined>): string => {
  try {
    kafkaWith(raw);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  throw new Error('it was taken');
};

const SCRAM = {
  KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
  KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512',
  KAFKA_SASL_USERNAME: 'heard',
  KAFKA_SASL_PASSWORD: 'hush-hush',
};
const TOKEN = {
  KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
  KAFKA_SASL_MECHANISM: 'OAUTHBEARER',
  KAFKA_SASL_TOKEN_URL: 'https://login.example/token',
  KAFKA_SASL_CLIENT_ID: 'heard',
  KAFKA_SASL_CLIENT_SECRET: 'hush-hush',
};

const authority = makeAuthority('the authority');
const own = authority.certificate('heard');
let folder: string;
const fileWith = (name: string, content: string) => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
};
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'heard-kafka-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('names have defaults by environment, and can be others', () => {
  expect(kafkaWith({})).toMatchObject({ topic: 'pre_order_events', groupId: 'pre_kds', clientId: 'heard' });
  expect(
    kafkaWith({ KAFKA_TOPIC: 'shop.orders', KAFKA_GROUP_ID: 'g', KAFKA_CLIENT_ID: 'c', KAFKA_CLIENT_RACK: 'eu-1a' }),
  ).toMatchObject({ topic: 'shop.orders', groupId: 'g', clientId: 'c', rack: 'eu-1a' });
});

test("another environment's topic or group is refused: its orders would be taken away", () => {
  expect(refusalOf({ KAFKA_TOPIC: 'prod_order_events' })).toBe(
    'KAFKA_TOPIC is the one of the environment prod, but APP_ENV is pre',
  );
  expect(refusalOf({ KAFKA_GROUP_ID: 'prod_kds' })).toBe(
    'KAFKA_GROUP_ID is the one of the environment prod, but APP_ENV is pre',
  );
  expect(kafkaWith({ KAFKA_GROUP_ID: 'pre_kds' }).groupId).toBe('pre_kds');
});

test('passwords and tokens', () => {
  const { tls, sasl } = kafkaWith(SCRAM);
  expect(sasl).toEqual({ mechanism: 'SCRAM-SHA-512', username: 'heard', password: 'hush-hush' });
  expect(tls).toEqual({ passphrase: undefined });
  expect(kafkaWith({ ...TOKEN, KAFKA_SASL_EXTENSIONS: 'logicalCluster=lkc-1,identityPoolId=p' }).sasl).toEqual({
    mechanism: 'OAUTHBEARER',
    token: { url: 'https://login.example/token', clientId: 'heard', clientSecret: 'hush-hush', scope: undefined },
    extensions: { logicalCluster: 'lkc-1', identityPoolId: 'p' },
  });
});

test("an operator's tool takes the same", () => {
  const { APP_ENV, DATABASE_URL, KAFKA_BROKERS } = least;
  expect(parseToolConfig({ APP_ENV, DATABASE_URL, KAFKA_BROKERS, ...SCRAM }).kafka).toEqual(kafkaWith(SCRAM));
});

test('certificates as text, with \\n for line breaks, and as files, which are read again', () => {
  const asText = kafkaWith({
    KAFKA_SECURITY_PROTOCOL: 'SSL',
    KAFKA_CA: authority.pem.replaceAll('\n', '\\n'),
    KAFKA_CERTIFICATE: own.certificate,
    KAFKA_PRIVATE_KEY: own.key,
  });
  expect(asText.tls).toEqual({ ca: authority.pem, cert: own.certificate, key: own.key, passphrase: undefined });
  const asFiles = kafkaWith({
    KAFKA_SECURITY_PROTOCOL: 'SSL',
    KAFKA_CA_PATH: fileWith('ca.pem', authority.pem),
    KAFKA_CERTIFICATE_PATH: fileWith('own.pem', own.certificate),
    KAFKA_PRIVATE_KEY_PATH: fileWith('own.key', own.key),
  });
  expect({ ...asFiles.tls }).toEqual({ ...asText.tls });
  fileWith('ca.pem', 'renewed');
  expect(asFiles.tls?.ca).toBe('renewed');
});

describe('one line for each mistake', () => {
  test.each<[string, Record<string, string>]>([
    [
      'KAFKA_SASL_MECHANISM is for SASL, but KAFKA_SECURITY_PROTOCOL is SSL: set it to SASL_SSL or SASL_PLAINTEXT',
      { ...SCRAM, KAFKA_SECURITY_PROTOCOL: 'SSL' },
    ],
    [
      'KAFKA_SASL_PASSWORD is for SASL, but KAFKA_SECURITY_PROTOCOL is PLAINTEXT: set it to SASL_SSL or SASL_PLAINTEXT',
      { KAFKA_SASL_PASSWORD: 'x' },
    ],
    [
      'KAFKA_SASL_MECHANISM is not set, but KAFKA_SECURITY_PROTOCOL is SASL_SSL',
      { KAFKA_SECURITY_PROTOCOL: 'SASL_SSL' },
    ],
    [
      'KAFKA_SASL_PASSWORD is not set, but KAFKA_SASL_MECHANISM is PLAIN',
      { KAFKA_SECURITY_PROTOCOL: 'SASL_SSL', KAFKA_SASL_MECHANISM: 'PLAIN', KAFKA_SASL_USERNAME: 'heard' },
    ],
    [
      'KAFKA_SASL_TOKEN_PATH is not used by KAFKA_SASL_MECHANISM SCRAM-SHA-512, whose variables are KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD',
      { ...SCRAM, KAFKA_SASL_TOKEN_PATH: '/token' },
    ],
    [
      'KAFKA_SASL_TOKEN_URL is set, and KAFKA_SASL_TOKEN_PATH as well: set one of them only',
      { ...TOKEN, KAFKA_SASL_TOKEN_PATH: '/token' },
    ],
    [
      'KAFKA_SASL_TOKEN_URL must hold no user and no password',
      { ...TOKEN, KAFKA_SASL_TOKEN_URL: 'https://heard:hush-hush@login.example/token' },
    ],
    [
      'KAFKA_SASL_TOKEN_PATH names /nowhere/token, which cannot be read (there is no such file)',
      {
        KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
        KAFKA_SASL_MECHANISM: 'OAUTHBEARER',
        KAFKA_SASL_TOKEN_PATH: '/nowhere/token',
      },
    ],
    [
      'KAFKA_CA is for TLS, but KAFKA_SECURITY_PROTOCOL is PLAINTEXT: set it to SSL or SASL_SSL',
      { KAFKA_CA: authority.pem },
    ],
    [
      'KAFKA_CA_PATH is set, and KAFKA_CA as well: set one of them only',
      { KAFKA_SECURITY_PROTOCOL: 'SSL', KAFKA_CA: authority.pem, KAFKA_CA_PATH: '/ca' },
    ],
    [
      'KAFKA_CA_PATH names /nowhere/ca.pem, which cannot be read (there is no such file)',
      { KAFKA_SECURITY_PROTOCOL: 'SSL', KAFKA_CA_PATH: '/nowhere/ca.pem' },
    ],
    [
      'KAFKA_CA holds no certificate in PEM form',
      { KAFKA_SECURITY_PROTOCOL: 'SSL', KAFKA_CA: '-----BEGIN CERTIFICATE-----\nbroken\n-----END CERTIFICATE-----' },
    ],
    [
      'KAFKA_PRIVATE_KEY is not set, but KAFKA_CERTIFICATE is: set both or none, or their _PATH',
      { KAFKA_SECURITY_PROTOCOL: 'SSL', KAFKA_CERTIFICATE: own.certificate },
    ],
    [
      'KAFKA_PRIVATE_KEY is not the key of the certificate in KAFKA_CERTIFICATE',
      {
        KAFKA_SECURITY_PROTOCOL: 'SSL',
        KAFKA_CERTIFICATE: own.certificate,
        KAFKA_PRIVATE_KEY: authority.certificate('another').key,
      },
    ],
    [
      'KAFKA_CERTIFICATE holds a certificate that expired on 2020-01-02',
      {
        KAFKA_SECURITY_PROTOCOL: 'SSL',
        ...(({ certificate, key }) => ({ KAFKA_CERTIFICATE: certificate, KAFKA_PRIVATE_KEY: key }))(
          authority.certificate('heard', { until: new Date('2020-01-02T00:00:00Z') }),
        ),
      },
    ],
    [
      'KAFKA_SASL_MECHANISM is AWS_MSK_IAM, which needs the package aws-msk-iam-sasl-signer-js: run npm install --no-save aws-msk-iam-sasl-signer-js',
      { KAFKA_SECURITY_PROTOCOL: 'SASL_SSL', KAFKA_SASL_MECHANISM: 'AWS_MSK_IAM' },
    ],
  ])('%s', (line, raw) => {
    expect(refusalOf(raw)).toBe(line);
  });

  test('a private key that is encrypted', () => {
    const key = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'right' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    }).privateKey;
    const raw = { KAFKA_SECURITY_PROTOCOL: 'SSL', KAFKA_CERTIFICATE: own.certificate, KAFKA_PRIVATE_KEY: key };
    expect(refusalOf(raw)).toBe('KAFKA_PRIVATE_KEY_PASSPHRASE is not set, but the private key is encrypted');
    expect(refusalOf({ ...raw, KAFKA_PRIVATE_KEY_PASSPHRASE: 'wrong' })).toBe(
      'KAFKA_PRIVATE_KEY_PASSPHRASE does not open the private key',
    );
  });
});

test('no refusal shows a secret', () => {
  for (const [name, value] of Object.entries({ ...SCRAM, ...TOKEN }))
    expect(
      refusalOf({ ...SCRAM, ...TOKEN, [name]: `${value} hush-hush`, KAFKA_SASL_MECHANISM: 'PLAIN' }),
    ).not.toContain('hush-hush');
});

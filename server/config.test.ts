// A wrong, missing or empty variable stops the start with one line that names it.
import { describe, expect, test } from 'vitest';
import { ConfigError, parseConfig, parseToolConfig } from './config.ts';

const least = {
  APP_ENV: 'prod',
  DATABASE_URL: 'postgresql://kds:secret@db.example:5432/heard',
  KAFKA_BROKERS: 'kafka-1:9092, kafka-2:9092',
  ORDER_API_URL: 'https://orders.example/api/v2/',
  OPS_TOKEN: 'sixteen-letters!',
};
const alerts = {
  SMTP_URL: 'smtp://mail.example:587',
  ALERT_EMAIL_TO: 'chef@example.com',
  ALERT_EMAIL_FROM: 'heard@example.com',
};
const refusalOf = (raw: Record<string, string | undefined>): string => {
  try {
    parseConfig(raw);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  throw new Error('it was taken');
};

test('what is required is enough; everything else has its default', () => {
  expect(parseConfig(least)).toEqual({
    appEnv: 'prod',
    databaseUrl: least.DATABASE_URL,
    databasePool: { url: least.DATABASE_URL, pooled: false, max: 10 },
    kafka: {
      brokers: ['kafka-1:9092', 'kafka-2:9092'],
      topic: 'prod_order_events',
      groupId: 'prod_kds',
      clientId: 'heard',
    },
    orderApi: { url: least.ORDER_API_URL, token: undefined, concurrency: 10, timeoutMs: 2000, batchMax: 1 },
    retry: { maxAttempts: 7, baseMs: 1000, maxMs: 60_000 },
    alerts: undefined,
    http: { host: '127.0.0.1', port: 3000, publicUrl: 'http://127.0.0.1:3000', trustedProxies: [] },
    opsToken: least.OPS_TOKEN,
    logLevel: 'info',
    demo: false,
    dev: false,
  });
});

test("an operator's tool needs less of it", () => {
  const { APP_ENV, DATABASE_URL, KAFKA_BROKERS } = least;
  const { appEnv, databaseUrl, kafka } = parseConfig(least);
  expect(parseToolConfig({ APP_ENV, DATABASE_URL, KAFKA_BROKERS })).toEqual({ appEnv, databaseUrl, kafka });
  expect(() => parseToolConfig({ APP_ENV, KAFKA_BROKERS })).toThrow(/^DATABASE_URL is not set, but required$/);
});

test('everything can be said', () => {
  const config = parseConfig({
    ...least,
    ...alerts,
    HOST: '::1',
    PORT: '8080',
    ORDER_API_TOKEN: 't',
    ORDER_API_CONCURRENCY: '64',
    RETRY_MAX_ATTEMPTS: '3',
    KAFKA_BROKERS: '[::1]:9092',
  });
  expect(config.alerts).toEqual({ smtpUrl: alerts.SMTP_URL, to: alerts.ALERT_EMAIL_TO, from: alerts.ALERT_EMAIL_FROM });
  expect(config).toMatchObject({
    kafka: { brokers: ['[::1]:9092'] },
    orderApi: { token: 't', concurrency: 64 },
    retry: { maxAttempts: 3 },
    http: { host: '::1', port: 8080, publicUrl: 'http://[::1]:8080' },
  });
  expect(parseConfig({ ...least, TRUSTED_PROXIES: 'loopback, 10.0.0.0/8,::1' }).http.trustedProxies).toEqual([
    'loopback',
    '10.0.0.0/8',
    '::1',
  ]);
  expect(parseConfig({ ...least, PUBLIC_URL: 'https://kitchen.example/' }).http.publicUrl).toBe(
    'https://kitchen.example',
  );
});

describe('missing or empty', () => {
  for (const name of Object.keys(least)) {
    test(name, () => {
      expect(refusalOf({ ...least, [name]: undefined })).toBe(`${name} is not set, but required`);
      expect(refusalOf({ ...least, [name]: '' })).toMatch(new RegExp(`^${name} [^\\n]+$`));
    });
  }
});

describe('wrong', () => {
  const wrong: Record<string, string[]> = {
    APP_ENV: ['Prod', '1prod', 'pre-prod', 'a'.repeat(17), 'prod '],
    DATABASE_URL: ['mysql://db/x', 'db.example', 'postgresql://', ' ', 'postgresql://db/x?connection_limit=5'],
    DATABASE_DIRECT_URL: ['', 'mysql://db/x', 'postgresql://db/x?pgbouncer=true'],
    DATABASE_POOL_MAX: ['0', '1', '1001', 'many', ''],
    KAFKA_BROKERS: [
      'kafka',
      'kafka:',
      'kafka:0',
      'kafka:65536',
      'kafka:9092,',
      ',kafka:9092',
      'http://kafka:9092',
      'kafka:port',
    ],
    ORDER_API_URL: ['orders.example', 'ftp://orders.example', '/orders'],
    ORDER_API_TOKEN: [''],
    ORDER_API_CONCURRENCY: ['0', '-1', 'ten', '1.5', '10001', '', ' 5', '1e3', '0x10'],
    ORDER_API_TIMEOUT_MS: ['0', 'fast', ''],
    ORDER_API_BATCH_MAX: ['0', '1001', ''],
    RETRY_MAX_ATTEMPTS: ['0', 'seven', ''],
    RETRY_BASE_MS: ['0', '-5', ''],
    RETRY_MAX_MS: ['0', '99999999999', ''],
    SMTP_URL: ['mail.example', 'http://mail.example', ''],
    ALERT_EMAIL_TO: ['chef', 'a b@c', ''],
    ALERT_EMAIL_FROM: ['@', ''],
    HOST: ['', 'a b', 'http://x'],
    PORT: ['0', '65536', 'http', ''],
    PUBLIC_URL: ['kitchen.example', 'ws://x', ''],
    TRUSTED_PROXIES: ['', '1', 'proxy.example', '10.0.0.0/40', '10.0.0.1,', 'everybody', '*'],
    OPS_TOKEN: ['short', 'fifteen-letters'],
    LOG_LEVEL: ['loud', ''],
    HEARD_DEMO: ['yes', ''],
    HEARD_DEV: ['true', ''],
  };
  for (const [name, values] of Object.entries(wrong)) {
    test(name, () => {
      for (const value of values)
        expect(refusalOf({ ...least, ...alerts, [name]: value }), JSON.stringify(value)).toMatch(
          new RegExp(`^${name} [^\\n]+$`),
        );
    });
  }
});

test('alert e-mails need all three of their variables: the one that is missing is named', () => {
  for (const name of Object.keys(alerts))
    expect(refusalOf({ ...least, ...alerts, [name]: undefined })).toMatch(new RegExp(`^${name} [^\\n]+$`));
  for (const [name, value] of Object.entries(alerts))
    expect(refusalOf({ ...least, [name]: value })).toMatch(/^(SMTP_URL|ALERT_EMAIL_TO|ALERT_EMAIL_FROM) [^\n]+$/);
});

test('with a direct address the other one is a pooler, and all that needs a session goes past it', () => {
  const direct = 'postgresql://kds:secret@db.example:5432/heard';
  const pooler = 'postgresql://kds:secret@pooler.example:6432/heard';
  const env = { ...least, DATABASE_URL: pooler, DATABASE_DIRECT_URL: direct, DATABASE_POOL_MAX: '25' };
  expect(parseConfig(env)).toMatchObject({
    databaseUrl: direct,
    databasePool: { url: pooler, pooled: true, max: 25 },
  });
  expect(parseToolConfig(env).databaseUrl).toBe(direct);
});

test('a refusal tells no secret', () => {
  expect(refusalOf({ ...least, DATABASE_URL: 'mysql://kds:secret@db.example/heard' })).not.toContain('secret');
  expect(refusalOf({ ...least, OPS_TOKEN: 'hush-hush' })).not.toContain('hush');
});

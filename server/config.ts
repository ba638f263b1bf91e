// The one place that reads the environment: raw variables in, a typed Config out, or a ConfigError of one line that
// names the variable.
import { isIP } from 'node:net';
import { z } from 'zod';
import { type DatabasePool, databasePoolOf, databaseVariables, sessionUrlOf } from './config/database.ts';
import { address, ConfigError, proxies, type RawEnvironment, text, urlOf, webUrl, whole } from './config/forms.ts';
import { kafkaOf, type KafkaSettings, kafkaVariables } from './config/kafka.ts';
import { readSecretFiles, secret } from './config/secret-files.ts';

export { ConfigError } from './config/forms.ts';

/**
 * Every variable that the server reads; docs/CONFIGURATION.md describes each. A secret may come from a file, too
 * (config/secret-files.ts).
 */
export const Environment = z.object({
  APP_ENV: z.string().regex(/^[a-z][a-z0-9]{0,15}$/, 'must match [a-z][a-z0-9]{0,15}, such as dev, pre or prod'),
  ...databaseVariables,
  ...kafkaVariables,
  ORDER_API_URL: webUrl('https://orders.example/api'),
  ORDER_API_TOKEN: secret(text.optional()),
  ORDER_API_CONCURRENCY: whole(1, 10_000).default(10),
  ORDER_API_TIMEOUT_MS: whole(1, 600_000).default(2000),
  ORDER_API_BATCH_MAX: whole(1, 1000).default(1),
  RETRY_MAX_ATTEMPTS: whole(1, 1000).default(7),
  RETRY_BASE_MS: whole(1, 86_400_000).default(1000),
  RETRY_MAX_MS: whole(1, 86_400_000).default(60_000),
  SMTP_URL: secret(urlOf(['smtp:', 'smtps:'], 'smtp://user:password@host:587').optional()),
  ALERT_EMAIL_TO: address.optional(),
  ALERT_EMAIL_FROM: address.optional(),
  HOST: text
    .refine((value) => isIP(value) > 0 || /^[A-Za-z0-9.-]+$/.test(value), 'must be a host name or an IP address')
    .default('127.0.0.1'),
  PORT: whole(1, 65_535).default(3000),
  PUBLIC_URL: webUrl('https://kitchen.example').optional(),
  TRUSTED_PROXIES: proxies.default([]),
  OPS_TOKEN: secret(z.string().min(16, 'must have at least 16 characters')),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  HEARD_DEMO: z.enum(['0', '1'], 'must be 0 or 1').default('0'),
  HEARD_DEMO_PASSWORD: secret(z.string().min(12, 'must have at least 12 characters').optional()),
  HEARD_DEV: z.enum(['0', '1'], 'must be 0 or 1').default('0'),
});

export interface Config {
  appEnv: string;
  /** Leads to sessions of our own, past a pooler. */
  databaseUrl: string;
  databasePool: DatabasePool;
  kafka: KafkaSettings;
  orderApi: { url: string; token: string | undefined; concurrency: number; timeoutMs: number; batchMax: number };
  retry: { maxAttempts: number; baseMs: number; maxMs: number };
  /** Undefined: FAILED messages are only listed and logged. */
  alerts: { smtpUrl: string; to: string; from: string } | undefined;
  http: {
    host: string;
    port: number;
    publicUrl: string;
    /** Addresses and networks whose X-Forwarded-For is believed. */
    trustedProxies: string[];
  };
  opsToken: string;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** The front page pairs any browser by itself: for the demo of `npm run up` only. */
  demo: boolean;
  /** The password of the demo's own account; undefined: only a tap on the front page leads in. */
  demoPassword: string | undefined;
  /** Next.js with reloading instead of the built app. */
  dev: boolean;
}

/**
 * Parses environment variables.
 * @throws ConfigError whose message is one line that begins with the variable's name
 */
export function parseConfig(raw: RawEnvironment): Config {
  const env = parsed(Environment, raw);
  const alerting = (['SMTP_URL', 'ALERT_EMAIL_TO', 'ALERT_EMAIL_FROM'] as const).filter(
    (name) => env[name] === undefined,
  );
  if (alerting.length === 1 || alerting.length === 2)
    throw new ConfigError(
      `${alerting[0]} is not set, but the other settings of alert e-mails are: set all three or none`,
    );
  return {
    appEnv: env.APP_ENV,
    databaseUrl: sessionUrlOf(env),
    databasePool: databasePoolOf(env),
    kafka: kafkaOf(env),
    orderApi: {
      url: env.ORDER_API_URL,
      token: env.ORDER_API_TOKEN,
      concurrency: env.ORDER_API_CONCURRENCY,
      timeoutMs: env.ORDER_API_TIMEOUT_MS,
      batchMax: env.ORDER_API_BATCH_MAX,
    },
    retry: { maxAttempts: env.RETRY_MAX_ATTEMPTS, baseMs: env.RETRY_BASE_MS, maxMs: env.RETRY_MAX_MS },
    alerts:
      env.SMTP_URL && env.ALERT_EMAIL_TO && env.ALERT_EMAIL_FROM
        ? { smtpUrl: env.SMTP_URL, to: env.ALERT_EMAIL_TO, from: env.ALERT_EMAIL_FROM }
        : undefined,
    http: {
      host: env.HOST,
      port: env.PORT,
      trustedProxies: env.TRUSTED_PROXIES,
      publicUrl: (
        env.PUBLIC_URL ?? `http://${env.HOST.includes(':') ? `[${env.HOST}]` : env.HOST}:${env.PORT}`
      ).replace(/\/+$/, ''),
    },
    opsToken: env.OPS_TOKEN,
    logLevel: env.LOG_LEVEL,
    demo: env.HEARD_DEMO === '1',
    demoPassword: env.HEARD_DEMO_PASSWORD,
    dev: env.HEARD_DEV === '1',
  };
}

/**
 * The part that the operators' tools need.
 * @throws ConfigError whose message is one line that begins with the variable's name
 */
export function parseToolConfig(raw: RawEnvironment): Pick<Config, 'appEnv' | 'databaseUrl' | 'kafka'> {
  const env = parsed(ToolEnvironment, raw);
  return { appEnv: env.APP_ENV, databaseUrl: sessionUrlOf(env), kafka: kafkaOf(env) };
}
const { APP_ENV, DATABASE_URL, DATABASE_DIRECT_URL } = Environment.shape;
const ToolEnvironment = z.object({ APP_ENV, DATABASE_URL, DATABASE_DIRECT_URL, ...kafkaVariables });

function parsed<T extends z.ZodObject>(schema: T, given: RawEnvironment): z.infer<T> {
  const { raw, nameOf } = readSecretFiles(schema, given);
  const { success, data, error } = schema.safeParse(raw);
  if (success) return data;
  const issue = error.issues[0];
  const name = String(issue?.path[0]);
  throw new ConfigError(`${nameOf(name)} ${raw[name] === undefined ? 'is not set, but required' : issue?.message}`);
}

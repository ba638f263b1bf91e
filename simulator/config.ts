// The one place of the simulator that reads the environment. It returns a typed Config, or throws a ConfigError of one
// line that names the variable.
import { z } from 'zod';
import { ConfigError } from '../server/config/forms.ts';
import { accessOf, kafkaVariables, type KafkaSettings } from '../server/config/kafka.ts';
import { readSecretFiles, secret } from '../server/config/secret-files.ts';

export { ConfigError } from '../server/config/forms.ts';

const text = z.string().min(1, 'must not be empty');
const whole = (max: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/, `must be a whole number up to ${max}`)
    .transform(Number)
    .refine((n) => n <= max, `must be a whole number up to ${max}`);

const Environment = z.object({
  ...kafkaVariables,
  APP_ENV: z.string().regex(/^[a-z][a-z0-9]{0,15}$/, 'must match [a-z][a-z0-9]{0,15}, such as dev'),
  SIMULATOR_HOST: text.default('127.0.0.1'),
  SIMULATOR_PORT: whole(65_535).default(4000),
  SIMULATOR_SEED: whole(4_294_967_295).optional(),
  SIMULATOR_RATE: z
    .string()
    .regex(/^\d{1,4}(\.\d+)?$/, 'must be a number of orders per minute, 0 to 6000')
    .transform(Number)
    .refine((n) => n <= 6000, 'must be a number of orders per minute, 0 to 6000')
    .default(12),
  SIMULATOR_STATE: text.optional(),
  ORDER_API_TOKEN: secret(text.optional()),
  OPS_URL: z
    .url({ protocol: /^https?$/, error: 'must be a URL such as http://127.0.0.1:3000' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  OPS_TOKEN: secret(text.optional()),
});

export interface Config {
  brokers: string[];
  /** TLS and SASL, as the server's variables say. */
  access: Pick<KafkaSettings, 'tls' | 'sasl'>;
  topic: string;
  appEnv: string;
  host: string;
  port: number;
  /** Undefined: each start gets another seed. */
  seed: number | undefined;
  ordersPerMinute: number;
  /** A file that keeps open orders over restarts. Undefined: they are forgotten. */
  stateFile: string | undefined;
  token: string | undefined;
  /** The kitchen's server and an operator's token, with which the demo sets up its restaurants and screens. */
  operator: { url: string; token: string } | undefined;
}

/** @throws ConfigError whose message is one line that begins with the variable's name */
export function parseConfig(raw: Record<string, string | undefined>): Config {
  const { raw: read, nameOf } = readSecretFiles(Environment, raw);
  const parsed = Environment.safeParse(read);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0]);
    throw new ConfigError(`${nameOf(name)} ${read[name] === undefined ? 'is not set, but required' : issue?.message}`);
  }
  const env = parsed.data;
  if ((env.OPS_URL === undefined) !== (env.OPS_TOKEN === undefined))
    throw new ConfigError(
      `${env.OPS_URL ? 'OPS_TOKEN' : 'OPS_URL'} is not set, but its counterpart is: set both or none`,
    );
  return {
    brokers: env.KAFKA_BROKERS,
    access: accessOf(env),
    topic: env.KAFKA_TOPIC ?? `${env.APP_ENV}_order_events`,
    appEnv: env.APP_ENV,
    host: env.SIMULATOR_HOST,
    port: env.SIMULATOR_PORT,
    seed: env.SIMULATOR_SEED,
    ordersPerMinute: env.SIMULATOR_RATE,
    stateFile: env.SIMULATOR_STATE,
    token: env.ORDER_API_TOKEN,
    operator: env.OPS_URL && env.OPS_TOKEN ? { url: env.OPS_URL, token: env.OPS_TOKEN } : undefined,
  };
}

export const readConfig = (): Config => parseConfig(process.env);

/**
 * The target of a replay. If a simulator runs at this address, the replay uses it, and the other settings are not
 * needed.
 */
export interface ReplayConfig {
  host: string;
  port: number;
  config(): Config;
}

export function replayConfig(port: string | undefined): ReplayConfig {
  const raw: Record<string, string | undefined> = {
    ...process.env,
    ...(port !== undefined && { SIMULATOR_PORT: port }),
    OPS_URL: undefined,
    OPS_TOKEN: undefined,
    OPS_TOKEN_FILE: undefined,
  };
  const withoutKafka = Object.fromEntries(Object.entries(raw).filter(([name]) => !name.startsWith('KAFKA_')));
  const where = parseConfig({ ...withoutKafka, KAFKA_BROKERS: 'unused:9092', APP_ENV: 'unused' });
  return { host: where.host, port: where.port, config: () => parseConfig(raw) };
}

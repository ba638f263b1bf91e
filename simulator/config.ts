// The one place of the simulator that reads the environment. It returns a typed Config, or throws a ConfigError of one
// line that names the variable.
import { z } from 'zod';

export class ConfigError extends Error {}

const text = z.string().min(1, 'must not be empty');
const whole = (max: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/, `must be a whole number up to ${max}`)
    .transform(Number)
    .refine((n) => n <= max, `must be a whole number up to ${max}`);

const Environment = z.object({
  KAFKA_BROKERS: text
    .transform((list) => list.split(',').map((part) => part.trim()))
    .refine(
      (list) => list.every((part) => /^\S+:\d{1,5}$/.test(part)),
      'must be host:port, several separated by commas',
    ),
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
  ORDER_API_TOKEN: text.optional(),
  OPS_URL: z
    .url({ protocol: /^https?$/, error: 'must be a URL such as http://127.0.0.1:3000' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  OPS_TOKEN: text.optional(),
});

export interface Config {
  brokers: string[];
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
  const parsed = Environment.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0]);
    throw new ConfigError(`${name} ${raw[name] === undefined ? 'is not set, but required' : issue?.message}`);
  }
  const env = parsed.data;
  if ((env.OPS_URL === undefined) !== (env.OPS_TOKEN === undefined))
    throw new ConfigError(
      `${env.OPS_URL ? 'OPS_TOKEN' : 'OPS_URL'} is not set, but its counterpart is: set both or none`,
    );
  return {
    brokers: env.KAFKA_BROKERS,
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
  };
  const where = parseConfig({ ...raw, KAFKA_BROKERS: 'unused:9092', APP_ENV: 'unused' });
  return { host: where.host, port: where.port, config: () => parseConfig(raw) };
}

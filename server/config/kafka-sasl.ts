// SASL: how the brokers are convinced of the client. Each mechanism has its variables, and takes no others: a secret that
// nothing uses is a sign of a mistake.
import { createRequire } from 'node:module';
import { ConfigError } from './forms.ts';
import type { KafkaVariables } from './kafka.ts';
import { contentOf } from './secret-files.ts';

export type SaslSettings =
  | { mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512'; username: string; password: string }
  | { mechanism: 'OAUTHBEARER'; token: TokenSource; extensions: Record<string, string> }
  | { mechanism: 'AWS_MSK_IAM'; region: string };

/** Where a bearer token comes from: a file that somebody else keeps fresh, or a server that gives one for a secret. */
export type TokenSource =
  | { path: string }
  | { url: string; clientId: string; clientSecret: string; scope: string | undefined };

/** Of AWS, for IAM alone: whoever chooses it installs it. */
export const IAM_PACKAGE = 'aws-msk-iam-sasl-signer-js';

type Mechanism = NonNullable<KafkaVariables['KAFKA_SASL_MECHANISM']>;
type Variable = Exclude<
  Extract<keyof KafkaVariables, `KAFKA_SASL_${string}` | 'KAFKA_AWS_REGION'>,
  'KAFKA_SASL_MECHANISM'
>;
const PASSWORD: Variable[] = ['KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD'];
const TOKEN_URL: Variable[] = [
  'KAFKA_SASL_TOKEN_URL',
  'KAFKA_SASL_CLIENT_ID',
  'KAFKA_SASL_CLIENT_SECRET',
  'KAFKA_SASL_SCOPE',
];
const VARIABLES: Record<Mechanism, Variable[]> = {
  PLAIN: PASSWORD,
  'SCRAM-SHA-256': PASSWORD,
  'SCRAM-SHA-512': PASSWORD,
  OAUTHBEARER: ['KAFKA_SASL_TOKEN_PATH', ...TOKEN_URL, 'KAFKA_SASL_EXTENSIONS'],
  AWS_MSK_IAM: ['KAFKA_AWS_REGION'],
};

/** @returns undefined without SASL. @throws ConfigError */
export function saslOf(env: KafkaVariables): SaslSettings | undefined {
  const { KAFKA_SECURITY_PROTOCOL: protocol, KAFKA_SASL_MECHANISM: mechanism } = env;
  const used = new Set(mechanism && VARIABLES[mechanism]);
  const unused = Object.values(VARIABLES)
    .flat()
    .find((name) => env[name] !== undefined && !used.has(name));
  if (protocol === 'PLAINTEXT' || protocol === 'SSL') {
    const name = mechanism ? 'KAFKA_SASL_MECHANISM' : unused;
    if (name)
      throw new ConfigError(
        `${name} is for SASL, but KAFKA_SECURITY_PROTOCOL is ${protocol}: set it to SASL_SSL or SASL_PLAINTEXT`,
      );
    return undefined;
  }
  if (!mechanism) throw new ConfigError(`KAFKA_SASL_MECHANISM is not set, but KAFKA_SECURITY_PROTOCOL is ${protocol}`);
  if (unused)
    throw new ConfigError(
      `${unused} is not used by KAFKA_SASL_MECHANISM ${mechanism}, whose variables are ${VARIABLES[mechanism].join(', ')}`,
    );
  const needed = (name: Variable, reason = `KAFKA_SASL_MECHANISM is ${mechanism}`): string => {
    const value = env[name];
    if (value === undefined) throw new ConfigError(`${name} is not set, but ${reason}`);
    return value;
  };
  if (mechanism === 'AWS_MSK_IAM') return iamOf(env, needed);
  if (mechanism !== 'OAUTHBEARER')
    return { mechanism, username: needed('KAFKA_SASL_USERNAME'), password: needed('KAFKA_SASL_PASSWORD') };
  return { mechanism, token: tokenOf(env, needed), extensions: extensionsIn(env.KAFKA_SASL_EXTENSIONS ?? '') };
}

function tokenOf(env: KafkaVariables, needed: (name: Variable, reason?: string) => string): TokenSource {
  const path = env.KAFKA_SASL_TOKEN_PATH;
  const ofUrl = TOKEN_URL.find((name) => env[name] !== undefined);
  if (path === undefined) {
    const reason =
      'KAFKA_SASL_MECHANISM is OAUTHBEARER: set it with the id and secret of a client, or KAFKA_SASL_TOKEN_PATH';
    const url = needed('KAFKA_SASL_TOKEN_URL', reason);
    const [clientId, clientSecret] = (['KAFKA_SASL_CLIENT_ID', 'KAFKA_SASL_CLIENT_SECRET'] as const).map((name) =>
      needed(name, 'KAFKA_SASL_TOKEN_URL is'),
    );
    return { url, clientId: clientId!, clientSecret: clientSecret!, scope: env.KAFKA_SASL_SCOPE };
  }
  if (ofUrl) throw new ConfigError(`${ofUrl} is set, and KAFKA_SASL_TOKEN_PATH as well: set one of them only`);
  contentOf('KAFKA_SASL_TOKEN_PATH', path);
  return { path };
}

/** @throws ConfigError where the package is missing or the region is not known */
function iamOf(env: KafkaVariables, needed: (name: Variable, reason?: string) => string): SaslSettings {
  try {
    createRequire(import.meta.url).resolve(IAM_PACKAGE);
  } catch {
    throw new ConfigError(
      `KAFKA_SASL_MECHANISM is AWS_MSK_IAM, which needs the package ${IAM_PACKAGE}: run npm install --no-save ${IAM_PACKAGE}`,
    );
  }
  // AWS's own names of brokers tell the region.
  const told = env.KAFKA_BROKERS.map((one) => /\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?:\d+$/.exec(one)?.[1]).find(
    Boolean,
  );
  const region =
    env.KAFKA_AWS_REGION ??
    told ??
    needed('KAFKA_AWS_REGION', 'KAFKA_SASL_MECHANISM is AWS_MSK_IAM, and KAFKA_BROKERS does not tell the region');
  return { mechanism: 'AWS_MSK_IAM', region };
}

const extensionsIn = (list: string): Record<string, string> =>
  Object.fromEntries(list === '' ? [] : list.split(',').map((one) => one.split('=', 2) as [string, string]));

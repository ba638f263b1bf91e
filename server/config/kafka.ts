// The settings of Kafka: the variables, named as Kafka's own settings and those of other programs, and the rules between
// them.
import { z } from 'zod';
import { ConfigError, text, webUrl, type RawEnvironment } from './forms.ts';
import { saslOf, type SaslSettings } from './kafka-sasl.ts';
import { tlsOf, type TlsSettings } from './kafka-tls.ts';
import { secret } from './secret-files.ts';

export interface KafkaSettings {
  brokers: string[];
  topic: string;
  groupId: string;
  /** Names this program to the brokers, in their logs and quotas. */
  clientId?: string | undefined;
  /** The data centre or zone that this process runs in: brokers may let it read from a replica there. */
  rack?: string | undefined;
  tls?: TlsSettings | undefined;
  sasl?: SaslSettings | undefined;
}

const hostPort = /^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+):(\d{1,5})$/;
const PEM = 'must be PEM text, which begins with -----BEGIN';
/** Files of variables often hold a PEM in one line, with \n for its line breaks. */
const pem = text
  .transform((value) => value.replaceAll(String.raw`\n`, '\n'))
  .refine((value) => value.trimStart().startsWith('-----BEGIN '), PEM);

export const kafkaVariables = {
  KAFKA_BROKERS: text
    .transform((value) => value.split(',').map((part) => part.trim()))
    .refine(
      (list) =>
        list.every((part) => {
          const port = Number(hostPort.exec(part)?.[2]);
          return port > 0 && port < 65_536;
        }),
      'must be host:port, several separated by commas',
    ),
  KAFKA_TOPIC: z
    .string()
    .regex(
      /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,249}$/,
      "must be a topic's name: up to 249 of the characters A-Z a-z 0-9 . _ -",
    )
    .optional(),
  KAFKA_GROUP_ID: text.optional(),
  KAFKA_CLIENT_ID: text.default('heard'),
  KAFKA_CLIENT_RACK: text.optional(),
  KAFKA_SECURITY_PROTOCOL: z
    .enum(['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'], 'must be PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL')
    .default('PLAINTEXT'),
  KAFKA_CA: pem.optional(),
  KAFKA_CA_PATH: text.optional(),
  KAFKA_CERTIFICATE: pem.optional(),
  KAFKA_CERTIFICATE_PATH: text.optional(),
  KAFKA_PRIVATE_KEY: secret(pem.optional()),
  KAFKA_PRIVATE_KEY_PATH: text.optional(),
  KAFKA_PRIVATE_KEY_PASSPHRASE: secret(text.optional()),
  KAFKA_SASL_MECHANISM: z
    .enum(
      ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'OAUTHBEARER', 'AWS_MSK_IAM'],
      'must be PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER or AWS_MSK_IAM',
    )
    .optional(),
  KAFKA_SASL_USERNAME: secret(text.optional()),
  KAFKA_SASL_PASSWORD: secret(text.optional()),
  KAFKA_SASL_TOKEN_PATH: text.optional(),
  KAFKA_SASL_TOKEN_URL: webUrl('https://login.example/oauth2/token').optional(),
  KAFKA_SASL_CLIENT_ID: secret(text.optional()),
  KAFKA_SASL_CLIENT_SECRET: secret(text.optional()),
  KAFKA_SASL_SCOPE: text.optional(),
  KAFKA_SASL_EXTENSIONS: z
    .string()
    .regex(/^[A-Za-z]+=[^,=\s]+(,[A-Za-z]+=[^,=\s]+)*$/, 'must be name=value, several separated by commas')
    .optional(),
  KAFKA_AWS_REGION: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "must be a region's name, such as eu-west-1")
    .optional(),
};

const Variables = z.object(kafkaVariables);
export type KafkaVariables = z.infer<typeof Variables>;

/** The environments that Heard's own documents name. */
const USUAL_ENVIRONMENTS = ['dev', 'pre', 'prod'];

/** @throws ConfigError where settings do not fit together */
export function kafkaOf(env: KafkaVariables & { APP_ENV: string }): KafkaSettings {
  refuseOtherEnvironment('KAFKA_TOPIC', env.KAFKA_TOPIC, '_order_events', env.APP_ENV);
  refuseOtherEnvironment('KAFKA_GROUP_ID', env.KAFKA_GROUP_ID, '_kds', env.APP_ENV);
  return {
    brokers: env.KAFKA_BROKERS,
    topic: env.KAFKA_TOPIC ?? `${env.APP_ENV}_order_events`,
    groupId: env.KAFKA_GROUP_ID ?? `${env.APP_ENV}_kds`,
    clientId: env.KAFKA_CLIENT_ID,
    rack: env.KAFKA_CLIENT_RACK,
    ...accessOf(env),
  };
}

/**
 * How the brokers are reached and convinced, for programs without a group of their own as well.
 * @throws ConfigError where settings do not fit together
 */
export function accessOf(env: KafkaVariables): Pick<KafkaSettings, 'tls' | 'sasl'> {
  return { tls: tlsOf(env), sasl: saslOf(env) };
}

/**
 * For other programs that talk to the same brokers.
 * @throws ConfigError
 */
export function parseKafkaAccess(raw: RawEnvironment): Pick<KafkaSettings, 'brokers' | 'clientId' | 'tls' | 'sasl'> {
  const { data, error } = Variables.safeParse(raw);
  if (!data) throw new ConfigError(`${String(error.issues[0]?.path[0])} ${error.issues[0]?.message}`);
  return { brokers: data.KAFKA_BROKERS, clientId: data.KAFKA_CLIENT_ID, ...accessOf(data) };
}

/** A name copied from another environment would take its orders away from it. */
function refuseOtherEnvironment(variable: string, value: string | undefined, ending: string, appEnv: string): void {
  const other = USUAL_ENVIRONMENTS.find((one) => one !== appEnv && value === `${one}${ending}`);
  if (other !== undefined)
    throw new ConfigError(`${variable} is the one of the environment ${other}, but APP_ENV is ${appEnv}`);
}

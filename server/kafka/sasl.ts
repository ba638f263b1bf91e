// The SASL settings as KafkaJS takes them, and where bearer tokens come from. KafkaJS asks for a token at each
// connection, and again before a broker's session ends.
import { readFile } from 'node:fs/promises';
import type { OauthbearerProviderResponse, SASLOptions } from 'kafkajs';
import { IAM_PACKAGE, type SaslSettings, type TokenSource } from '../config/kafka-sasl.ts';
import { messageOf } from '../errors.ts';

const ANSWER_MS = 5000;
/** The part of its life in which a token is used again. */
const USED_FOR = 0.8;
/** A token's life where its server does not tell it, in seconds. */
const USUAL_LIFE_S = 300;

export function saslFor(settings: SaslSettings): SASLOptions {
  if (settings.mechanism === 'OAUTHBEARER') {
    const token = tokensFrom(settings.token);
    const { extensions } = settings;
    const oauthBearerProvider = async () => ({ value: await token(), extensions }) as OauthbearerProviderResponse;
    return { mechanism: 'oauthbearer', oauthBearerProvider };
  }
  if (settings.mechanism === 'AWS_MSK_IAM') {
    const { region } = settings;
    // AWS's brokers take IAM's signatures as bearer tokens.
    return { mechanism: 'oauthbearer', oauthBearerProvider: async () => ({ value: await signedBy(region) }) };
  }
  const { mechanism, username, password } = settings;
  // The types know each mechanism by itself only.
  return { mechanism: mechanism.toLowerCase(), username, password } as SASLOptions;
}

/** Times by performance.now(). */
interface Token {
  value: string;
  /** From then on another one is asked for. */
  staleAt: number;
  endsAt: number;
}

/** @throws an error whose message names the variable, and no secret */
export function tokensFrom(source: TokenSource): () => Promise<string> {
  if ('path' in source) return () => tokenIn(source.path);
  let known: Token | undefined;
  let asking: Promise<Token> | undefined;
  return async () => {
    if (known && performance.now() < known.staleAt) return known.value;
    asking ??= askFor(source).finally(() => {
      asking = undefined;
    });
    try {
      known = await asking;
    } catch (error) {
      // The token is good to its end, though its server is away when another one is due.
      if (!known || performance.now() >= known.endsAt) throw error;
    }
    return known.value;
  };
}

async function tokenIn(path: string): Promise<string> {
  const token = (
    await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      throw new Error(`KAFKA_SASL_TOKEN_PATH names ${path}, which cannot be read (${error.code})`);
    })
  ).trim();
  if (!token) throw new Error(`KAFKA_SASL_TOKEN_PATH names ${path}, which is empty`);
  return token;
}

async function askFor(source: Extract<TokenSource, { url: string }>): Promise<Token> {
  const { url, clientId, clientSecret, scope } = source;
  const askedAt = performance.now();
  const { host } = new URL(url);
  const both = [clientId, clientSecret].map(encodeURIComponent).join(':');
  const response = await fetch(url, {
    method: 'POST',
    redirect: 'error',
    signal: AbortSignal.timeout(ANSWER_MS),
    headers: {
      accept: 'application/json',
      // RFC 6749, 2.3.1.
      authorization: `Basic ${Buffer.from(both).toString('base64')}`,
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope !== undefined && { scope }) }),
  }).catch((error: unknown) => {
    throw new Error(`KAFKA_SASL_TOKEN_URL: ${host} gives no token (${messageOf(error)})`);
  });
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  const { access_token: value, expires_in: seconds, error } = body;
  const said = typeof error === 'string' ? `, ${error.slice(0, 60)}` : '';
  if (!response.ok || typeof value !== 'string' || !value)
    throw new Error(
      `KAFKA_SASL_TOKEN_URL: ${host} gives no token (status ${response.status}${said}): ` +
        'check KAFKA_SASL_CLIENT_ID, KAFKA_SASL_CLIENT_SECRET and KAFKA_SASL_SCOPE',
    );
  const lifeMs = (Number(seconds) > 0 ? Number(seconds) : USUAL_LIFE_S) * 1000;
  return { value, staleAt: askedAt + lifeMs * USED_FOR, endsAt: askedAt + lifeMs };
}

/** The part of AWS's package that is used. It takes AWS's own credentials from its environment. */
interface Signer {
  generateAuthToken(options: { region: string }): Promise<{ token: string }>;
}

async function signedBy(region: string): Promise<string> {
  const name: string = IAM_PACKAGE;
  const { generateAuthToken } = (await import(name)) as Signer;
  const { token } = await generateAuthToken({ region }).catch((error: unknown) => {
    throw new Error(`KAFKA_SASL_MECHANISM AWS_MSK_IAM: AWS gives no credentials (${messageOf(error)})`);
  });
  return token;
}

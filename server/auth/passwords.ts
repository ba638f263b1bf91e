// Passwords and PINs: argon2id, slow on purpose. At most two are hashed at a time, and a long queue turns callers away
// for a moment. Rate limits stop a guesser before that (limits.ts).
import { hash, hashRaw, verify } from '@node-rs/argon2';
import pLimit from 'p-limit';
import { z } from 'zod';
import { Problem } from '../http/problems.ts';
import { PASSWORD_MIN } from '../protocol/limits.ts';

/**
 * OWASP's second choice: 19 MiB and two passes, some 15 ms here. 2 is argon2id; the package's own enum vanishes at
 * compile time.
 */
const COST = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const AT_ONCE = 2;
const MOST_WAITING = 40;
const queue = pLimit(AT_ONCE);

export const PASSWORD_MAX = 128;

/** A password as typed: any characters, none taken away. */
export const Password = z
  .string()
  .min(PASSWORD_MIN, `must have at least ${PASSWORD_MIN} characters`)
  .max(PASSWORD_MAX, `must have at most ${PASSWORD_MAX} characters`);

const easy = /^(\d)\1+$/;
const RUNS = '01234567890 09876543210';
/** 4 to 8 digits that are not among a guesser's first tries. */
export const Pin = z
  .string()
  .regex(/^\d{4,8}$/, 'must be 4 to 8 digits')
  .refine((pin) => !easy.test(pin) && !RUNS.includes(pin), 'is too easy: not one digit only, nor digits in a row');

/** @throws Problem 503 where too many wait already */
function slowly<T>(work: () => Promise<T>): Promise<T> {
  if (queue.pendingCount >= MOST_WAITING)
    throw new Problem(503, 'Too many people sign in just now: try again in some seconds.', {}, { 'retry-after': '3' });
  return queue(work);
}

/** @throws Problem 503 where too many wait already */
export const hashSecret = (secret: string): Promise<string> => slowly(() => hash(secret, COST));

let nobody: Promise<string> | undefined;

/**
 * @param stored null where there is no such account: then it takes as long, and answers false
 * @throws Problem 503 where too many wait already
 */
export async function verifySecret(stored: string | null, secret: string): Promise<boolean> {
  const against = stored ?? (await (nobody ??= hash('nobody has this', COST)));
  const right = await slowly(() => verify(against, secret));
  return right && stored !== null;
}

/**
 * A code is looked up by its hash, so its salt is the same for all; there are too many codes to try each at this price
 * within five minutes.
 */
export const codeHash = async (code: string): Promise<Buffer> =>
  slowly(() => hashRaw(code, { ...COST, salt: Buffer.from('heard: pairing code') }));

/** The reason why a password is refused, for words in its person's language; and those words in English. */
export type Weakness = 'own' | 'few' | 'common';
export const weaknessWords: Record<Weakness, string> = {
  own: 'is made of your own name or address: choose something else',
  few: 'has too few different characters',
  common: 'is one of those that everybody tries first: choose something else',
};

/** @param personal the person's name and e-mail address. @returns null where the password is good enough */
export async function weakness(password: string, personal: readonly string[]): Promise<Weakness | null> {
  const small = password.toLowerCase();
  const parts = ['heard', ...personal.flatMap((text) => text.toLowerCase().split(/[\s@.,_-]+/))].filter(
    (part) => part.length >= 4,
  );
  let rest = small;
  for (const part of parts) rest = rest.replaceAll(part, '');
  if (rest.length < PASSWORD_MIN / 2) return 'own';
  if (new Set(small).size < 5) return 'few';
  // Loaded only when somebody chooses a password: half a megabyte.
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  const common = new Set<string | number>(dictionary['passwords-common'] as (string | number)[]);
  const bare = small.replaceAll(/[^\p{L}\p{N}]/gu, '');
  return [small, bare, bare.replace(/\d+$/, '')].some((text) => common.has(text)) ? 'common' : null;
}

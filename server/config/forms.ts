// The forms of settings: schemas that several groups of variables share, and the error of a wrong one.
import { isIP } from 'node:net';
import proxyAddr from 'proxy-addr';
import { z } from 'zod';

/** Its message is one line that begins with the variable's name, and shows no value: a value may be a secret. */
export class ConfigError extends Error {}

export type RawEnvironment = Readonly<Record<string, string | undefined>>;

export const text = z.string().min(1, 'must not be empty');

export const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((n) => n >= min && n <= max, `must be a whole number from ${min} to ${max}`);

export const urlOf = (protocols: string[], example: string) =>
  text.refine(
    (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol) && new URL(value).hostname !== '',
    `must be a URL such as ${example}`,
  );

/** An address of the web. A user and a password in it would stand in logs, and no request would carry them. */
export const webUrl = (example: string) =>
  urlOf(['http:', 'https:'], example).refine(
    (value) => !URL.canParse(value) || (new URL(value).username === '' && new URL(value).password === ''),
    'must hold no user and no password',
  );

export const address = z.string().regex(/^[^\s@]+@[^\s@]+$/, 'must be an e-mail address');

/** The names that proxy-addr knows. */
const NETWORKS = new Set(['loopback', 'linklocal', 'uniquelocal']);

export const proxies = text
  .transform((value) => value.split(',').map((part) => part.trim()))
  .refine(
    areProxies,
    'must be IP addresses and networks, such as 10.0.0.0/8, loopback or uniquelocal, separated by commas',
  );

/** Whether each is an address or a network, as proxy-addr takes them. */
function areProxies(list: string[]): boolean {
  // proxy-addr alone is too generous: it takes "1", elsewhere a number of hops, for the address 0.0.0.1.
  if (!list.every((one) => NETWORKS.has(one) || isIP(one.split('/', 1)[0] ?? '') > 0)) return false;
  try {
    proxyAddr.compile(list);
    return true;
  } catch {
    return false;
  }
}

// Secrets that come from files: by one rule over all variables that are secrets.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Environment, parseConfig, parseToolConfig } from '../config.ts';
import { secretsOf } from './secret-files.ts';

const least = {
  APP_ENV: 'prod',
  DATABASE_URL: 'postgresql://kds:hush-hush@db.example:5432/heard',
  KAFKA_BROKERS: 'kafka-1:9092',
  ORDER_API_URL: 'https://orders.example',
  OPS_TOKEN: 'sixteen-letters!',
};
const refusalOf = (raw: Record<string, string | undefined>): string => {
  try {
    parseConfig(raw);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it was taken');
};

let folder: string;
const fileWith = (content: string, name = 'secret') => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
};
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'heard-secrets-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('these variables are secrets', () => {
  expect(secretsOf(Environment)).toEqual(
    expect.arrayContaining([
      'DATABASE_URL',
      'KAFKA_SASL_PASSWORD',
      'KAFKA_PRIVATE_KEY',
      'ORDER_API_TOKEN',
      'SMTP_URL',
      'OPS_TOKEN',
      'HEARD_DEMO_PASSWORD',
    ]),
  );
  // A variable with one of these words in its name is a secret, or only names a file or an address.
  const looks = Object.keys(Environment.shape).filter(
    (name) => /PASSWORD|SECRET|TOKEN|PRIVATE|PASSPHRASE/.test(name) && !/_(PATH|URL)$/.test(name),
  );
  expect(secretsOf(Environment)).toEqual(expect.arrayContaining(looks));
});

describe.each(secretsOf(Environment))('%s', (name) => {
  const without = { ...least, [name]: undefined };

  test('an empty file is named', () => {
    const refused = refusalOf({ ...without, [`${name}_FILE`]: fileWith('\n') });
    expect(refused).toBe(`${name}_FILE names ${path.join(folder, 'secret')}, which is empty`);
  });
  test('both at once, a missing file and a folder are named with the path', () => {
    const file = fileWith('some secret text');
    expect(refusalOf({ ...least, [name]: 'another secret', [`${name}_FILE`]: file })).toBe(
      `${name}_FILE is set, and ${name} as well: set one of them only`,
    );
    expect(refusalOf({ ...without, [`${name}_FILE`]: '/nowhere/at-all' })).toBe(
      `${name}_FILE names /nowhere/at-all, which cannot be read (there is no such file)`,
    );
    expect(refusalOf({ ...without, [`${name}_FILE`]: folder })).toBe(
      `${name}_FILE names ${folder}, which cannot be read (it is a folder)`,
    );
    expect(refusalOf({ ...without, [`${name}_FILE`]: '' })).toBe(`${name}_FILE must not be empty`);
  });
});

test('values are taken as if they were set', () => {
  const config = parseConfig({
    ...least,
    DATABASE_URL: undefined,
    DATABASE_URL_FILE: fileWith(`${least.DATABASE_URL}\n`, 'database'),
    OPS_TOKEN: undefined,
    OPS_TOKEN_FILE: fileWith('  with blanks, kept  \r\n', 'ops'),
  });
  expect([config.databaseUrl, config.opsToken]).toEqual([least.DATABASE_URL, '  with blanks, kept  ']);
  expect(
    parseToolConfig({
      APP_ENV: 'prod',
      KAFKA_BROKERS: 'kafka:9092',
      DATABASE_URL_FILE: path.join(folder, 'database'),
    }).databaseUrl,
  ).toBe(least.DATABASE_URL);
});

test('a wrong value from a file names variable and path, and not the value', () => {
  const file = fileWith('mysql://kds:hush-hush@db/heard', 'wrong');
  const message = refusalOf({ ...least, DATABASE_URL: undefined, DATABASE_URL_FILE: file });
  expect(message).toBe(
    `DATABASE_URL (by DATABASE_URL_FILE from ${file}) must be a URL such as postgresql://user:password@host:5432/heard`,
  );
});

test('a file for a variable that is no secret is refused, not passed over', () => {
  expect(refusalOf({ ...least, KAFKA_BROKERS: undefined, KAFKA_BROKERS_FILE: fileWith('kafka:9092') })).toBe(
    'KAFKA_BROKERS_FILE is not known: KAFKA_BROKERS is no secret, and is set by itself',
  );
});

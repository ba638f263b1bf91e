// The parameters of a database's URL: those of libpq mean the same as in libpq, and one that would be without effect is
// refused by name.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { DatabaseUrlError, readDatabaseUrl } from './database-url.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'heard-url-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string) => {
  writeFileSync(path.join(folder, name), `the ${name}`);
  return path.join(folder, name);
};
const [ca, cert, key] = [file('ca.pem'), file('cert.pem'), file('key.pem')];
const read = (parameters: string) => readDatabaseUrl(`postgresql://kds:secret@db/heard?${parameters}`);

describe('sslmode', () => {
  test.each([
    ['', { rejectUnauthorized: false }, true],
    ['sslmode=disable', false, true],
    ['sslmode=allow', { rejectUnauthorized: false }, true],
    ['sslmode=prefer', { rejectUnauthorized: false }, true],
    ['sslmode=require', { rejectUnauthorized: false }, false],
    [`sslmode=require&sslrootcert=${ca}`, { rejectUnauthorized: true, ca: 'the ca.pem' }, false],
    [`sslmode=verify-ca&sslrootcert=${ca}`, { rejectUnauthorized: true, ca: 'the ca.pem' }, false],
    ['sslmode=verify-full', { rejectUnauthorized: true }, false],
    ['sslmode=verify-full&sslrootcert=system', { rejectUnauthorized: true }, false],
    [`sslmode=verify-full&sslrootcert=${ca}`, { rejectUnauthorized: true, ca: 'the ca.pem' }, false],
    [
      `sslmode=require&sslcert=${cert}&sslkey=${key}`,
      { rejectUnauthorized: false, cert: 'the cert.pem', key: 'the key.pem' },
      false,
    ],
  ])('%s', (parameters, ssl, plainAllowed) => {
    const tls = read(parameters);
    expect(tls).toMatchObject({ ssl, plainAllowed, connectionString: expect.stringMatching(/heard\??$/) });
  });

  test('the name is looked at by verify-full alone', () => {
    const looksAtName = (parameters: string) => {
      const { ssl } = read(parameters);
      return ssl !== false && ssl.rejectUnauthorized === true && ssl.checkServerIdentity === undefined;
    };
    expect(looksAtName(`sslmode=verify-full&sslrootcert=${ca}`)).toBe(true);
    expect(looksAtName(`sslmode=verify-ca&sslrootcert=${ca}`)).toBe(false);
    expect(looksAtName('sslmode=require')).toBe(false);
  });
});

test.each([
  ['connection_limit=5', 'DATABASE_POOL_MAX'],
  ['pool_timeout=5', 'time-out of its own'],
  ['pgbouncer=true', 'DATABASE_DIRECT_URL'],
  ['statement_timeout=0', 'time-out of its own'],
  ['sslaccept=strict', 'sslmode'],
  ['ssl=true', 'sslmode'],
  ['nonsense=1', 'nonsense'],
  ['sslmode=no-verify', 'disable, allow, prefer, require, verify-ca, verify-full'],
  ['sslmode=verify-ca', 'sslrootcert=/path'],
  ['sslmode=require&sslrootcert=system', 'verify-full'],
  ['sslmode=require&sslrootcert=/nowhere/ca.pem', 'sslrootcert that cannot be read'],
  [`sslmode=require&sslcert=${cert}`, 'sslcert and sslkey'],
  ['sslnegotiation=direct', 'sslmode=require'],
  ['schema=Kitchen%22', 'schema'],
  ['schema=pg_catalog', 'schema'],
  ['options=-c%20search_path%3Dkitchen', 'schema=...'],
])('%s is refused in one line without the password', (parameters, words) => {
  expect(() => read(parameters)).toThrow(DatabaseUrlError);
  const message = (() => {
    try {
      return read(parameters) && '';
    } catch (error) {
      return (error as Error).message;
    }
  })();
  expect(message).toContain(words);
  expect(message).not.toMatch(/secret|\n/);
});

test("parameters of managed databases' sheets are taken", () => {
  const { ssl, enableChannelBinding, connectionString } = read(
    'sslmode=require&channel_binding=require&connect_timeout=10&target_session_attrs=read-write',
  );
  expect([ssl, enableChannelBinding]).toEqual([{ rejectUnauthorized: false }, true]);
  expect(connectionString).toMatch(/^postgresql:\/\/kds:secret@db\/heard\??$/);
});

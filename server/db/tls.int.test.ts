// TLS to a real PostgreSQL with a private authority: sslmode means the same as to psql, and each error ends the start in
// one line.
import { chownSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPostgres } from '../../scripts/local/postgres.mjs';
import { freePort, removedInTheEnd, temporaryDirectory } from '../../scripts/local/process.mjs';
import { makeAuthority } from '../../test/certificates.ts';
import { log } from '../../test/pipeline.ts';
import { until } from '../../test/until.ts';
import { createPrisma } from './client.ts';
import { awaitDatabaseOf } from './environment.ts';
import { migrate } from './migrate.ts';

const folder = temporaryDirectory('tls');
const authority = makeAuthority('our authority');
const stranger = makeAuthority('a stranger');
const undo: (() => unknown)[] = [removedInTheEnd(folder)];
let postgres: Awaited<ReturnType<typeof startPostgres>>;
let ours: string;
let theirs: string;

const at = (host: string, parameters: string) => {
  const url = new URL(postgres.url());
  url.hostname = host;
  return `${url.href}?${parameters}`;
};
const file = (name: string, content: string) => {
  writeFileSync(path.join(folder, name), content);
  return path.join(folder, name);
};
/** Into the folder of the data, as the server's own. */
const placed = (name: string, content: string) => {
  const { uid, gid } = statSync(postgres.dataDir);
  writeFileSync(path.join(postgres.dataDir, name), content, { mode: 0o600 });
  chownSync(path.join(postgres.dataDir, name), uid, gid);
};
/** Has the server read its files anew. */
const reload = () => process.kill(postgres.program.pid, 'SIGHUP');
const readEncryption = async (url: string) => {
  const prisma = createPrisma(url, { poolSize: 1 });
  try {
    const [{ ssl }] = await prisma.$queryRaw<
      [{ ssl: boolean }]
    >`SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()`;
    return ssl;
  } finally {
    await prisma.$disconnect();
  }
};
const refusal = async (url: string): Promise<string> => {
  const error = await awaitDatabaseOf('any', url, log).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ code: 'INVALID_CONFIG' });
  const { message } = error as Error;
  expect(message).toMatch(/^DATABASE_URL[^\n]+$/);
  expect(message).not.toContain('heard:heard');
  return message;
};

beforeAll(async () => {
  postgres = await startPostgres({
    dataDir: path.join(folder, 'postgres'),
    port: await freePort(),
    logFile: path.join(folder, 'postgres.log'),
    settings: { fsync: 'off', listen_addresses: 'localhost' },
  });
  undo.push(() => postgres.stop());
  ours = file('ca.pem', authority.pem);
  theirs = file('stranger.pem', stranger.pem);
});
afterAll(async () => {
  for (const step of undo.toReversed()) await step();
});

describe('a server without TLS', () => {
  test.each(['', 'sslmode=disable', 'sslmode=allow', 'sslmode=prefer'])(
    'is spoken to in plain text: %s',
    async (mode) => {
      expect(await readEncryption(at('127.0.0.1', mode))).toBe(false);
    },
  );

  test.each(['require', 'verify-full'])('is refused: %s', async (mode) => {
    expect(await refusal(at('127.0.0.1', `sslmode=${mode}`))).toMatch(/127\.0\.0\.1:\d+ offers no TLS/);
  });
});

describe('a server with TLS and a private authority', () => {
  beforeAll(async () => {
    const { certificate, key } = authority.certificate('localhost');
    placed('server.crt', certificate);
    placed('server.key', key);
    placed('root.crt', authority.pem);
    placed('postgresql.auto.conf', "ssl = on\nssl_ca_file = 'root.crt'\n");
    reload();
    await until('TLS is on', () => readEncryption(at('127.0.0.1', 'sslmode=prefer')));
  });

  test.each([
    ['127.0.0.1', () => '', true],
    ['127.0.0.1', () => 'sslmode=disable', false],
    ['127.0.0.1', () => 'sslmode=allow', true],
    ['127.0.0.1', () => 'sslmode=require', true],
    ['127.0.0.1', () => `sslmode=require&sslrootcert=${ours}`, true],
    ['127.0.0.1', () => `sslmode=verify-ca&sslrootcert=${ours}`, true],
    ['localhost', () => `sslmode=verify-full&sslrootcert=${ours}`, true],
    ['localhost', () => `sslmode=verify-full&sslrootcert=${ours}&channel_binding=require`, true],
  ])('is spoken to as psql does, %#', async (host, parameters, encrypted) => {
    expect(await readEncryption(at(host, parameters()))).toBe(encrypted);
  });

  test('with verify-full the whole start works: the schema is made, and the session is known as ours', async () => {
    const url = at('localhost', `sslmode=verify-full&sslrootcert=${ours}`);
    await awaitDatabaseOf('any', url, log);
    expect((await migrate(url, { info: () => {} })).length).toBeGreaterThan(0);
  });

  test.each([
    ['localhost', () => 'sslmode=verify-full', /from no authority that is known here .*sslrootcert=/],
    ['localhost', () => `sslmode=verify-full&sslrootcert=${theirs}`, /from no authority that is known here/],
    ['localhost', () => `sslmode=require&sslrootcert=${theirs}`, /from no authority that is known here/],
    ['127.0.0.1', () => `sslmode=verify-full&sslrootcert=${ours}`, /is for another name: .*sslmode=verify-ca/],
  ])('an error of trust ends the start in one line, %#', async (host, parameters, words) => {
    expect(await refusal(at(host, parameters()))).toMatch(words);
  });

  test('one that wants TLS, and one that wants a certificate of ours, say so', async () => {
    const rules = readFileSync(path.join(postgres.dataDir, 'pg_hba.conf'), 'utf8');
    placed('pg_hba.conf', 'hostssl all all all scram-sha-256\n');
    reload();
    await until('plain text is refused', async () =>
      /without TLS .*: set sslmode=require$/.test(await refusal(at('127.0.0.1', 'sslmode=disable'))),
    );
    placed('pg_hba.conf', 'hostssl all all all scram-sha-256 clientcert=verify-ca\n');
    reload();
    await until('a certificate is asked for', async () =>
      /valid client certificate/.test(await refusal(at('127.0.0.1', 'sslmode=require'))),
    );
    const { certificate, key } = authority.certificate('heard');
    const own = `sslcert=${file('own.crt', certificate)}&sslkey=${file('own.key', key)}`;
    expect(await readEncryption(at('127.0.0.1', `sslmode=require&${own}`))).toBe(true);
    placed('pg_hba.conf', rules);
  });

  test('an expired certificate is named as such', async () => {
    const expired = authority.certificate('localhost', { until: new Date(Date.now() - 60_000) });
    placed('pg_hba.conf', 'host all all all scram-sha-256\n');
    placed('server.crt', expired.certificate);
    placed('server.key', expired.key);
    reload();
    await until('the new certificate is shown', async () =>
      /out of date/.test(await refusal(at('localhost', `sslmode=verify-full&sslrootcert=${ours}`))),
    );
  });
});

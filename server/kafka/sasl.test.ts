// Bearer tokens: from a file that is read again, and from a server that is asked once in a token's life.
import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { saslFor, tokensFrom } from './sasl.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0)) await step();
});

async function tokenServer(answer: (asked: number) => { status: number; body: string }) {
  let asked = 0;
  const server: Server = createServer((request, response) => {
    request.resume().on('end', () => {
      asked += 1;
      const { status, body } = answer(asked);
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  undo.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  const source = { url: `http://127.0.0.1:${port}/t`, clientId: 'heard', clientSecret: 'hush-hush', scope: 'kafka' };
  return { source, asked: () => asked };
}

test('a file is read again for each token; its absence names variable and path', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'heard-token-'));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'token');
  const token = tokensFrom({ path: file });
  await expect(token()).rejects.toThrow(`KAFKA_SASL_TOKEN_PATH names ${file}, which cannot be read (ENOENT)`);
  writeFileSync(file, 'first\n');
  expect(await token()).toBe('first');
  writeFileSync(file, 'second');
  expect(await token()).toBe('second');
  writeFileSync(file, '\n');
  await expect(token()).rejects.toThrow(`KAFKA_SASL_TOKEN_PATH names ${file}, which is empty`);
});

test('a server is asked once while its token lives, by many at once, too', async () => {
  const { source, asked } = await tokenServer((n) => ({
    status: 200,
    body: JSON.stringify({ access_token: `t${n}`, expires_in: 60 }),
  }));
  const token = tokensFrom(source);
  expect(await Promise.all([token(), token(), token()])).toEqual(['t1', 't1', 't1']);
  expect(await token()).toBe('t1');
  expect(await Promise.all([token(), token(), token()])).toEqual(['t1', 't1', 't1']);
  expect(asked()).toBe(1);
});

test('a token is used to its end while its server is away', async () => {
  const { source, asked } = await tokenServer((n) =>
    n === 1
      ? { status: 200, body: JSON.stringify({ access_token: 't1', expires_in: 10 }) }
      : { status: 503, body: '{}' },
  );
  const clock = vi.spyOn(performance, 'now');
  undo.push(() => clock.mockRestore());
  const token = tokensFrom(source);
  clock.mockReturnValue(0);
  expect(await token()).toBe('t1');
  clock.mockReturnValue(9000);
  expect([await token(), asked()]).toEqual(['t1', 2]);
  clock.mockReturnValue(10_000);
  await expect(token()).rejects.toThrow('gives no token (status 503)');
});

test('a token is asked for again before its end, and after a failure', async () => {
  const { source, asked } = await tokenServer((n) =>
    n === 1
      ? { status: 503, body: 'hush-hush' }
      : { status: 200, body: JSON.stringify({ access_token: `t${n}`, expires_in: 0.001 }) },
  );
  const token = tokensFrom(source);
  const failure: unknown = await token().catch((error: unknown) => error);
  expect((failure as Error).message).toMatch(
    /^KAFKA_SASL_TOKEN_URL: 127\.0\.0\.1:\d+ gives no token \(status 503\): check /,
  );
  expect((failure as Error).message).not.toContain('hush-hush');
  expect(await token()).toBe('t2');
  await new Promise((resolve) => {
    setTimeout(resolve, 5);
  });
  expect(await token()).toBe('t3');
  expect(asked()).toBe(3);
});

test('mechanisms have their names of KafkaJS', () => {
  expect(saslFor({ mechanism: 'SCRAM-SHA-512', username: 'u', password: 'p' })).toEqual({
    mechanism: 'scram-sha-512',
    username: 'u',
    password: 'p',
  });
  expect(saslFor({ mechanism: 'AWS_MSK_IAM', region: 'eu-west-1' })).toMatchObject({ mechanism: 'oauthbearer' });
});

// Each session is set by us, whatever the URL says.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { written } from '../../scripts/words.mjs';
import { pooledSessionAt, sessionAt } from './session.mjs';

const OURS = '-c timezone=UTC -c jit=off -c search_path=public';

test.each([
  ['postgresql://heard:secret@db:5432/heard', 'postgresql://heard:secret@db:5432/heard', OURS],
  [
    'postgresql://heard@db/heard?options=-c%20timezone%3DAsia%2FShanghai&application_name=kds',
    'postgresql://heard@db/heard?application_name=kds',
    `-c timezone=Asia/Shanghai ${OURS}`,
  ],
  [
    'postgresql://heard@db/heard?sslmode=disable&options=endpoint%3Dours',
    'postgresql://heard@db/heard',
    `endpoint=ours ${OURS}`,
  ],
  ['postgresql:///heard?host=/run/postgresql', 'postgresql:///heard?host=/run/postgresql', OURS],
  ['postgresql://db/heard?schema=kitchen', 'postgresql://db/heard', OURS.replace('public', 'kitchen')],
])('%s', (url, connectionString, options) => {
  expect(sessionAt(url)).toMatchObject({ connectionString, options, keepAlive: true });
});

test('more settings stand behind ours', () => {
  expect(sessionAt('postgresql://db/heard', { enable_seqscan: 'off' }).options).toBe(`${OURS} -c enable_seqscan=off`);
});

test('a pooler gets none of our settings at the start, and those of the URL', () => {
  expect(pooledSessionAt('postgresql://db/heard?options=endpoint%3Dours', { jit: 'off' }).options).toBe(
    'endpoint=ours',
  );
});

test('no session of the server is opened in another way', () => {
  const opening = written()
    .filter((file) => /^server\/(?!db\/generated)/.test(file) && !file.endsWith('.test.ts'))
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }))
    .filter(({ file }) => file !== 'server/db/session.mjs')
    .filter(({ text }) => /new (?:pg\.(?:Client|Pool)|CatalogPool|CleanPool)\(|sessionClient\(/.test(text));
  expect(opening.length).toBeGreaterThanOrEqual(5);
  for (const { file, text } of opening) {
    expect(text, file).toMatch(/\.\.\.(?:pooledS|s)essionAt\(|\? pooledSessionAt\(/);
    // A client that is made past it does not ask for TLS as sslmode says.
    expect(text, file).not.toMatch(/connectionString:|new pg\.Client\(/);
  }
});

// Each session is set by us, whatever the URL says.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { written } from '../../scripts/words.mjs';
import { sessionAt } from './session.mjs';

const OURS = '-c timezone=UTC -c jit=off';

test.each([
  ['postgresql://heard:secret@db:5432/heard', 'postgresql://heard:secret@db:5432/heard', OURS],
  [
    'postgresql://heard@db/heard?options=-c%20timezone%3DAsia%2FShanghai&sslmode=disable',
    'postgresql://heard@db/heard?sslmode=disable',
    `-c timezone=Asia/Shanghai ${OURS}`,
  ],
  [
    'postgresql://heard@db/heard?sslmode=disable&options=endpoint%3Dours',
    'postgresql://heard@db/heard?sslmode=disable',
    `endpoint=ours ${OURS}`,
  ],
  ['postgresql:///heard?host=/run/postgresql', 'postgresql:///heard?host=/run/postgresql', OURS],
])('%s', (url, connectionString, options) => {
  expect(sessionAt(url)).toEqual({ connectionString, options, keepAlive: true });
});

test('more options stand behind ours', () => {
  expect(sessionAt('postgresql://db/heard', '-c enable_seqscan=off').options).toBe(`${OURS} -c enable_seqscan=off`);
});

test('no session of the server is opened in another way', () => {
  const opening = written()
    .filter((file) => /^server\/(?!db\/generated)/.test(file) && !file.endsWith('.test.ts'))
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }))
    .filter(({ text }) => /new (?:pg\.(?:Client|Pool)|CatalogPool|CleanPool)\(/.test(text));
  expect(opening.length).toBeGreaterThanOrEqual(5);
  for (const { file, text } of opening) {
    expect(text, file).toMatch(/\.\.\.sessionAt\(/);
    expect(text, file).not.toMatch(/connectionString:/);
  }
});

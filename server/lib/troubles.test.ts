import { expect, test } from 'vitest';
import { Troubles } from './troubles.ts';

function watched() {
  const lines: string[] = [];
  let now = Date.UTC(2026, 10, 23, 12);
  const write = (level: string) => (fields: object, text?: string) =>
    void lines.push(`${level} ${text} ${JSON.stringify(fields)}`);
  const log = { debug: write('debug'), warn: write('warn'), info: write('info') } as never;
  const troubles = new Troubles(log, () => now);
  return { troubles, lines, pass: (ms: number) => (now += ms) };
}

test('a failure or two are said at debug; more in a row at warn, once a minute, and listed until a round works', () => {
  const { troubles, lines, pass } = watched();
  const work = troubles.watch('old orders could not be archived');
  for (let i = 0; i < 2; i += 1) work.failed(new Error('a lock'));
  expect([lines.map((line) => line.split(' ')[0]), troubles.list()]).toEqual([['debug', 'debug'], []]);
  for (let i = 0; i < 50; i += 1) {
    work.failed(new Error('no right'));
    pass(2000);
  }
  expect(lines.filter((line) => line.startsWith('warn'))).toEqual([
    'warn old orders could not be archived {"error":"no right","failures":3,"since":"2026-11-23T12:00:00.000Z"}',
    'warn old orders could not be archived {"error":"no right","failures":33,"since":"2026-11-23T12:00:00.000Z"}',
  ]);
  expect(troubles.list()).toEqual([
    { name: 'old orders could not be archived', failures: 52, since: '2026-11-23T12:00:00.000Z', error: 'no right' },
  ]);
  work.worked();
  expect([troubles.list(), lines.at(-1)]).toEqual([[], expect.stringMatching(/^info over: old orders/)]);
});

test('failures that are not in a row are no trouble', () => {
  const { troubles, lines } = watched();
  const work = troubles.watch('the outbox could not be read');
  for (let i = 0; i < 10; i += 1) {
    work.failed(new Error('once'));
    work.failed(new Error('twice'));
    work.worked();
  }
  expect([troubles.list(), lines.filter((line) => !line.startsWith('debug'))]).toEqual([[], []]);
});

// The words of the ordering platform's statuses stand in one file.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { comesBefore, isCanceled, isOver, nextStatus, statusRank, STATUSES } from './status.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = ['server', 'components', 'app', 'pages'].flatMap((house) =>
  readdirSync(path.join(root, house), { recursive: true, encoding: 'utf8' })
    .map((file) => path.join(house, file))
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\bgenerated\b/.test(file)),
);

test('no other file of the server or the screens says a status as a literal', () => {
  const literal = new RegExp(`(["'\`])(?:${STATUSES.join('|')})\\1`);
  const found = sources.filter((file) => literal.test(readFileSync(path.join(root, file), 'utf8')));
  expect(sources.length).toBeGreaterThan(300);
  expect(found).toEqual(['server/protocol/status.ts']);
});

test('what is canceled is over, and so is what is completed; a word that is not known says neither', () => {
  const of = (status: string) => [isCanceled({ status }), isOver({ status })];
  const [neither, over, canceled] = [
    [false, false],
    [false, true],
    [true, true],
  ];
  for (const word of ['PLACED', 'PAID', 'paid', 'BOXED', 'CANCEL_REQUESTED', 'constructor', ''])
    expect(of(word), word).toEqual(neither);
  for (const word of ['COMPLETED', 'completed', 'COMPLETE', 'Closed', ' CLOSED ']) expect(of(word), word).toEqual(over);
  for (const word of ['CANCELED', 'CANCELLED', 'canceled', 'Cancelled', 'VOIDED', 'void', 'REFUNDED'])
    expect(of(word), word).toEqual(canceled);
});

test('a word that is not known comes before nothing, and after nothing', () => {
  expect(['PLACED', 'PAID', 'COMPLETED', 'CANCELED', 'BOXED', 'constructor'].map(statusRank)).toEqual([
    0,
    1,
    2,
    3,
    null,
    null,
  ]);
  expect([comesBefore('PLACED', 'CANCELED'), comesBefore('BOXED', 'PAID'), comesBefore('PAID', 'BOXED')]).toEqual([
    true,
    false,
    false,
  ]);
});

test('a twin is as far as its own word, so that neither waits for the other', () => {
  expect(['Paid', 'CLOSED', 'REFUNDED', 'CANCELLED', 'voided'].map(statusRank)).toEqual([1, 2, 2, 3, 3]);
  expect(comesBefore('CANCELED', 'CANCELLED') || comesBefore('CANCELLED', 'CANCELED')).toBe(false);
});

test('after what is over, a word that is not known changes nothing; a known one does', () => {
  expect(nextStatus('COMPLETED', 'ARCHIVED_BY_TILL')).toBe('COMPLETED');
  expect(nextStatus('CANCELLED', 'BOXED')).toBe('CANCELLED');
  expect(nextStatus('PAID', 'BOXED')).toBe('BOXED');
  expect(nextStatus('COMPLETED', 'REFUNDED')).toBe('REFUNDED');
  expect(nextStatus('COMPLETED', 'PAID')).toBe('PAID');
});

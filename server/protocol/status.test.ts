// The words of the ordering platform's statuses stand in one file.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { comesBefore, isCanceled, isOver, statusRank, STATUSES } from './status.ts';

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
  expect(['PLACED', 'PAID', 'COMPLETED', 'CANCELED', 'BOXED', 'canceled', ''].map(of)).toEqual([
    [false, false],
    [false, false],
    [false, true],
    [true, true],
    [false, false],
    [false, false],
    [false, false],
  ]);
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

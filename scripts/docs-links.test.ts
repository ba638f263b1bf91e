// What the documents point to is there: files, pictures, tests.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const documents = ['README.md', ...readdirSync(path.join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];

/** Targets of links and pictures that lie in this project. */
function targets(document: string): string[] {
  const text = readFileSync(path.join(root, document), 'utf8').replaceAll(/```[\s\S]*?```/g, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!.replace(/#.*$/, '')).filter((target) => target && !/^[a-z]+:/i.test(target));
}

describe.each(documents)('%s', (document) => {
  test('points to nothing that is missing', () => {
    expect(targets(document).filter((target) => !existsSync(path.resolve(root, path.dirname(document), target)))).toEqual([]);
  });
});

test('every row of FEATURES.md that names what Heard does is linked to a test', () => {
  const rows = readFileSync(path.join(root, 'docs/FEATURES.md'), 'utf8').split('\n').filter((line) => /^\| (?!---|what )/i.test(line) && line.split('|').length > 8);
  expect(rows.length).toBeGreaterThan(20);
  const without = rows.filter((row) => !/\]\(\.\.\/\S+(\.test|\.spec)\.ts\)/.test(row.split('|')[2]!));
  expect(without).toEqual([]);
});

test('every item of SECURITY.md has a test, or says why it has none', () => {
  const text = readFileSync(path.join(root, 'docs/SECURITY.md'), 'utf8');
  const short = new Set([...text.slice(0, text.indexOf('## Ways in')).matchAll(/\*\*(\w+)\*\*(?=[^\n|]*\|)/g)].map(([, name]) => name));
  const rows = text.slice(text.indexOf('## V6')).split('\n').filter((line) => /^\| (?!---|item )/.test(line)).map((line) => line.split('|').map((cell) => cell.trim()));
  expect([rows.length > 80, short.size > 12, rows.filter((cells) => cells.length !== 5)]).toEqual([true, true, []]);
  const without = rows.filter(([, , , test = '']) => !/^(?:not met|the operator's|no test: )/.test(test) && !test.split(', ').every((one) => short.has(one) || /^\[`[^`]+\.test\.tsx?`\]\(\.\.\/[^)]+\)$/.test(one)));
  expect(without.map(([, item]) => item)).toEqual([]);
});

const folder = path.join(root, 'docs/screens');

// There once `npm run pictures` was run.
test.skipIf(!existsSync(folder))('every picture in docs/screens is listed, and small', () => {
  const listed = targets('docs/SCREENS.md').map((target) => path.basename(target));
  const pictures = readdirSync(folder);
  expect(pictures.filter((name) => !listed.includes(name))).toEqual([]);
  const sizes = pictures.map((name) => statSync(path.join(folder, name)).size);
  expect(Math.max(...sizes)).toBeLessThan(150_000);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(8_000_000);
});

// Everything that the documents point to exists: files, pictures, tests, folders, packages.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { written } from './words.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Every document under version control. */
const documents = written().filter((file) => file.endsWith('.md'));

/** Targets of links and pictures that lie in this project. */
function targets(document: string): string[] {
  const text = readFileSync(path.join(root, document), 'utf8').replaceAll(/```[\s\S]*?```/g, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target!.replace(/#.*$/, ''))
    .filter((target) => target && !/^[a-z]+:/i.test(target));
}

/** Links to a heading; `target` is empty for one of the same document. */
const anchors = (document: string) =>
  [...readFileSync(path.join(root, document), 'utf8').matchAll(/\]\(([^)\s#:]*\.md)?#([^)\s]+)\)/g)].map(
    ([, target, heading]) => ({
      target: target ? path.join(path.dirname(document), target) : '',
      heading: heading!,
    }),
  );

/** The headings of a document as GitHub names them in links. */
const headingsOf = (document: string) =>
  [...readFileSync(path.join(root, document), 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-'),
  );

describe.each(documents)('%s', (document) => {
  test('points to nothing that is missing', () => {
    expect(
      targets(document).filter((target) => !existsSync(path.resolve(root, path.dirname(document), target))),
    ).toEqual([]);
  });

  // A diary names the files of its day.
  test.skipIf(document.startsWith('docs/bench/'))('names no file that is missing', () => {
    const named = [
      ...readFileSync(path.join(root, document), 'utf8').matchAll(/`((?:[\w.@[\]-]+\/)+[\w.[\]-]+\.\w+)`/g),
    ].map(([, name]) => name!);
    // ARCHITECTURE.md names the server's files by their room. "x" stands for a name of the reader's own.
    const isThere = (name: string) => existsSync(path.join(root, name)) || existsSync(path.join(root, 'server', name));
    expect(named.filter((name) => !/(?:^|[/.-])x(?:[/.-]|$)/.test(name) && !isThere(name))).toEqual([]);
  });

  test('points to no heading that is missing', () => {
    expect(
      anchors(document).filter(({ target, heading }) => !headingsOf(target || document).includes(heading)),
    ).toEqual([]);
  });
});

test('every row of FEATURES.md that names what Heard does is linked to a test', () => {
  const rows = readFileSync(path.join(root, 'docs/FEATURES.md'), 'utf8')
    .split('\n')
    .filter((line) => /^\| (?!---|feature )/i.test(line) && line.split('|').length > 8);
  expect(rows.length).toBeGreaterThan(20);
  const without = rows.filter((row) => !/\]\(\.\.\/\S+(\.test|\.spec)\.ts\)/.test(row.split('|')[2]!));
  expect(without).toEqual([]);
});

test('every item of SECURITY.md has a test, or says why it has none', () => {
  const text = readFileSync(path.join(root, 'docs/SECURITY.md'), 'utf8');
  const short = new Set(
    [...text.slice(0, text.indexOf('## Ways in')).matchAll(/\*\*(\w+)\*\*(?=[^\n|]*\|)/g)].map(([, name]) => name),
  );
  const rows = text
    .slice(text.indexOf('## V6'))
    .split('\n')
    .filter((line) => /^\| (?!---|item )/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  expect([rows.length > 80, short.size > 12, rows.filter((cells) => cells.length !== 5)]).toEqual([true, true, []]);
  const without = rows.filter(
    ([, , , test = '']) =>
      !/^(?:not met|the operator's|no test: )/.test(test) &&
      !test.split(', ').every((one) => short.has(one) || /^\[`[^`]+\.test\.tsx?`\]\(\.\.\/[^)]+\)$/.test(one)),
  );
  expect(without.map(([, item]) => item)).toEqual([]);
});

test('every invariant has a number, in a row, and tests that are there', () => {
  const [, ...rules] = readFileSync(path.join(root, 'docs/INVARIANTS.md'), 'utf8').split(/^### /m);
  expect(rules.map((rule) => rule.split('.', 1)[0]!)).toEqual(rules.map((_, i) => String(i + 1)));
  const enforcedBy = (rule: string) => rule.split('**Enforced by** ').slice(1);
  expect(rules.filter((rule) => enforcedBy(rule).length !== 1)).toEqual([]);
  const linkedIn = (rule: string) => [...enforcedBy(rule)[0]!.matchAll(/\[`([^`]+)`\]\(\.\.\/([^)]+)\)/g)];
  expect(rules.filter((rule) => !linkedIn(rule).length)).toEqual([]);
  const links = rules.flatMap(linkedIn).map(([, name, target]) => ({ name: name!, target: target! }));
  expect(links.filter(({ name, target }) => name !== target)).toEqual([]);
  expect(links.filter(({ target }) => !/\.(?:test|spec)\.tsx?$|^chaos\/$/.test(target))).toEqual([]);
  expect(links.filter(({ target }) => !existsSync(path.join(root, target)))).toEqual([]);
});

test('ARCHITECTURE.md names every folder of code, and none that is not there', () => {
  const table = readFileSync(path.join(root, 'docs/ARCHITECTURE.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|')[1]!);
  const named = table.flatMap((cell) => {
    const names = [...cell.matchAll(/`([^`]+)\/`/g)].map(([, name]) => name!);
    const parent = names[0]?.includes('/') ? path.dirname(names[0]) : '';
    return names.map((name) => (name.includes('/') ? name : path.posix.join(parent, name)));
  });
  const within = (folder: string) =>
    readdirSync(path.join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `${folder}/${name}`);
  expect(named.toSorted()).toEqual(
    [
      'app',
      'pages',
      'public',
      'prisma',
      'simulator',
      'scripts',
      'bench',
      'chaos',
      'e2e',
      'test',
      ...within('server'),
      ...within('components'),
    ].toSorted(),
  );
});

test('DEPENDENCIES.md has a line for each package that package.json asks for, and for no other', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<
    'dependencies' | 'devDependencies',
    Record<string, string>
  >;
  const tables = readFileSync(path.join(root, 'docs/DEPENDENCIES.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|')[1]!);
  const listed = tables.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!));
  const asked = Object.keys({ ...dependencies, ...devDependencies }).map((name) =>
    name.startsWith('@types/') ? '@types/*' : name,
  );
  expect(listed.toSorted()).toEqual([...new Set(asked)].toSorted());
});

const folder = path.join(root, 'docs/screens');

test('every picture in docs/screens is listed, and small', () => {
  const listed = targets('docs/SCREENS.md').map((target) => path.basename(target));
  const pictures = readdirSync(folder);
  expect(pictures.filter((name) => !listed.includes(name))).toEqual([]);
  const sizes = pictures.map((name) => statSync(path.join(folder, name)).size);
  expect(Math.max(...sizes)).toBeLessThan(200_000);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(10_000_000);
});

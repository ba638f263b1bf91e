// Rules of the house that no tool checks: the width of lines, plain sentences, comments and recipes that name real
// files, and names with one meaning.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { proseOf, riddlesOf, written } from './words.mjs';

const root = path.join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const files = written();
const documents = files.filter((file) => file.endsWith('.md'));

const CODE_COLUMNS = 120;
/** Percent of the lines: templates of HTML and of SQL, and texts that are better not broken. */
const WIDE_LINES = 0.5;
const PROSE_COLUMNS = 160;
/** Percent of the sentences. */
const RIDDLES = 8;

test(`fewer than ${WIDE_LINES} % of the lines of code are wider than ${CODE_COLUMNS} columns`, () => {
  let lines = 0;
  const wide = new Map<string, number>();
  for (const file of files.filter((one) => !one.endsWith('.md')))
    for (const line of read(file).split('\n')) {
      lines += 1;
      if (line.length > CODE_COLUMNS) wide.set(file, (wide.get(file) ?? 0) + 1);
    }
  const all = [...wide.values()].reduce((sum, count) => sum + count, 0);
  const worst = [...wide].toSorted(([, a], [, b]) => b - a).slice(0, 10);
  expect((100 * all) / lines, `most in ${worst.map(([file, count]) => `${file} (${count})`).join(', ')}`).toBeLessThan(
    WIDE_LINES,
  );
});

test.each(documents)(`no line of prose in %s is wider than ${PROSE_COLUMNS} columns`, (document) => {
  let fenced = false;
  const wide = read(document)
    .split('\n')
    .map((line, index) => ({ line, at: `${document}:${index + 1}` }))
    .filter(({ line }) => {
      if (/^\s*```/.test(line)) fenced = !fenced;
      return !fenced && !/^\s*\|/.test(line);
    })
    // An address cannot be broken.
    .filter(({ line }) => line.replaceAll(/\]\([^)]*\)/g, ']').length > PROSE_COLUMNS);
  expect(wide.map(({ at }) => at)).toEqual([]);
});

// Apart, since the documents are many and would hide the code.
test.each([
  ['the code', (file: string) => !file.endsWith('.md')],
  ['the documents', (file: string) => file.endsWith('.md')],
])(`of the sentences in %s fewer than ${RIDDLES} in a hundred read as riddles`, (_, isOfThem) => {
  let sentences = 0;
  const found = new Map<string, number>();
  for (const file of files.filter(isOfThem)) {
    const { sentences: count, riddles } = riddlesOf(file);
    sentences += count;
    if (riddles.length) found.set(file, riddles.length);
  }
  const all = [...found.values()].reduce((sum, count) => sum + count, 0);
  const worst = [...found].toSorted(([, a], [, b]) => b - a).slice(0, 10);
  expect(
    (100 * all) / sentences,
    `node scripts/words.mjs lists them; most in ${worst.map(([file, count]) => `${file} (${count})`).join(', ')}`,
  ).toBeLessThan(RIDDLES);
});

test.each(['CONTRIBUTING.md', 'CHANGELOG.md', '.github/pull_request_template.md'])(
  '%s names files that are there',
  (document) => {
    // In examples "x" stands for a name of the reader's own.
    const named = [...read(document).matchAll(/`((?:[\w.@[\]-]+\/)+[\w.[\]-]*)`/g)].map(([, name]) => name!);
    expect(named.filter((name) => !/(?:^|[/.-])x(?:[/.-]|$)/.test(name) && !existsSync(path.join(root, name)))).toEqual(
      [],
    );
    if (document === 'CONTRIBUTING.md') expect(named.length).toBeGreaterThan(30);
  },
);

test('no exported name of server/ and components/ has two meanings', () => {
  const meanings = new Map<string, string[]>();
  for (const file of files.filter((one) => /^(?:server|components)\//.test(one) && !/\.test\.tsx?$|\.md$/.test(one)))
    // A schema of zod and its type share their name, and an index exports the names of other files.
    for (const name of new Set(
      [...read(file).matchAll(/^export (?:async )?(?:const|let|function|class|interface|type|enum) (\w+)/gm)].map(
        ([, name]) => name!,
      ),
    ))
      meanings.set(name, [...(meanings.get(name) ?? []), file]);
  expect(meanings.size).toBeGreaterThan(500);
  const twice = [...meanings].filter(([, places]) => places.length > 1);
  expect(twice.map(([name, places]) => `${name} is exported by ${places.join(' and by ')}: rename one`)).toEqual([]);
});

test('comments name files that are there', () => {
  const versioned = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  const names = new Set(versioned.split('\n').map((file) => path.basename(file)));
  // Of KafkaJS.
  const ofOthers = new Set(['network/connection.js']);
  let found = 0;
  const missing = files
    .filter((file) => !file.endsWith('.md'))
    .flatMap((file) =>
      proseOf(file, read(file)).flatMap(({ line, text }) => {
        const named = [...text.matchAll(/(?<![\w./@-])(?:[\w.[\]-]+\/)*[\w[\]-][\w.[\]-]*\.(?:tsx?|mjs|js|css|md)\b/g)]
          .map(([name]) => name)
          .filter((name) => !/^(?:\w+\.js|dist\/.*)$/.test(name) && !ofOthers.has(name));
        found += named.length;
        const isThere = (name: string) =>
          name.includes('/')
            ? ['', 'server', 'components', path.dirname(file)].some((folder) =>
                existsSync(path.join(root, folder, name)),
              )
            : names.has(name);
        return named.filter((name) => !isThere(name)).map((name) => `${file}:${line} names ${name}`);
      }),
    );
  expect(found).toBeGreaterThan(50);
  expect(missing).toEqual([]);
});

// A page is sent only the texts of the areas that it names. This test checks that it names every area whose texts
// something on it reads.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(file, 'utf8');

/** Every file that a file loads, now or later, itself included. Imports of types do not count. */
function loadedBy(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const text = read(file);
  const names = [
    ...text.matchAll(/^(?:import|export) (?!type )[^;]*?from '(\.[^']+)'/gm),
    ...text.matchAll(/import\('(\.[^']+)'\)/g),
  ].map(([, name]) => path.join(path.dirname(file), name!));
  for (const name of names) if (/\.tsx?$/.test(name) && existsSync(name)) loadedBy(name, found);
  return found;
}

/** The areas that a page names, or else the nearest layout around it. */
function named(page: string, folder = path.dirname(page)): string[] {
  const list = /(?:<Texts areas=\{|compiledMessages\(locale, )\[([^\]]*)\]/.exec(read(page))?.[1];
  if (list !== undefined) return [...list.matchAll(/'(\w+)'/g)].map(([, area]) => area!);
  const layout = path.join(folder, 'layout.tsx');
  if (layout !== page && existsSync(layout)) return named(layout);
  return folder === path.join(root, 'app') ? [] : named(page, path.dirname(folder));
}

const below = (folder: string) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`);
const pages = [
  ...below('app').filter((file) => /\/(?:page|layout|error|not-found)\.tsx$/.test(file)),
  ...below('pages').filter((file) => /\/[^_/]+\.tsx$/.test(file)),
].sort();

test.each(pages)('%s', (file) => {
  const page = path.join(root, file);
  const used = [...loadedBy(page)].flatMap((file) =>
    [...read(file).matchAll(/useTranslations\('(\w+)/g)].map(([, area]) => `${area} (${path.relative(root, file)})`),
  );
  const has = new Set(['common', ...named(page)]);
  expect(used.filter((one) => !has.has(one.split(' ')[0]!))).toEqual([]);
});

test('there are pages, and texts on them', () => {
  expect(pages.length).toBeGreaterThan(15);
  expect(pages).toContain('pages/kitchen/[station].tsx');
  expect(loadedBy(path.join(root, 'app/floor/page.tsx')).size).toBeGreaterThan(40);
});

// The step of npm test that weighs the kitchen's page fails above the limit, and names the largest files.
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { LIMIT_KB, scriptsOf, weigh } from './page-weight.mjs';

let folder = '';
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A build with these scripts, in KB that no compression makes smaller. */
function build(scripts: Record<string, number>, pages: Record<string, string[]>) {
  folder = mkdtempSync(path.join(tmpdir(), 'heard-weight-'));
  mkdirSync(path.join(folder, 'static'));
  for (const [name, kb] of Object.entries(scripts)) writeFileSync(path.join(folder, name), randomBytes(kb * 1024));
  writeFileSync(path.join(folder, 'build-manifest.json'), JSON.stringify({ pages }));
  return folder;
}
const page = (...files: string[]) => ({ '/_app': ['static/shared.js'], '/kitchen/[station]': files });

test('a page below the limit passes, and a file that two entries share counts once', () => {
  build({ 'static/shared.js': 100, 'static/kitchen.js': 90 }, page('static/shared.js', 'static/kitchen.js', 'x.css'));
  expect(scriptsOf(folder).map(({ file }) => file)).toEqual(['static/shared.js', 'static/kitchen.js']);
  expect(weigh(folder)).toMatchObject({ tooHeavy: false });
  expect(weigh(folder).words).toMatch(/has 190\.\d KB/);
});

test('a page above the limit fails with its weight and its largest files', () => {
  build({ 'static/shared.js': 60, 'static/kitchen.js': LIMIT_KB - 60 }, page('static/kitchen.js'));
  const { tooHeavy, words } = weigh(folder);
  expect(tooHeavy).toBe(true);
  expect(words).toMatch(
    /has 200\.\d KB.*limit is 200 KB\.\n +140\.\d KB +static\/kitchen\.js\n +60\.\d KB +static\/shared\.js/,
  );
});

test('a build without the page is an error, and never weighs nothing', () => {
  build({ 'static/shared.js': 1 }, { '/_app': ['static/shared.js'] });
  expect(() => weigh(folder)).toThrow('/kitchen/[station]');
});

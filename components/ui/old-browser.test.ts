// The check of the browser: old browsers can parse it, it refuses a browser that lacks any one feature, and says the same
// versions as the build and the documents.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { transform } from 'esbuild';
import { expect, test } from 'vitest';
import { locales } from '../i18n/locales.ts';
import { translatorOf } from '../i18n/compiled.ts';
import { OLDEST, oldBrowserScript } from './old-browser.ts';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const SENTENCE = 'Read this: "</script>" \u2028 \\ 更新';

/** A parser of ES5 refuses what esbuild has to change, or cannot change, for ES5. */
async function isEs5(script: string): Promise<boolean> {
  try {
    const [old, now] = await Promise.all(
      ['es5', 'esnext'].map((target) => transform(script, { target, charset: 'utf8' })),
    );
    return old!.code === now!.code;
  } catch {
    return false;
  }
}

test('every browser since 2015 can parse it', async () => {
  for (const modern of ['const a = 1', 'var f = () => 1', 'var s = `x`', 'try {} catch {}', 'a?.b', 'f(...a)'])
    expect([modern, await isEs5(modern)]).toEqual([modern, false]);
  expect(await isEs5(oldBrowserScript(SENTENCE))).toBe(true);
  expect(oldBrowserScript(SENTENCE)).not.toMatch(/<|\u2028/);
});

/** As much of a browser as the script touches. */
function browserWith(change: (window: any) => void) {
  const element = (name: string): any => ({
    name,
    style: {},
    children: [] as unknown[],
    setAttribute() {},
    get firstChild() {
      return this.children[0];
    },
    appendChild(child: unknown) {
      this.children.push(child);
    },
    removeChild() {
      this.children.shift();
    },
  });
  const page = element('html');
  page.children.push('the head');
  const window: any = {
    document: { documentElement: page, createElement: element, createTextNode: (text: string) => text },
    Array: { prototype: { toSorted() {} } },
    CSS: { supports: () => true, registerProperty() {} },
    CSSLayerBlockRule() {},
    AbortSignal: { timeout() {} },
    stopped: false,
    stop: () => (window.stopped = true),
  };
  window.window = window;
  change(window);
  runInNewContext(oldBrowserScript(SENTENCE), window);
  return { stopped: window.stopped as boolean, page };
}

test('it leaves a browser alone that has everything', () => {
  const { stopped, page } = browserWith(() => {});
  expect([stopped, page.children]).toEqual([false, ['the head']]);
});

const refusing = (wanted: string) => (window: any) => {
  window.CSS.supports = (name: string, value: string) => !`${name}: ${value}`.includes(wanted);
};
test.each<[string, (window: any) => void]>([
  ['toSorted', (window) => delete window.Array.prototype.toSorted],
  ['CSS', (window) => delete window.CSS],
  ['color-mix', refusing('color-mix')],
  ['@property', (window) => delete window.CSS.registerProperty],
  ['container queries', refusing('container-type')],
  ['dvh', refusing('dvh')],
  ['layers', (window) => delete window.CSSLayerBlockRule],
  ['AbortSignal', (window) => delete window.AbortSignal],
  ['AbortSignal.timeout', (window) => delete window.AbortSignal.timeout],
])('a browser without %s sees the sentence and loads nothing more', (_, change) => {
  const { stopped, page } = browserWith(change);
  expect(stopped).toBe(true);
  expect(page.children.map(({ name }: any) => name)).toEqual(['body']);
  expect(page.children[0].children[0].children).toEqual([SENTENCE]);
});

test('build, documents and sentences say the same versions', () => {
  const listed = read('.browserslistrc').match(/^\w.*$/gm);
  const { chrome, safari, firefox } = OLDEST;
  expect(listed).toEqual([
    `chrome >= ${chrome}`,
    `edge >= ${chrome}`,
    `safari >= ${safari}`,
    `ios_saf >= ${safari}`,
    `firefox >= ${firefox}`,
  ]);
  for (const file of ['README.md', 'docs/CONFIGURATION.md', 'docs/MANAGING.md'])
    expect([file, read(file)]).toEqual([
      file,
      expect.stringContaining(`Chrome or Edge ${chrome}, Safari ${safari} (iPadOS ${safari}) or Firefox ${firefox}`),
    ]);
  for (const locale of locales) {
    const sentence = translatorOf(locale, 'common')('browser.old', OLDEST);
    for (const version of [chrome, safari, firefox]) expect(sentence).toContain(version);
  }
});

// The check that nothing lies over words or buttons sees it, also between parts of a page that have nothing in common.
import { test, expect } from '@playwright/test';
import { expectLegible } from './legible.ts';

const page = (foot: string) => `
  <body style="margin: 0; font: 16px sans-serif">
    <main><article style="height: 300px; overflow: hidden">
      <p>Table 12</p>
      <button style="position: absolute; top: 200px; left: 20px; width: 200px; height: 60px">Serve</button>
    </article></main>
    ${foot}
  </body>`;
const bar = (style: string, words = 'Table 7 served') =>
  `<section style="position: fixed; left: 0; width: 300px; height: 60px; ${style}">${words}</section>`;

const faults: [string, string, RegExp][] = [
  ['an opaque bar over a button', bar('top: 200px; background: #fff'), /lies over the button .*Serve/],
  ['an opaque bar over words', bar('top: 10px; background: #fff'), /lies over .*Table 12/],
  ['words over the words of another part', bar('top: 16px; background: none'), /lie over each other/],
  [
    'an alert over a message',
    bar('top: 400px; background: #fff') + bar('top: 390px; background: #fd0', 'Ready'),
    /lies over .*Table 7 served/,
  ],
];
for (const [what, foot, told] of faults)
  test(`${what} is found`, async ({ page: tab }) => {
    await tab.setContent(page(foot));
    await expect(expectLegible(tab)).rejects.toThrow(told);
  });

test('a bar with room of its own, a sheet, and cards that are scrolled below a foot are no fault', async ({
  page: tab,
}) => {
  await tab.setContent(page(bar('top: 400px; background: #fff')));
  await expectLegible(tab);
  await tab.setContent(`
    <body style="margin: 0">
      <main style="height: 120px; overflow-y: auto">
        <article style="height: 300px"><p style="margin-top: 130px">Table 12</p><button>Serve</button></article>
      </main>
      <footer style="height: 60px">Table 7 served</footer>
      <dialog style="top: 0; background: #fff">Order A101</dialog>
    </body>`);
  await expectLegible(tab);
  await tab.evaluate(() => document.querySelector('dialog')!.showModal());
  await expectLegible(tab);
});

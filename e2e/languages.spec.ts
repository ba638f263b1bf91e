// Every screen speaks the language of its device and is sent the texts of that language only.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

/** Only the parser of ICU messages has a function of this name, and minifying keeps the name. */
const PARSER = 'bumpSpace';

test('a browser that asks for Chinese gets it, others get English, and the choice of a device stands above both', async ({
  restaurant,
  open,
}) => {
  const chinese = await open(restaurant, 'kitchen', 'Grill', { locale: 'zh-CN' });
  await expect(chinese.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await expect(chinese.getByText('没有未完成的单')).toBeVisible();
  const german = await open(restaurant, 'kitchen', 'Grill', { locale: 'de-DE' });
  await expect(german.locator('html')).toHaveAttribute('lang', 'en');
  await expect(german.getByText('No open tickets')).toBeVisible();
  await german.context().addCookies([{ name: 'heard_locale', value: 'zh', url: german.url() }]);
  await german.reload();
  await expect(german.getByText('没有未完成的单')).toBeVisible();

  // The language changes within the same document, so a shift that was started keeps its sounds.
  await german.evaluate(() => Object.assign(window, { same: true }));
  await german.locator('[data-action=open-settings]').click();
  await german.locator('[data-action=language-en]').click();
  await expect(german.getByText('No open tickets')).toBeVisible();
  await expect(german.locator('html')).toHaveAttribute('lang', 'en');
  expect(await german.evaluate(() => 'same' in window)).toBe(true);
});

test('the kitchen page is sent no parser of messages, and no texts of the other language', async ({
  restaurant,
  open,
}) => {
  expect(
    readFileSync('node_modules/@formatjs/icu-messageformat-parser/index.js', 'utf8'),
    'what shows that the parser is there',
  ).toContain(PARSER);
  const page = await open(restaurant, 'kitchen', 'Grill', { locale: 'zh-CN' });
  const sent = await everythingLoaded(page);
  expect(sent.length).toBeGreaterThan(5);
  expect(sent.filter((text) => text.includes(PARSER))).toEqual([]);
  expect(sent.filter((text) => text.includes('No open tickets'))).toEqual([]);
  expect(sent.filter((text) => text.includes('没有未完成的单')).length).toBe(1);
});

/** The source of the page as it was sent, and of each script that it loaded. */
async function everythingLoaded(page: Page): Promise<string[]> {
  const sources = await page.evaluate(() => [
    location.href,
    ...performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => name.includes('.js')),
  ]);
  return page.evaluate((urls) => Promise.all(urls.map(async (url) => (await fetch(url)).text())), sources);
}

test('nothing on a Chinese screen is left in English', async ({ world, open }) => {
  const restaurant = await world.setUpRestaurant({
    name: '翡翠轩',
    stations: [
      { name: '烧烤', routes: [{ category: 'grill' }] },
      { name: '厨房', fallback: true },
    ],
  });
  await restaurant.placeAll([
    {
      number: '101',
      table: '7',
      guests: 2,
      note: '生日',
      items: [
        { name: '宫保鸡丁', quantity: 2, allergens: ['花生'] },
        { name: '羊肉串', category: 'grill' },
      ],
    },
  ]);
  for (const [role, station] of [['kitchen', '烧烤'], ['expo'], ['floor'], ['manager']] as const) {
    const page = await open(restaurant, role, station, { locale: 'zh-CN' });
    if (role !== 'manager') await page.locator('article').first().waitFor();
    expect(await english(page), role).toEqual([]);
    if (role !== 'expo' && role !== 'floor') continue;
    await page.locator('[data-action=more]').first().click();
    await page.locator('dialog[open]').waitFor();
    expect(await english(page), `${role}: an order`).toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('[data-action=settings]').click();
    await page.locator('dialog[open]').waitFor();
    expect(await english(page), `${role}: settings`).toEqual([]);
  }
});

/** Words in Latin letters that are seen or read out. Names that are the same in every language are left out. */
const english = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const same = /\b(?:Kafka|Heard|English|Wi-?Fi|PIN|API|CSV|kitchen|expo|floor|manager)\b/g;
    const said = [
      ...document.querySelectorAll('body [aria-label], body [title], body [placeholder], body [alt]'),
    ].flatMap((element) =>
      ['aria-label', 'title', 'placeholder', 'alt'].map((name) => element.getAttribute(name) ?? ''),
    );
    return [
      ...new Set(
        [document.title, ...document.body.innerText.split('\n'), ...said].filter((text) =>
          /[A-Za-z]{3}/.test(text.replaceAll(same, '')),
        ),
      ),
    ];
  });

// The screens of the pictures: browsers of their own, which stay open from state to state and are paired anew for each.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import sharp from 'sharp';
import { test as base } from './fixtures.ts';
import { lastingContexts, wipe } from './page-pool.ts';
import type { Restaurant } from './restaurant.ts';
import { untilLive, wholePage } from './screens.ts';

export type ScreenName = 'kitchen' | 'expo' | 'floor' | 'manager';
export const screenNames: readonly ScreenName[] = ['kitchen', 'expo', 'floor', 'manager'];

/** The size of the device that each screen is made for. */
export const sizes: Record<ScreenName | 'guest', { width: number; height: number }> = {
  kitchen: { width: 1280, height: 800 },
  expo: { width: 1280, height: 800 },
  floor: { width: 390, height: 844 },
  manager: { width: 1440, height: 900 },
  guest: { width: 390, height: 844 },
};

/**
 * PICTURES=1 (npm run pictures) saves the pictures. Without it every state is walked through and checked all the same.
 */
export const writing = process.env['PICTURES'] === '1';
const folder = fileURLToPath(new URL('../docs/screens', import.meta.url));

/** A screen has few colours, so a palette loses nothing visible and makes the file three times smaller. */
export async function writePicture(page: Page, name: string, file = path.join(folder, `${name}.png`)): Promise<void> {
  mkdirSync(path.dirname(file), { recursive: true });
  await wholePage(page);
  await sharp(await page.screenshot({ caret: 'hide' }))
    .png({ palette: true, colours: 128, compressionLevel: 9 })
    .toFile(file);
}

/** The median colour of a part of a picture. @returns red, green and blue, 0 to 255 */
export async function medianColour(
  picture: Buffer,
  part: { x: number; y: number; width: number; height: number },
): Promise<number[]> {
  const [left, top, width, height] = [part.x, part.y, part.width, part.height].map(Math.round) as [
    number,
    number,
    number,
    number,
  ];
  const { data, info } = await sharp(picture)
    .extract({ left, top, width, height })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return [0, 1, 2].map((channel) => {
    const values = Array.from(
      { length: info.width * info.height },
      (_, pixel) => data[pixel * info.channels + channel]!,
    ).sort((a, b) => a - b);
    return values[values.length >> 1]!;
  });
}

export type Screens = Record<ScreenName, Page>;

export class Stage {
  /** The id of the device that each screen is paired as. */
  readonly devices = new Map<ScreenName, string>();
  readonly #contexts = new Map<ScreenName | 'guest', { context: BrowserContext; page: Page }>();

  constructor(private readonly browser: Browser) {}

  /**
   * Pairs these screens with the restaurant and waits until they are live. Nothing of their former state is left on
   * them.
   */
  async show(restaurant: Restaurant, names: readonly ScreenName[], station = 'Curry'): Promise<Screens> {
    const pages = await Promise.all(
      names.map(async (name) => {
        const page = await this.#fresh(name);
        this.devices.set(name, await restaurant.pair(page, name, name === 'kitchen' ? station : undefined));
        await untilLive(page);
        return [name, page] as const;
      }),
    );
    return Object.fromEntries(pages) as Screens;
  }

  /** Sets this device's preferences, as its settings dialog does, and reloads the page. */
  async prefer(page: Page, preferences: Record<string, unknown>): Promise<void> {
    await page.evaluate(
      (preferences) => localStorage.setItem('heard.preferences', JSON.stringify({ version: 1, ...preferences })),
      preferences,
    );
    const { theme = 'auto', text = 'normal' } = preferences;
    await page
      .context()
      .addCookies([{ name: 'heard_look', value: `${String(theme)}.${String(text)}`, url: new URL(page.url()).origin }]);
    await page.reload();
    await untilLive(page);
  }

  /** Sets this device's language and reloads the page. */
  async speak(page: Page, locale: 'en' | 'zh'): Promise<void> {
    await page.context().addCookies([{ name: 'heard_locale', value: locale, url: new URL(page.url()).origin }]);
    await page.reload();
  }

  /** A page of this size that is no screen yet, with nothing of a former state on it. */
  page(name: ScreenName | 'guest'): Promise<Page> {
    return this.#fresh(name);
  }

  async #fresh(name: ScreenName | 'guest'): Promise<Page> {
    const held = this.#contexts.get(name);
    if (!held) {
      const context = await this.browser.newContext({ viewport: sizes[name], reducedMotion: 'reduce' });
      lastingContexts.add(context);
      const page = await context.newPage();
      this.#contexts.set(name, { context, page });
      return page;
    }
    await wipe(held.page, sizes[name]);
    return held.page;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#contexts.values()].map(({ context }) => context.close()));
  }
}

// Playwright parses the first parameter to learn which fixtures are needed.
/* oxlint-disable no-empty-pattern */
export const test = base.extend<object, { stage: Stage }>({
  stage: [
    async ({ browser }, use) => {
      const stage = new Stage(browser);
      await use(stage);
      await stage.close();
    },
    { scope: 'worker' },
  ],
});

// The screens of the pictures: browsers of their own, which stay open from state to state and are paired anew for each.
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { test as base } from './fixtures.ts';
import { lastingContexts, wipe } from './page-pool.ts';
import type { Restaurant } from './restaurant.ts';
import { untilLive } from './screens.ts';

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
      // Without the service worker, which would keep all files of each page anew: no look depends on it.
      const context = await this.browser.newContext({
        viewport: sizes[name],
        reducedMotion: 'reduce',
        serviceWorkers: 'block',
      });
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

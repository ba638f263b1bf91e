// The screens that are pictured: browsers of their own, which stay open from state to state and are paired anew for each.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import sharp from 'sharp';
import { expectAccessible, expectLegible } from './legible.ts';
import type { Restaurant } from './restaurant.ts';
import { test as base } from './fixtures.ts';

export type ScreenName = 'kitchen' | 'expo' | 'floor' | 'manager';
export const screenNames: readonly ScreenName[] = ['kitchen', 'expo', 'floor', 'manager'];

/** The device that each screen is made for. */
export const sizes: Record<ScreenName, { width: number; height: number }> = {
  kitchen: { width: 1280, height: 800 }, expo: { width: 1280, height: 800 }, floor: { width: 390, height: 844 }, manager: { width: 1440, height: 900 },
};

/** PICTURES=1 (npm run pictures) writes them; without it everything is walked through and checked all the same. */
export const writing = process.env['PICTURES'] === '1';
const folder = fileURLToPath(new URL('../docs/screens', import.meta.url));

/** Few colours are on a screen, so a palette loses nothing that can be seen and makes the file three times smaller. */
export async function writePicture(page: Page, name: string, file = path.join(folder, `${name}.png`)): Promise<void> {
  mkdirSync(path.dirname(file), { recursive: true });
  await sharp(await page.screenshot({ caret: 'hide' })).png({ palette: true, colours: 128, effort: 10, compressionLevel: 9 }).toFile(file);
}

/** Checks what must hold in every state, and takes the picture. `name`: `<screen>-<state>[-<variant>]`. */
export async function look(page: Page, name: string, { axe = true, legible = true } = {}): Promise<void> {
  if (legible) await expectLegible(page, { pages: name.startsWith('kitchen-') });
  // Before axe: that holds a full page up for seconds, and its screen then says so.
  if (writing) await writePicture(page, name);
  if (axe) await expectAccessible(page, { colours: !name.endsWith('-sixty') });
}

export type Screens = Record<ScreenName, Page>;

export class Stage {
  readonly #contexts = new Map<ScreenName, { context: BrowserContext; page: Page }>();

  constructor(private readonly browser: Browser) {}

  /** Pairs these screens with the restaurant, and waits until they are live. Nothing of what they were before is left on them. */
  async show(restaurant: Restaurant, names: readonly ScreenName[], station = 'Curry'): Promise<Screens> {
    const pages = await Promise.all(names.map(async (name) => {
      const page = await this.#fresh(name);
      await restaurant.pair(page, name, name === 'kitchen' ? station : undefined);
      await page.locator('[data-screen][data-connection=live]').waitFor();
      return [name, page] as const;
    }));
    return Object.fromEntries(pages) as Screens;
  }

  async #fresh(name: ScreenName): Promise<Page> {
    const held = this.#contexts.get(name);
    if (!held) {
      const context = await this.browser.newContext({ viewport: sizes[name], reducedMotion: 'reduce' });
      const page = await context.newPage();
      this.#contexts.set(name, { context, page });
      return page;
    }
    const { context, page } = held;
    await context.setOffline(false);
    const origin = new URL(page.url()).origin;
    await page.goto('about:blank');
    await page.setViewportSize(sizes[name]);
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setEmulatedVisionDeficiency', { type: 'none' });
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'local_storage,indexeddb,service_workers,cache_storage' });
    await session.detach();
    await context.clearCookies();
    return page;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#contexts.values()].map(({ context }) => context.close()));
  }
}

// Playwright reads from the first parameter what a fixture needs.
/* oxlint-disable no-empty-pattern */
export const test = base.extend<object, { stage: Stage }>({
  stage: [async ({ browser }, use) => {
    const stage = new Stage(browser);
    await use(stage);
    await stage.close();
  }, { scope: 'worker' }],
});

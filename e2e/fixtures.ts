// The fixtures of browser tests: a world for each worker, a restaurant for each test, and screens in browser contexts
// of their own.
import { test as base, type BrowserContextOptions, type Page } from '@playwright/test';
import { lastingContexts, PagePool } from './page-pool.ts';
import type { Restaurant, DeviceSetup } from './restaurant.ts';
import { untilLive } from './screens.ts';
import { E2eWorld, type E2eWorldOptions } from './world.ts';

/**
 * Opens a screen in a browser context of its own, as on another tablet, and waits until it is live. `options` set its
 * size and language. The context comes from a pool: other tests used it before and left nothing on it.
 */
export type Open = (
  restaurant: Restaurant,
  role: DeviceSetup['role'],
  station?: string,
  options?: BrowserContextOptions,
) => Promise<Page>;

// Playwright parses the first parameter to learn which fixtures are needed.
/* oxlint-disable no-empty-pattern */
export const test = base.extend<
  { restaurant: Restaurant; open: Open; ownWorld: (options?: E2eWorldOptions) => Promise<E2eWorld>; tidy: void },
  { world: E2eWorld; spareWorlds: E2eWorld[]; pool: PagePool }
>({
  world: [
    async ({}, use) => {
      const world = await E2eWorld.start();
      await use(world);
      await world.close();
    },
    { scope: 'worker', timeout: 90_000 },
  ],

  restaurant: async ({ world }, use) => use(await world.setUpRestaurant()),

  spareWorlds: [
    async ({}, use) => {
      const worlds: E2eWorld[] = [];
      await use(worlds);
      await Promise.all(worlds.map((world) => world.close()));
    },
    { scope: 'worker' },
  ],

  /**
   * For tests that break the server or need other settings. A call without options may lend a world that another test
   * has broken and mended.
   */
  ownWorld: async ({ spareWorlds }, use, testInfo) => {
    const lent: E2eWorld[] = [];
    const own: E2eWorld[] = [];
    await use(async (options) => {
      const world = options
        ? await E2eWorld.start(options)
        : ((await spareWorlds.pop()?.mend()) ?? (await E2eWorld.start()));
      (options ? own : lent).push(world);
      return world;
    });
    if (testInfo.status === testInfo.expectedStatus) spareWorlds.push(...lent);
    else own.push(...lent);
    await Promise.all(own.map((world) => world.close()));
  },

  pool: [
    async ({ browser }, use) => {
      const pool = new PagePool(browser);
      await use(pool);
      await pool.close();
    },
    { scope: 'worker' },
  ],

  /**
   * Closes the contexts that a test made for itself. A screen that stays open costs a tenth of a processor until its
   * worker ends.
   */
  tidy: [
    async ({ browser }, use) => {
      const before = new Set(browser.contexts());
      await use();
      const left = browser.contexts().filter((context) => !before.has(context) && !lastingContexts.has(context));
      await Promise.all(left.map((context) => context.close()));
    },
    { auto: true },
  ],

  open: async ({ pool, viewport, serviceWorkers }, use, testInfo) => {
    const pages: Page[] = [];
    await use(async (restaurant, role, station, options = {}) => {
      const page = await pool.take({ serviceWorkers, ...options, viewport: options.viewport ?? viewport! });
      pages.push(page);
      await restaurant.pair(page, role, station);
      await untilLive(page);
      return page;
    });
    await Promise.all(pages.map((page) => pool.giveBack(page, testInfo.status === testInfo.expectedStatus)));
  },
});

export { expect } from '@playwright/test';

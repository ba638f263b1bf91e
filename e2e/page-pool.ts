// A pool of browser contexts that go from one test to the next and are wiped in between. A new context costs two
// seconds of the processor; one that was open before costs a third of that.
import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test';

/**
 * Calls whose effect stays with a page or its context after navigation. A page on which a test made such a call is
 * closed, not reused.
 */
const lasting = [
  'addInitScript',
  'exposeFunction',
  'exposeBinding',
  'route',
  'routeWebSocket',
  'on',
  'once',
  'emulateMedia',
  'newCDPSession',
] as const;

/** Removes every trace of a test from this browser. It must have been on one server only. */
export async function wipe(page: Page, viewport: { width: number; height: number }): Promise<void> {
  const context = page.context();
  await Promise.all(context.pages().map((other) => (other === page ? undefined : other.close())));
  await context.setOffline(false);
  const { origin } = new URL(page.url());
  await page.evaluate(() => sessionStorage.clear());
  await page.goto('about:blank');
  if (page.viewportSize()?.width !== viewport.width || page.viewportSize()?.height !== viewport.height)
    await page.setViewportSize(viewport);
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setEmulatedVisionDeficiency', { type: 'none' });
  await session.send('Storage.clearDataForOrigin', {
    origin,
    storageTypes: 'local_storage,indexeddb,service_workers,cache_storage',
  });
  await session.detach();
  await context.clearCookies();
}

/** The contexts that outlive the test in which they were made. */
export const lastingContexts = new WeakSet<BrowserContext>();

interface Lent {
  key: string;
  viewport: { width: number; height: number };
}

export class PagePool {
  readonly #free = new Map<string, Page[]>();
  /** Pages that are lent out and may come back. */
  readonly #lent = new Map<Page, Lent>();

  constructor(private readonly browser: Browser) {}

  /** A page in a context with these options, which must contain a viewport. No other test has it. */
  async take(options: BrowserContextOptions & { viewport: Lent['viewport'] }): Promise<Page> {
    const key = JSON.stringify(options);
    const page = this.#free.get(key)?.pop() ?? (await this.#make(options));
    this.#lent.set(page, { key, viewport: options.viewport });
    return page;
  }

  /** @param again false after a failed test: the context is closed and not used again */
  async giveBack(page: Page, again: boolean): Promise<void> {
    const { key, viewport } = this.#lent.get(page) ?? {};
    if (again && key !== undefined && viewport && !page.isClosed()) {
      this.#lent.delete(page);
      try {
        await wipe(page, viewport);
        this.#free.set(key, [...(this.#free.get(key) ?? []), page]);
        return;
      } catch {
        /* The page shows nothing of a server because it could not be loaded, so wiping fails: close it. */
      }
    }
    await page.context().close();
  }

  async #make(options: BrowserContextOptions): Promise<Page> {
    const context = await this.browser.newContext(options);
    lastingContexts.add(context);
    return this.#watched(await context.newPage());
  }

  async close(): Promise<void> {
    await Promise.all([...this.#free.values()].flat().map((page) => page.context().close()));
  }

  /** After its first lasting change a page is struck from the lent ones, so it is never used again. */
  #watched(page: Page): Page {
    for (const owner of [page, page.context()]) {
      for (const name of lasting) {
        const real: unknown = Reflect.get(owner, name);
        if (typeof real !== 'function') continue;
        Object.assign(owner, {
          [name]: (...args: unknown[]) => {
            this.#lent.delete(page);
            return Reflect.apply(real, owner, args);
          },
        });
      }
    }
    return page;
  }
}

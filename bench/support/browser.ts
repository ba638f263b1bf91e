// A real Chromium with one paired screen, and the offset between its clock and this process's.
import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from '@playwright/test';
import type { Bench, Server } from './set-up.ts';

const debianChromium = '/usr/bin/chromium';

export async function startBrowser(bench: Bench): Promise<Browser> {
  const browser = await chromium.launch({
    ...(existsSync(debianChromium) && { executablePath: debianChromium }),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  bench.undo.push(() => browser.close());
  return browser;
}

/**
 * A page in a browser context of its own (cold cache), paired as this station's screen. `path` is the screen's address.
 */
export async function pairedPage(
  browser: Browser,
  server: Server,
  device: { restaurantId: string; station: string },
  viewport = { width: 1920, height: 1080 },
): Promise<{ page: Page; path: string }> {
  const context = await browser.newContext({ viewport, hasTouch: true });
  const { id, cookie } = await server.operator.pair({ name: 'bench screen', role: 'kitchen', ...device });
  await context.addCookies(
    cookie.split('; ').map((pair) => {
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      return { name, value, url: server.url };
    }),
  );
  const page = await context.newPage();
  return { page, path: `${server.url}/kitchen/${encodeURIComponent(device.station)}?device=${id}` };
}

/** This process's clock in ms since the epoch, with fractions. */
export const now = (): number => performance.timeOrigin + performance.now();

/**
 * The offset to add to the page's clock (timeOrigin + now) to get ours, from the quickest of many round trips.
 * @returns the offset, and its possible error, in ms
 */
export async function clockOffset(page: Page, tries = 30): Promise<{ offset: number; within: number }> {
  let best = { offset: 0, within: Infinity };
  for (let i = 0; i < tries; i++) {
    const before = now();
    const there = await page.evaluate(() => performance.timeOrigin + performance.now());
    const after = now();
    if ((after - before) / 2 < best.within)
      best = { offset: (before + after) / 2 - there, within: (after - before) / 2 };
  }
  return best;
}

// Locators for the parts of a screen and the state of its root, by the data attributes that every screen promises.
import { expect, type Locator, type Page } from '@playwright/test';
import type { Order } from '../simulator/order.ts';

export const root = (page: Page): Locator => page.locator('[data-screen]');
export const cards = (page: Page): Locator => page.locator('article[data-order-id]');
export const card = (page: Page, order: Pick<Order, 'id'>): Locator =>
  page.locator(`article[data-order-id="${order.id}"]`);
export const line = (within: Locator, itemId: string): Locator => within.locator(`[data-item-id="${itemId}"]`);
export const button = (within: Locator | Page, name: string): Locator =>
  within.getByRole('button', { name, exact: true });
/** The banner across a screen that may be out of date. */
export const banner = (page: Page): Locator => page.locator('[data-cause]');

/** Waits until all cards of a page are drawn. A device that is slow at the moment draws a few at a time. */
export const wholePage = (page: Page): Promise<void> => expect(page.locator('[data-coming]')).toHaveCount(0);

/** The ids of the orders on a screen, in the screen's order. */
export async function shownIds(page: Page): Promise<(string | null)[]> {
  await wholePage(page);
  return cards(page).evaluateAll((found) => found.map((one) => one.getAttribute('data-order-id')));
}

/** Polls every 30 ms, because Playwright's own assertions look again only after half a second. */
export async function untilLive(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[data-screen][data-connection=live]'), undefined, {
    polling: 30,
  });
}

/** Resolves when the page has drawn all that it has by now, with the changes that follow from it at once. */
export const drawn = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)));
      }),
  );

/** Until every card takes taps: one that has moved takes none for 400 ms. */
export const settled = (page: Page): Promise<void> => expect(page.locator('[data-cover]')).toBeHidden();

/** For tests that read the socket's messages: a page that was slow to open one would go on by polling. */
export async function onlyWebSockets(page: Page): Promise<void> {
  await page.route(/socket\.io.*transport=polling/, (route) => route.abort());
}

export async function expectLive(page: Page): Promise<void> {
  await expect(root(page)).toHaveAttribute('data-connection', 'live');
}

/** Waits until a screen has reached the rev of another one. A change that is missing after that stays missing. */
export async function caughtUp(page: Page, { with: other }: { with: Page }): Promise<void> {
  const rev = async (screen: Page) => Number(await root(screen).getAttribute('data-rev'));
  const reached = await rev(other);
  await expect.poll(() => rev(page), { message: 'data-rev' }).toBeGreaterThanOrEqual(reached);
}

/** The time at which a matching element is in the page, in ms since the epoch. Watches every frame for ten seconds. */
export const appeared = (page: Page, selector: string): Promise<number> =>
  page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const until = performance.now() + 10_000;
        const look = () => {
          if (document.querySelector(wanted) || performance.now() > until) resolve(Date.now());
          else requestAnimationFrame(look);
        };
        look();
      }),
    selector,
  );

/** The time from the start of `act` until a matching element is in the page, in ms. */
export async function msUntil(page: Page, selector: string, act: () => unknown): Promise<number> {
  const seen = appeared(page, selector);
  const began = Date.now();
  await act();
  return (await seen) - began;
}

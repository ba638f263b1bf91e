// Where things are on a screen, and what its root says, in the words of the attributes that every screen promises.
import { expect, type Locator, type Page } from '@playwright/test';
import type { Order } from '../simulator/order.ts';

export const root = (page: Page): Locator => page.locator('[data-screen]');
export const cards = (page: Page): Locator => page.locator('article[data-order-id]');
export const card = (page: Page, order: Pick<Order, 'id'>): Locator =>
  page.locator(`article[data-order-id="${order.id}"]`);
export const line = (within: Locator, itemId: string): Locator => within.locator(`[data-item-id="${itemId}"]`);
export const button = (within: Locator | Page, name: string): Locator =>
  within.getByRole('button', { name, exact: true });
/** What stands across a screen that may be out of date. */
export const banner = (page: Page): Locator => page.locator('[data-cause]');

/** Until all cards of a page are drawn, which a device that is slow at the moment does a few at a time. */
export const wholePage = (page: Page): Promise<void> => expect(page.locator('[data-coming]')).toHaveCount(0);

/** Which orders a screen shows, in its order. */
export async function shownIds(page: Page): Promise<(string | null)[]> {
  await wholePage(page);
  return cards(page).evaluateAll((found) => found.map((one) => one.getAttribute('data-order-id')));
}

/** As soon as it is so: Playwright itself looks again after half a second. */
export async function untilLive(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[data-screen][data-connection=live]'), undefined, {
    polling: 30,
  });
}

export async function expectLive(page: Page): Promise<void> {
  await expect(root(page)).toHaveAttribute('data-connection', 'live', { timeout: 30_000 });
}

/** Waits until a screen shows all that another one does. What is missing after that stays missing. */
export async function caughtUp(page: Page, { with: other }: { with: Page }): Promise<void> {
  const rev = async (screen: Page) => Number(await root(screen).getAttribute('data-rev'));
  const reached = await rev(other);
  await expect.poll(() => rev(page), { message: 'data-rev' }).toBeGreaterThanOrEqual(reached);
}

/** When an element that matches is in the page, in ms since the epoch: watched at every frame, for ten seconds. */
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

/** How long after `act` began an element that matches appeared in the page, in ms. */
export async function msUntil(page: Page, selector: string, act: () => unknown): Promise<number> {
  const seen = appeared(page, selector);
  const began = Date.now();
  await act();
  return (await seen) - began;
}

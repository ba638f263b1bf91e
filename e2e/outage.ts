// Helpers for a page that is loaded while its server is unreachable.
import { expect, type Page } from '@playwright/test';

/** Waits until this device has stored the page and the board that it shows. */
export async function pageIsKept(page: Page): Promise<void> {
  await expect
    .poll(
      () =>
        page.evaluate(async () => {
          const kept = await (
            await caches.open('heard-pages-1')
          ).match(location.pathname + location.search, { ignoreVary: true });
          return Boolean(kept);
        }),
      { message: 'the page is kept' },
    )
    .toBe(true);
  const rev = Number(await page.locator('[data-screen]').getAttribute('data-rev'));
  await expect.poll(() => keptRev(page), { message: 'the board is kept' }).toBeGreaterThanOrEqual(rev);
}

/** The highest rev among the boards that this browser has stored, or -1 without any. */
export const keptRev = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opened = indexedDB.open('heard');
        opened.addEventListener('error', () => reject(new Error('no database')));
        opened.addEventListener('success', () => {
          if (!opened.result.objectStoreNames.contains('kept')) {
            opened.result.close();
            resolve(-1);
            return;
          }
          const all = opened.result
            .transaction('kept')
            .objectStore('kept')
            .getAll(IDBKeyRange.bound('board/', 'board/\uffff'));
          all.addEventListener('success', () => {
            opened.result.close();
            resolve(Math.max(-1, ...(all.result as { rev?: number }[]).map(({ rev }) => rev ?? -1)));
          });
        });
      }),
  );

/** Reloads the page and waits for the board that the device stored. */
export async function reloadWhileAway(page: Page): Promise<void> {
  await page.reload({ waitUntil: 'domcontentloaded' });
  await page.locator('[data-screen][data-restored]').waitFor();
}

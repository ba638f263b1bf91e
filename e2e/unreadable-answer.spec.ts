// An answer that a page cannot read is shown like a server that was not reached: the page stays, the console names the
// field, and the next readable answer appears. A field that the page does not know changes nothing.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { signedInManager } from './manager-session.ts';
import { refusal } from './people.ts';

type Change = (json: Record<string, unknown>) => Record<string, unknown>;

/** Changes the server's answers at this path. @returns a function that sets another change, or none */
async function changing(page: Page, path: RegExp, first: Change): Promise<(next: Change | null) => void> {
  let change: Change | null = first;
  await page.route(path, async (route) => {
    if (!change) return route.continue();
    // An answer that is under way is changed as it was wanted when it was asked for.
    const then = change;
    const response = await route.fetch();
    return route.fulfill({ response, json: then(await response.json()) });
  });
  return (next) => {
    change = next;
  };
}

test('an answer that cannot be read leaves the page, and the next one is shown', async ({ restaurant, browser }) => {
  const page = await signedInManager(browser, [restaurant]);
  const [errors, faults]: [string[], Error[]] = [[], []];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error));
  const at = (name: string) =>
    `${restaurant.world.address}/manager/${name}?restaurant=${encodeURIComponent(restaurant.id)}`;

  const devices = await changing(page, /\/manage\/api\/restaurants\/[^/]+\/devices$/, () => ({ devices: [{}] }));
  await page.goto(at('devices'));
  await expect(refusal(page)).toContainText('cannot do that just now');
  await expect(page.locator('[data-form=new-device]')).toBeVisible();
  expect(errors.find((text) => text.includes('/devices: '))).toContain('devices.0.id: invalid_type');
  devices((json) => ({ ...json, stations: ['Wok'], newest: true }));
  await expect(page.locator('[data-form=new-device] select[name=station] option')).toHaveText(['Wok']);
  await expect(refusal(page)).toHaveCount(0);

  const times = await changing(page, /\/manage\/api\/restaurants\/[^/]+\/times\?/, ({ all: _, ...json }) => json);
  await page.goto(at('times'));
  await expect(page.getByText('The server did not answer; it is asked again.')).toBeVisible();
  expect(errors.find((text) => text.includes('/times: '))).toContain('all: invalid_type');
  times(null);
  await expect(page.locator('[data-headline]')).toBeVisible();
  expect(faults).toEqual([]);
});

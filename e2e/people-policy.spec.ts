// The content security policy: pages run only our own scripts. No page breaks its own policy, and a script injected
// into a page does not run.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { PASSWORD } from './people.ts';
import { expectLive } from './screens.ts';

// The service worker's fetches are under the policy too.
test.use({ serviceWorkers: 'allow' });

/** Everything that the browser refused on this page, from its first byte on. */
async function refusals(page: Page): Promise<string[]> {
  const found: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|violates the following/i.test(message.text())) found.push(message.text());
  });
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) =>
      console.error(`Content Security Policy: ${event.effectiveDirective} ${event.blockedURI}`),
    );
  });
  return found;
}

test('every screen works under its policy, without one refusal', async ({ restaurant, page }) => {
  const found = await refusals(page);
  for (const [role, station] of [['kitchen', 'Grill'], ['expo'], ['floor'], ['manager']] as const) {
    await restaurant.pair(page, role, station);
    await expectLive(page);
  }
  for (const path of ['/', '/not-paired', '/there-is-none', '/sign-in', '/forgotten', '/invite', '/pair']) {
    await page.goto(restaurant.world.address + path);
    await expect(page.getByRole('heading').first()).toBeVisible();
  }
  expect(found).toEqual([]);
});

test('a script that somebody else wrote into a page does not run', async ({ restaurant, page }) => {
  const found = await refusals(page);
  await restaurant.pair(page, 'floor');
  await expectLive(page);
  await page.evaluate(() => {
    const holder = document.createElement('div');
    holder.innerHTML =
      '<img src="/icon.svg" onload="window.stolen = 1" alt="" /><p id="styled" style="position: fixed">x</p>';
    document.body.append(holder);
    const style = document.createElement('style');
    style.textContent = 'body { background: red !important }';
    document.head.append(style);
  });
  await expect.poll(() => found.length).toBeGreaterThanOrEqual(3);
  expect(
    await page.evaluate(() => [
      (window as { stolen?: number }).stolen,
      getComputedStyle(document.body).backgroundColor === 'rgb(255, 0, 0)',
      getComputedStyle(document.querySelector('#styled')!).position,
    ]),
  ).toEqual([undefined, false, 'static']);
});

test('no two answers have one nonce, and no page lets inline scripts run', async ({ world }) => {
  const nonces = new Set<string>();
  for (let i = 0; i < 5; i += 1) {
    const answer = await fetch(`${world.address}/`);
    const policy = answer.headers.get('content-security-policy') ?? '';
    const scripts = policy.split('; ').find((part) => part.startsWith('script-src')) ?? '';
    expect(scripts).not.toContain('unsafe');
    const nonce = /'nonce-([\w+/=]{22,})'/.exec(scripts)?.[1];
    nonces.add(nonce ?? '');
    for (const [tag] of (await answer.text()).matchAll(/<script[^>]*>/g)) expect(tag).toContain(`nonce="${nonce}"`);
  }
  expect([nonces.size, nonces.has('')]).toEqual([5, false]);
});

test("before a page's script runs its forms send nothing, and the browser itself never sends one: no password gets into an address", async ({
  world,
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const found = await refusals(page);
  const opened: string[] = [];
  page.on('request', (request) => {
    if (request.isNavigationRequest()) opened.push(`${request.method()} ${request.url()}`);
  });
  await page.goto(`${world.address}/pair`);
  await expect(page.locator('input[name=code]')).toBeDisabled();
  await page.goto(`${world.address}/sign-in`);
  await page.locator('input[name=email]').fill('olga@heard.example');
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.locator('input[name=password]').press('Enter');
  for (const [name, type, autocomplete] of [
    ['email', 'email', 'username'],
    ['password', 'password', 'current-password'],
  ] as const) {
    await expect(page.locator(`input[name=${name}]`)).toHaveAttribute('type', type);
    await expect(page.locator(`input[name=${name}]`)).toHaveAttribute('autocomplete', autocomplete);
  }
  await expect(page.locator('[data-action=sign-in]')).toBeDisabled();
  await page.locator('[data-action=sign-in]').click({ force: true });
  expect(found).toEqual([]);
  await page.locator('form').evaluate((form: HTMLFormElement) => form.submit());
  await expect.poll(() => found.join()).toContain('form-action');
  expect(opened).toEqual(['/pair', '/sign-in'].map((path) => `GET ${world.address}${path}`));
  expect(page.url()).toBe(`${world.address}/sign-in`);
  await context.close();
});

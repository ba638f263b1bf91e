// People in browser tests: the first account, made by the link that the server prints, and the managers that it
// invites.
import type { Locator, Page } from '@playwright/test';
import { expect } from './fixtures.ts';
import type { E2eWorld } from './world.ts';

export const PASSWORD = 'seven copper pans in a row';

/** The link of the first account, read from the server's output. */
export function firstLink(world: E2eWorld): string {
  const link = world.log
    .split('\n')
    .flatMap((line) => {
      try {
        return [(JSON.parse(line) as { link?: string }).link];
      } catch {
        return [];
      }
    })
    .findLast((found) => found !== undefined);
  if (!link) throw new Error('the server printed no link');
  return link;
}

/** Uses a link that creates an account. The page is then signed in. */
export async function accept(
  page: Page,
  link: string,
  { name, email }: { name: string; email?: string },
): Promise<void> {
  await page.goto('about:blank');
  await page.goto(link);
  await page.locator('input[name=name]').fill(name);
  if (email) await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.locator('input[name=again]').fill(PASSWORD);
  await page.locator('[data-action=accept]').click();
  await expect(page).toHaveURL(/\/account$/);
}

export async function signIn(page: Page, world: E2eWorld, email: string, password = PASSWORD): Promise<void> {
  await page.goto(`${world.address}/sign-in`);
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(password);
  await page.locator('[data-action=sign-in]').click();
}

/** Invites a manager of this restaurant, from the page of somebody signed in. @returns the link in the invitation */
export async function invite(from: Page, world: E2eWorld, restaurantId: string, email: string): Promise<string> {
  await from.goto(`${world.address}/manager/people?restaurant=${encodeURIComponent(restaurantId)}`);
  await from.locator('[data-form=invite] input[name=email]').fill(email);
  await from.locator('[data-action=invite]').click();
  return from.locator('[data-form=invite] ~ div input[data-link]').inputValue();
}

/**
 * A form's error message. The search is limited to `main`, because Next keeps an empty alert of its own on each page.
 */
export const refusal = (page: Page): Locator => page.getByRole('main').getByRole('alert');

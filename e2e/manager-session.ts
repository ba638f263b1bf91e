// A browser in which a manager is signed in. The session is written to the database directly, because signing in is
// tested elsewhere.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { Restaurant } from './restaurant.ts';
import { untilLive } from './screens.ts';

export interface SignedIn {
  name?: string;
  operator?: boolean;
  locale?: string;
}

/** Makes the user of this browser a manager of these restaurants. */
export async function signIn(
  context: BrowserContext,
  restaurants: readonly Restaurant[],
  { name = 'Ada', operator = false }: Omit<SignedIn, 'locale'> = {},
): Promise<void> {
  const { world } = restaurants[0]!;
  const [personId, token] = [randomUUID(), randomBytes(32).toString('base64url')];
  await world.query(
    `INSERT INTO people (id, name, email, operator) VALUES ($1, $2, $3, $4)`,
    personId,
    name,
    `${personId}@heard.test`,
    operator,
  );
  for (const { id } of operator ? [] : restaurants)
    await world.query(
      `INSERT INTO memberships (person_id, restaurant_id, role) VALUES ($1, $2, 'manager')`,
      personId,
      id,
    );
  await world.query(
    `
      INSERT INTO sessions (id, token_hash, person_id, agent, expires_at)
      VALUES ($1, $2, $3, 'a test', now() + interval '1 hour')
    `,
    randomUUID(),
    createHash('sha256').update(token).digest(),
    personId,
  );
  await context.addCookies([
    { name: 'heard_session', value: token, url: world.address, httpOnly: true, sameSite: 'Strict' },
  ]);
}

/**
 * @param restaurants the restaurants that they manage; the page opens on the first one @returns a page on the manager's
 * "Now"
 */
export async function signedInManager(
  browser: Browser,
  restaurants: readonly Restaurant[],
  { locale, ...who }: SignedIn = {},
): Promise<Page> {
  const [first] = restaurants as [Restaurant];
  const context = await browser.newContext(locale === undefined ? {} : { locale });
  await signIn(context, restaurants, who);
  const page = await context.newPage();
  await page.goto(`${first.world.address}/manager?restaurant=${encodeURIComponent(first.id)}`);
  await untilLive(page);
  return page;
}

// One look at a screen: the checks that hold for every screen, and its picture.
import { expect, type Page } from '@playwright/test';
import { expectAccessible, expectLegible } from './legible.ts';
import { writePicture, writing } from './picture-files.ts';
import type { Screens } from './picture-stage.ts';

/** Checks the rules of every state and takes the picture. `name`: `<screen>-<state>[-<variant>]`. */
export async function lookAt(page: Page, name: string, { axe = true } = {}): Promise<void> {
  // The picture comes first for two reasons: a fault can then be looked at, and axe blocks a full page for seconds,
  // after which its screen says that it is slow.
  if (writing) await writePicture(page, name);
  await expectLegible(page, { pages: /^(?:kitchen|expo)-/.test(name) });
  if (axe) await expectAccessible(page, { colours: !name.endsWith('-sixty') });
}

/** Looks at all these screens at once. */
export async function lookAtAll(screens: Partial<Screens>, state: string, seen: string): Promise<void> {
  await Promise.all(
    Object.entries(screens).map(async ([screen, page]) => {
      await expect(page.locator(seen).first()).toBeVisible();
      await lookAt(page, `${screen}-${state}`);
    }),
  );
}

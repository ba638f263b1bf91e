// One look at a screen: what must hold of it whatever it shows, and its picture.
import { expect, type Page } from '@playwright/test';
import { expectAccessible, expectLegible } from './legible.ts';
import { writePicture, writing, type Screens } from './picture-stage.ts';

/** Checks what must hold in every state, and takes the picture. `name`: `<screen>-<state>[-<variant>]`. */
export async function lookAt(page: Page, name: string, { axe = true } = {}): Promise<void> {
  // First, so that a fault can be looked at; and axe holds a full page up for seconds, and its screen then says so.
  if (writing) await writePicture(page, name);
  await expectLegible(page, { pages: name.startsWith('kitchen-') });
  if (axe) await expectAccessible(page, { colours: !name.endsWith('-sixty') });
}

/** Looks at all of them at once. */
export async function lookAtAll(screens: Partial<Screens>, state: string, seen: string): Promise<void> {
  await Promise.all(
    Object.entries(screens).map(async ([screen, page]) => {
      await expect(page.locator(seen).first()).toBeVisible();
      await lookAt(page, `${screen}-${state}`);
    }),
  );
}

// The pictures as files in docs/screens, which only `npm run pictures` makes.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { wholePage } from './screens.ts';

/**
 * PICTURES=1 (npm run pictures) saves the pictures. Without it every state is walked through and checked all the same.
 */
export const writing = process.env['PICTURES'] === '1';
const folder = fileURLToPath(new URL('../docs/screens', import.meta.url));

/** A screen has few colours, so a palette loses nothing visible and makes the file three times smaller. */
export async function writePicture(page: Page, name: string, file = path.join(folder, `${name}.png`)): Promise<void> {
  mkdirSync(path.dirname(file), { recursive: true });
  await wholePage(page);
  await sharp(await page.screenshot({ caret: 'hide' }))
    .png({ palette: true, colours: 128, compressionLevel: 9 })
    .toFile(file);
}

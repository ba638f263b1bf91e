// Steps on the kitchen's screen that several tests share.
import type { Page } from '@playwright/test';
import { untilLive } from './screens.ts';

/** Sets this device's preferences, as its settings dialog does, and reloads the page. */
export async function prefer(page: Page, preferences: Record<string, unknown>): Promise<void> {
  await page.evaluate(
    (chosen) => localStorage.setItem('heard.preferences', JSON.stringify({ version: 1, ...chosen })),
    preferences,
  );
  await page.reload();
  await untilLive(page);
}

/** Records the pitch of every note that the page sounds. Must be called before the page is opened. */
export async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const heard: number[] = [];
    (window as unknown as { heard: number[] }).heard = heard;
    const set = AudioParam.prototype.setValueAtTime;
    AudioParam.prototype.setValueAtTime = function setValueAtTime(this: AudioParam, value: number, time: number) {
      // Frequencies are above 20; values below that are gains.
      if (value > 20) heard.push(Math.round(value));
      return set.call(this, value, time);
    };
  });
}

/** The pitches sounded since the last call. */
export const heardNotes = (page: Page): Promise<number[]> =>
  page.evaluate(() => (window as unknown as { heard: number[] }).heard.splice(0));

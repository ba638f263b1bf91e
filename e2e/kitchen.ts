// What tests of the kitchen's screen do with it again and again.
import type { Page } from '@playwright/test';
import { untilLive } from './screens.ts';

/** Sets what this device prefers, as its settings do, and opens it again. */
export async function prefer(page: Page, preferences: Record<string, unknown>): Promise<void> {
  await page.evaluate(
    (chosen) => localStorage.setItem('heard.preferences', JSON.stringify({ version: 1, ...chosen })),
    preferences,
  );
  await page.reload();
  await untilLive(page);
}

/** How many notes the page has sounded, by their pitch: to be called before it is opened. */
export async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const heard: number[] = [];
    (window as unknown as { heard: number[] }).heard = heard;
    const set = AudioParam.prototype.setValueAtTime;
    AudioParam.prototype.setValueAtTime = function setValueAtTime(this: AudioParam, value: number, time: number) {
      // Frequencies, not gains.
      if (value > 20) heard.push(Math.round(value));
      return set.call(this, value, time);
    };
  });
}

/** The pitches that were sounded since this was last asked. */
export const heardNotes = (page: Page): Promise<number[]> =>
  page.evaluate(() => (window as unknown as { heard: number[] }).heard.splice(0));

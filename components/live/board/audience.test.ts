// A finger's own card is drawn before what takes long.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Audience } from './audience.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('who is patient hears of a tap in a later task, together, and of all else with the others', () => {
  const audience = new Audience();
  const heard: string[] = [];
  audience.subscribe((atOnce) => heard.push(`board ${atOnce}`), true);
  audience.subscribe((atOnce) => heard.push(`card ${atOnce}`));
  const leave = audience.subscribe((atOnce) => heard.push(`other board ${atOnce}`), true);
  audience.tell(true);
  expect(heard).toEqual(['card true']);
  vi.advanceTimersToNextTimer();
  expect(heard.splice(0)).toEqual(['card true', 'board false', 'other board false']);
  leave();
  audience.tell(false);
  expect(heard).toEqual(['card false', 'board false']);
});

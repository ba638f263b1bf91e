// A tapped card is drawn before components that take long.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ViewListeners } from './view-listeners.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('who is patient hears of a tap in a later task, together, and of all else with the others', () => {
  const listeners = new ViewListeners();
  const heard: string[] = [];
  listeners.subscribe((atOnce) => heard.push(`board ${atOnce}`), true);
  listeners.subscribe((atOnce) => heard.push(`card ${atOnce}`));
  const leave = listeners.subscribe((atOnce) => heard.push(`other board ${atOnce}`), true);
  listeners.tell(true);
  expect(heard).toEqual(['card true']);
  vi.advanceTimersToNextTimer();
  expect(heard.splice(0)).toEqual(['card true', 'board false', 'other board false']);
  leave();
  listeners.tell(false);
  expect(heard).toEqual(['card false', 'board false']);
});

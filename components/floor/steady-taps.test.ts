import { describe, expect, it } from 'vitest';
import { isStray, type PastLayout } from './steady-taps.ts';

const past: PastLayout[] = [{ leftAt: 1000, spots: [{ key: 'table 7', left: 10, top: 100, right: 90, bottom: 152 }] }];
const tap = { x: 50, y: 120, key: 'table 9' };

describe('a tap on a board that has just moved', () => {
  it('does nothing where another button stood until now', () => expect(isStray(tap, past, 1399)).toBe(true));

  it('is meant for what is there once people could see it', () => expect(isStray(tap, past, 1400)).toBe(false));

  it('counts where the same button stood, or none', () => {
    expect(isStray({ ...tap, key: 'table 7' }, past, 1001)).toBe(false);
    expect(isStray({ ...tap, y: 152 }, past, 1001)).toBe(false);
    expect(isStray({ ...tap, x: 9 }, past, 1001)).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { isStray, type PastLayout } from './steady-taps.ts';

const button = { order: 'o7', line: 'l1', action: 'serve' };
const past: PastLayout[] = [{ leftAt: 1000, spots: [{ ...button, left: 10, top: 100, right: 90, bottom: 152 }] }];
const tap = { ...button, x: 50, y: 120 };

describe('a tap on a board that has just moved', () => {
  it('does nothing where another order’s button stood until now, or the same one of another dish', () => {
    expect(isStray({ ...tap, order: 'o9' }, past, 1399)).toBe(true);
    expect(isStray({ ...tap, order: 'o9', action: 'rush' }, past, 1399)).toBe(true);
    expect(isStray({ ...tap, line: 'l2' }, past, 1399)).toBe(true);
  });

  it('is meant for what is there once people could see it', () => expect(isStray({ ...tap, order: 'o9' }, past, 1400)).toBe(false));

  it('counts where the same button stood, another action of the same order, or none', () => {
    expect(isStray(tap, past, 1001)).toBe(false);
    expect(isStray({ ...tap, line: '', action: 'rush' }, past, 1001)).toBe(false);
    expect(isStray({ ...tap, order: 'o9', y: 152 }, past, 1001)).toBe(false);
    expect(isStray({ ...tap, order: 'o9', x: 9 }, past, 1001)).toBe(false);
  });
});

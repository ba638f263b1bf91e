import { describe, expect, it } from 'vitest';
import { actionOf, digitOf, keyActions, keyMap, keyName, usualKeys, withKey } from './keys.ts';

describe('keys', () => {
  it('are by default one action’s each, and no digit', () => {
    const codes = Object.values(usualKeys).flat();
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.every((code) => digitOf(code) === null)).toBe(true);
    expect(digitOf('Numpad3')).toBe(3);
    for (const action of keyActions) expect(usualKeys[action].length, action).toBeGreaterThan(0);
  });

  it('do what the device has chosen, and nothing else besides', () => {
    const chosen = withKey({}, 'bump', 'KeyS');
    const keys = keyMap(chosen);
    expect(actionOf(keys, 'KeyS')).toBe('bump');
    expect(keys.seen).toEqual([]);
    expect(actionOf(keys, 'Enter')).toBeNull();
    expect(keyMap(withKey(chosen, 'undo', 'KeyS'))).toMatchObject({ bump: [], undo: ['KeyS'] });
  });

  it('have names that are printed on them', () => {
    expect(['KeyU', 'Digit4', 'Numpad7', 'ArrowUp', 'F5'].map(keyName)).toEqual(['U', '4', 'Num 7', '↑', 'F5']);
  });
});

// Preferences stored on a device may be old, damaged or from someone else. The page opens all the same.
import { describe, expect, it } from 'vitest';
import { lookAttributes, lookCookie } from './look.ts';
import { parsePreferences, usual } from './preferences.ts';

describe('preferences', () => {
  it('are what is usual without an entry, or with one that cannot be read', () => {
    for (const raw of [null, '', '{', 'null', '[]', '{"version":2}', '"x"'])
      expect(parsePreferences(raw)).toEqual(usual);
  });

  it('keep what is good of an entry that is damaged', () => {
    const raw = JSON.stringify({
      version: 1,
      theme: 'light',
      text: 'enormous',
      sounds: { muted: true, volume: 7 },
      keys: { bump: ['F1'] },
      tables: 'all',
    });
    expect(parsePreferences(raw)).toEqual({ ...usual, theme: 'light', keys: { bump: ['F1'] } });
  });

  it('come back as they were kept', () => {
    const stored = {
      ...usual,
      density: 'compact' as const,
      places: 'fixed' as const,
      sounds: { muted: true, volume: 0.2 },
      tables: ['4', '12'],
    };
    expect(parsePreferences(JSON.stringify(stored))).toEqual(stored);
  });
});

describe('the first frame', () => {
  it('has the colours and the text size of the cookie, and of no other words', () => {
    expect(lookAttributes(lookCookie({ theme: 'light', text: 'largest' }))).toEqual({
      'data-look': 'light',
      'data-text': 'largest',
    });
    for (const cookie of [undefined, '', 'auto.normal', '"><script>.x'])
      expect(lookAttributes(cookie)).toEqual({ 'data-look': undefined, 'data-text': undefined });
  });
});

import { expect, test } from 'vitest';
import type { LineFlag } from '../../server/protocol/views.ts';
import { translatorOf } from '../i18n/compiled.ts';
import { allergyReader } from '../../test/orders.ts';
import { formerWords, shortened } from './former-words.ts';

const t = translatorOf('en', 'common');
const former = (from: LineFlag['from'], unit: string | null = null) =>
  formerWords(
    t,
    { quantity: 4, unit, flag: { kind: 'changed', at: '2026-11-23T12:00:00Z', ...(from && { from }) } },
    allergyReader,
  );

test('each changed field says what it was', () => {
  const cases: [LineFlag['from'], string][] = [
    [undefined, ''],
    [{}, ''],
    [{ quantity: 2 }, '2'],
    [{ quantity: 0.1 + 0.2, unit: 'kg' }, '0.3 kg'],
    [{ unit: null }, '4'],
    [{ name: 'Roti' }, 'Roti'],
    [{ quantity: 2, name: 'Roti' }, '2 Roti'],
    [{ modifiers: [] }, 'nothing special'],
    [
      {
        modifiers: [
          { name: 'onion', kind: 'NO' },
          { name: 'egg', kind: 'ADD', quantity: 2 },
        ],
      },
      'NO onion, 2× egg',
    ],
    [{ note: null }, 'no note'],
    [{ note: 'no salt' }, '“no salt”'],
    [{ allergens: ['milk', 'nuts'] }, 'contains milk, nuts'],
    [{ allergies: [] }, 'must not have: none'],
    [{ quantity: 2, note: 'x', stationId: 's' }, '2, “x”'],
  ];
  for (const [from, words] of cases) expect(former(from), JSON.stringify(from)).toBe(words);
  expect(former({ note: 'x'.repeat(5000) })).toHaveLength(62);
});

test('a text is cut between characters', () => {
  expect(shortened('🎂🎂🎂', 3)).toBe('🎂🎂🎂');
  expect(shortened('🎂🎂🎂🎂', 3)).toBe('🎂🎂…');
});

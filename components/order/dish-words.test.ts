import { expect, test } from 'vitest';
import { leftOut, warnsOfAllergy } from './dish-words.ts';

test('what is left out is named once, in either language, whatever upstream calls it', () => {
  const names = ['No cream', 'without onion', 'onion', '不要香菜', '走葱', 'Nosebag', 'no'];
  expect(names.map((name) => leftOut({ name, kind: 'REMOVE' }))).toEqual([
    'cream',
    'onion',
    'onion',
    '香菜',
    '葱',
    'Nosebag',
    'no',
  ]);
  expect(['remove', 'ADD', 'Extra'].map((kind) => leftOut({ name: 'No cream', kind }))).toEqual(['cream', null, null]);
});

test('a note about an allergy is known as one', () => {
  expect(
    [
      'Guest has a nut allergy',
      'ALLERGIC to milk',
      'carries an EpiPen',
      'lactose intolerant',
      'coeliac',
      '客人花生过敏',
      '乳糖不耐',
    ].filter((note) => !warnsOfAllergy(note)),
  ).toEqual([]);
  expect([null, '', 'birthday', 'enjoy!'].some(warnsOfAllergy)).toBe(false);
});

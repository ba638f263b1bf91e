import { expect, test } from 'vitest';
import { warnsOfAllergy } from './dish-words.ts';

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

import { expect, test } from 'vitest';
import { allergyReader } from '../../test/orders.ts';
import * as excerpt from './allergy-excerpt.ts';

const allergyExcerpt = (note: string) => excerpt.allergyExcerpt(note, allergyReader);
const isExcerpted = (note: string | null) => excerpt.isExcerpted(note, allergyReader);

const long = 'Please take great care with this one. '.repeat(130);

test('a short note stays whole', () => {
  const note = 'Birthday! Severe nut allergy. Candles, please.';
  expect([allergyExcerpt(note), isExcerpted(note), isExcerpted(null)]).toEqual([note, false, false]);
});

test('of a long note the sentences that warn are shown, wherever they stand', () => {
  for (const note of [
    `Severe nut allergy! ${long}`,
    `${long}Severe nut allergy! ${long}`,
    `${long}Severe nut allergy!`,
  ]) {
    expect(allergyExcerpt(note)).toBe('… Severe nut allergy! …');
    expect(isExcerpted(note)).toBe(true);
  }
  expect(allergyExcerpt(`No nuts, I am allergic.\n${long}\nSin gluten, soy celíaco.`)).toBe(
    '… No nuts, I am allergic. … Sin gluten, soy celíaco. …',
  );
});

test('an excerpt is short, whatever the note', () => {
  for (const note of [long, `${'I am allergic to nuts and '.repeat(200)}`, 'x'.repeat(5000)])
    expect(allergyExcerpt(note).length).toBeLessThanOrEqual(200);
});

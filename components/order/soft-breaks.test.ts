import { expect, test } from 'vitest';
import { withSoftBreaks } from './soft-breaks.ts';

const shown = (text: string) => withSoftBreaks(text).replaceAll('\u00AD', '-');

test('a long word breaks between its syllables', () => {
  expect(shown('Donaudampfschifffahrtsgesellschaftskapitänsplatte')).toBe(
    'Donau-dampf-schiff-fahrts-gesell-schafts-kapi-täns-platte',
  );
  expect(shown('Kartoffelpufferteller mit Apfelmus')).toBe('Kar-tof-fel-puf-fer-tel-ler mit Apfelmus');
});

test('short words, and scripts that have no syllables of letters, stay as they are', () => {
  for (const text of [
    'Chicken Tikka Masala',
    'Crème brûlée',
    '蜜汁叉燒飯蜜汁叉燒飯蜜汁叉燒飯',
    'كباب',
    '',
    '12345678901234567890',
  ])
    expect(withSoftBreaks(text)).toBe(text);
});

test('nothing but soft hyphens is added', () => {
  for (const text of [
    'Schmetterlingsnudelauflauf',
    'AAAAAAAAAAAAAAAAAAAA',
    'bcdfghjklmnpqrstvwxz',
    'Extraordinairement-long',
  ])
    expect(withSoftBreaks(text).replaceAll('\u00AD', '')).toBe(text);
});

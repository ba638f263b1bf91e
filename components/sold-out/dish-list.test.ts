import { expect, it } from 'vitest';
import { eachOnce, matching } from './dish-list.ts';

const dish = (name: string, sku: string | null = null) => ({ sku, name });

it('lists a dish once, where it is first, however it is written', () => {
  expect(eachOnce([dish('Burger', 'BUR')], [dish('burger '), dish('Soup')], [dish('SOUP', 'S1')])).toEqual([
    dish('Burger', 'BUR'),
    dish('Soup'),
  ]);
});

it('finds dishes by any part of their name, those that begin with it first', () => {
  const all = [dish('Garlic Naan'), dish('Naan'), dish('Ｎaan  Khatai'), dish('Soup')];
  expect(matching(all, '  ')).toEqual(all);
  expect(matching(all, 'NAAN').map(({ name }) => name)).toEqual(['Naan', 'Ｎaan  Khatai', 'Garlic Naan']);
});

it('offers the typed name itself where no list has the dish', () => {
  const all = [dish('Soup', 'S1')];
  expect(matching(all, ' Lobster   Thermidor ')).toEqual([dish('Lobster Thermidor')]);
  expect(matching(all, 'sou').map(({ name }) => name)).toEqual(['Soup', 'sou']);
  expect(matching(all, 'soup ')).toEqual([dish('Soup', 'S1')]);
});

// The allergies of an order and of its lines, from wherever upstream has them, and where they meet a dish.
import { describe, expect, test } from 'vitest';
import { makeLine, makeOrder } from '../../../test/orders.ts';
import type { Modifier } from '../views.ts';
import { allergyReader } from '../../allergies/reader.ts';
import * as rules from './allergies.ts';

const allergiesOfOrder = (order: Parameters<typeof rules.allergiesOfOrder>[0]) =>
  rules.allergiesOfOrder(order, allergyReader);
const allergiesOfLine = (line: Parameters<typeof rules.allergiesOfLine>[0]) =>
  rules.allergiesOfLine(line, allergyReader);
const isAllergyModifier = (each: Modifier) => rules.isAllergyModifier(each, allergyReader);
const meetings = (line: Parameters<typeof rules.meetings>[0], allergies: readonly rules.Allergy[]) =>
  rules.meetings(line, allergies, allergyReader);

const modifier = (name: string, kind: string | null = null, modifiers?: Modifier[]): Modifier => ({
  name,
  kind,
  ...(modifiers && { modifiers }),
});

describe('the order', () => {
  test("its list, its note, and a dish that a till rang up for it count; its dishes' own allergens do not", () => {
    const order = makeOrder('o1', {
      allergies: ['nuts', 'strawberry'],
      note: 'lactose intolerant',
      lines: [makeLine('l1', { allergens: ['fish'] }), makeLine('l2', { name: '** EGG ALLERGY **' })],
    });
    expect(allergiesOfOrder(order)).toEqual([
      { text: 'nuts', source: 'field', allergens: ['nuts'] },
      { text: 'strawberry', source: 'field', allergens: [] },
      { text: 'lactose intolerant', source: 'note', allergens: ['milk'] },
      { text: '** EGG ALLERGY **', source: 'dish', allergens: ['eggs'] },
    ]);
  });

  test('with nothing said there is none, nor where its list says that there is none', () => {
    expect(
      allergiesOfOrder(makeOrder('o1', { note: 'birthday', lines: [makeLine('l1', { allergens: ['milk'] })] })),
    ).toEqual([]);
    const allergies = [
      '',
      ' ',
      '-',
      'none',
      'None.',
      'NO',
      'n/a',
      'no allergies',
      'No known allergies',
      'keine',
      'keine Allergien',
      'sin',
      '无',
      '无过敏',
      'なし',
    ];
    const entries = allergiesOfOrder(makeOrder('o1', { allergies })).map(({ text }) => text);
    expect(entries).toEqual(['sin']);
  });

  test('an entry that no list knows counts by being there', () => {
    for (const entry of ['kiwi', 'no nuts', 'ананас', '?: 7', 'E220', 'nut free', 'none except nuts'])
      expect(allergiesOfOrder(makeOrder('o1', { allergies: [entry] })), entry).toHaveLength(1);
  });

  test('a voided dish says nothing', () => {
    const lines = [makeLine('l1', { name: 'NUT ALLERGY', voided: true, state: 'voided' })];
    expect(allergiesOfOrder(makeOrder('o1', { lines }))).toEqual([]);
  });
});

describe('a line', () => {
  test('its list, its note and its modifiers count, however deep they lie', () => {
    const line = makeLine('l1', {
      allergies: ['sesame'],
      note: 'severe nut allergy',
      modifiers: [modifier('Extra hot', 'ADD'), modifier('Meal', null, [modifier('Sin gluten', 'REMOVE')])],
    });
    expect(allergiesOfLine(line).map(({ text, source }) => [source, text])).toEqual([
      ['field', 'sesame'],
      ['note', 'severe nut allergy'],
      ['modifier', 'Sin gluten'],
    ]);
  });

  test('whatever the till calls it, a modifier of an allergy is one', () => {
    for (const kind of ['ADD', 'REMOVE', 'NO', 'EXTRA', 'ON_SIDE', '', null])
      for (const name of ['Nut allergy', 'Gluten free', 'Celiac'])
        expect(isAllergyModifier(modifier(name, kind)), `${kind} ${name}`).toBe(true);
    expect(isAllergyModifier(modifier('nuts', 'ALLERGY'))).toBe(true);
    expect(isAllergyModifier(modifier('egg', 'FREE_FROM'))).toBe(true);
    expect(isAllergyModifier(modifier('gluten', 'REMOVE'))).toBe(true);
  });

  test('leaving out is a choice of taste', () => {
    for (const name of ['cream', 'cheese', 'peanuts', 'egg', 'Onion'])
      for (const kind of ['REMOVE', 'NO', 'ADD', null])
        expect(isAllergyModifier(modifier(name, kind)), name).toBe(false);
  });
});

describe('where an allergy meets the dish', () => {
  const meet = (allergies: string[], line: Parameters<typeof makeLine>[1], note: string | null = null) =>
    meetings(makeLine('l1', line), allergiesOfOrder(makeOrder('o1', { allergies, note })));

  test('in its allergens, whatever word either side has for it', () => {
    expect(meet(['nuts'], { allergens: ['Tree nuts (almond)', 'milk'] })).toEqual(['Tree nuts (almond)']);
    expect(meet(['nueces'], { allergens: ['nuts'] })).toEqual(['nuts']);
    expect(meet([], { allergens: ['花生'] }, 'peanut allergy')).toEqual(['花生']);
    expect(meet([], { allergens: ['wheat', 'soya'] }, 'Zöliakie')).toEqual(['wheat']);
    expect(meet(['kiwi'], { allergens: ['Kiwi'] })).toEqual(['Kiwi']);
    expect(meet(['nuts'], { allergens: ['peanut'] })).toEqual(['peanut']);
    expect(meet(['shellfish'], { allergens: ['crustaceans'] })).toEqual(['crustaceans']);
    expect(meet(['peanuts'], { allergens: ['nuts'] })).toEqual([]);
    expect(meet(['nuts'], { allergens: ['milk'] })).toEqual([]);
  });

  test('where the menu says nothing of it: in what is added, and in its name', () => {
    expect(meet(['milk'], { modifiers: [modifier('Extra cheese', 'ADD')] })).toEqual(['Extra cheese']);
    expect(meet(['milk'], { modifiers: [modifier('cheese', 'REMOVE'), modifier('No cream')] })).toEqual([]);
    for (const kind of ['OHNE', 'sin', 'w/o', 'Leave-Out', '-', '不要'])
      expect(meet(['milk'], { modifiers: [modifier('cheese', kind)] }), kind).toEqual([]);
    for (const kind of ['EXTRA', 'DOUBLE', 'ON_SIDE', 'HALF', 'NONE'])
      expect(meet(['milk'], { modifiers: [modifier('cheese', kind)] }), kind).toEqual(['cheese']);
    expect(meet(['peanuts'], { name: 'Satay with peanut sauce' })).toEqual(['Satay with peanut sauce']);
    expect(meet(['gluten'], { name: 'Gluten-free pizza' })).toEqual([]);
    expect(meet(['nuts'], { name: 'Soup', modifiers: [modifier('Nut allergy', 'ADD')] })).toEqual([]);
  });

  test('nobody is warned of a dish without an allergy', () => {
    expect(meet([], { allergens: ['nuts'] })).toEqual([]);
    expect(meet([], { allergens: ['nuts'] }, 'no allergies')).toEqual([]);
  });
});

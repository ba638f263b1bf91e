// The words for modifiers, whatever kinds and names a till sends.
import { describe, expect, test } from 'vitest';
import { translatorOf } from '../i18n/compiled.ts';
import { allergyReader } from '../../test/orders.ts';
import * as rules from './modifier-words.ts';

type Modifiers = Parameters<typeof rules.modifierRows>[1];
const modifierRows = (t: rules.ModifierTexts, modifiers: Modifiers) => rules.modifierRows(t, modifiers, allergyReader);
const modifierLine = (t: rules.ModifierTexts, modifiers: Modifiers) => rules.modifierLine(t, modifiers, allergyReader);

const [en, zh] = [translatorOf('en', 'common'), translatorOf('zh', 'common')];
type Case = [kind: string | null, name: string, text: string];

const leftOut: Case[] = [
  // by its kind, in any spelling
  ['REMOVE', 'cream', 'NO cream'],
  ['remove', 'cream', 'NO cream'],
  ['Removed', 'cream', 'NO cream'],
  ['NO', 'Onion', 'NO Onion'],
  ['no', 'Onion', 'NO Onion'],
  ['EXCLUDE', 'Onion', 'NO Onion'],
  ['WITHOUT', 'Onion', 'NO Onion'],
  ['w/o', 'Onion', 'NO Onion'],
  ['MINUS', 'Onion', 'NO Onion'],
  ['-', 'Onion', 'NO Onion'],
  ['HOLD', 'Onion', 'NO Onion'],
  ['86', 'Onion', 'NO Onion'],
  ['OMIT', 'Onion', 'NO Onion'],
  ['LEAVE_OUT', 'Onion', 'NO Onion'],
  ['leave out', 'Onion', 'NO Onion'],
  ['SIN', 'cebolla', 'NO cebolla'],
  ['OHNE', 'Zwiebel', 'NO Zwiebel'],
  ['SANS', 'oignon', 'NO oignon'],
  ['不要', '香菜', 'NO 香菜'],
  ['без', 'лука', 'NO лука'],
  ['REMOVE', 'Extra cheese', 'NO Extra cheese'],
  ['REMOVE', 'Nosebag', 'NO Nosebag'],
  ['REMOVE', 'no', 'NO no'],
  // by both, once
  ['REMOVE', 'No cream', 'NO cream'],
  ['NO', 'without onion', 'NO onion'],
  ['REMOVE', '不要香菜', 'NO 香菜'],
  ['REMOVE', '走葱', '走葱'],
  ['REMOVE', 'ohne Zwiebel', 'ohne Zwiebel'],
  ['EXCLUDE', 'sans oignon', 'sans oignon'],
  ['REMOVE', 'Hold the mayo', 'Hold the mayo'],
  ['REMOVE', 'w/o onion', 'w/o onion'],
  // by its name alone
  [null, 'No ice', 'NO ice'],
  ['ADD', 'No ice', 'NO ice'],
  ['EXTRA', 'No ice', 'NO ice'],
  ['ADD', 'NO ONION', 'NO ONION'],
  ['ADD', 'without onion', 'NO onion'],
  ['ADD', 'sin cebolla', 'sin cebolla'],
  ['ADD', 'Ohne Zwiebel', 'Ohne Zwiebel'],
  ['ADD', 'keine Nüsse', 'keine Nüsse'],
  ['ADD', "pas d'oignon", "pas d'oignon"],
  ['ADD', 'sem cebola', 'sem cebola'],
  ['ADD', 'zonder ui', 'zonder ui'],
  ['ADD', 'geen ui', 'geen ui'],
  ['ADD', 'utan lök', 'utan lök'],
  ['ADD', 'uden løg', 'uden løg'],
  ['ADD', 'uten løk', 'uten løk'],
  ['ADD', 'bez cebuli', 'bez cebuli'],
  ['ADD', 'ilman sipulia', 'ilman sipulia'],
  ['ADD', 'hagyma nélkül', 'hagyma nélkül'],
  ['ADD', 'soğansız', 'soğansız'],
  ['ADD', 'soğan olmasın', 'soğan olmasın'],
  ['ADD', 'fără ceapă', 'fără ceapă'],
  ['ADD', 'без лука', 'без лука'],
  ['ADD', 'χωρίς κρεμμύδι', 'χωρίς κρεμμύδι'],
  ['ADD', 'बिना प्याज', 'बिना प्याज'],
  ['ADD', 'tanpa bawang', 'tanpa bawang'],
  ['ADD', 'không hành', 'không hành'],
  ['ADD', 'ไม่ใส่หัวหอม', 'ไม่ใส่หัวหอม'],
  ['ADD', '玉ねぎ抜き', '玉ねぎ抜き'],
  ['ADD', '氷なし', '氷なし'],
  ['ADD', '양파 빼기', '양파 빼기'],
  ['ADD', '不要香菜', 'NO 香菜'],
  ['ADD', '去冰', '去冰'],
  ['ADD', '無糖', '無糖'],
  // a name that says more than one thing stays as it is
  ['ADD', 'No onion, extra cheese', 'No onion, extra cheese'],
  ['ADD', 'No onion but extra cheese', 'No onion but extra cheese'],
  [null, 'NO NUTS please, very sick', 'NO NUTS please, very sick'],
  // beside another kind
  ['HALF', 'No onion', 'HALF: No onion'],
  ['ON_SIDE', 'No sauce', 'ON SIDE: No sauce'],
];
const added: Case[] = [
  ['ADD', 'Extra hot', '+ Extra hot'],
  ['add', 'bacon', '+ bacon'],
  ['Plus', 'bacon', '+ bacon'],
  ['+', 'bacon', '+ bacon'],
  ['EXTRA', 'cheese', '+ Extra cheese'],
  ['EXTRA', 'Extra cheese', '+ Extra cheese'],
  ['DOUBLE', 'cheese', '+ Double cheese'],
  ['double', 'Double cheese', '+ Double cheese'],
  ['ADD', 'Norwegian salmon', '+ Norwegian salmon'],
  ['ADD', 'Noodles', '+ Noodles'],
  ['ADD', 'No 7 sauce', '+ No 7 sauce'],
  ['ADD', 'No. 5', '+ No. 5'],
  ['ADD', 'Sinaloa rub', '+ Sinaloa rub'],
  ['ADD', 'Ei', '+ Ei'],
  ['ADD', 'Wonton', '+ Wonton'],
  ['ADD', '走地鸡', '+ 走地鸡'],
  ['ADD', '無花果', '+ 無花果'],
  ['ADD', '洋なし', '+ 洋なし'],
  ['ADD', '免治牛肉', '+ 免治牛肉'],
];
const said: Case[] = [
  [null, 'Large', 'Large'],
  [null, 'Extra cheese', 'Extra cheese'],
  ['', 'Large', 'Large'],
  ['LIGHT', 'onion', 'Light onion'],
  ['LIGHT', 'Light onion', 'Light onion'],
  ['LESS', 'ice', 'Light ice'],
  ['ON_SIDE', 'sauce', 'sauce on the side'],
  ['on the side', 'sauce', 'sauce on the side'],
  ['OnSide', 'Sauce on the side', 'Sauce on the side'],
  ['SUBSTITUTE', 'Rice', 'Rice instead'],
  ['SUB', 'Rice', 'Rice instead'],
  ['SWAP', 'Rice', 'Rice instead'],
  ['ONLY', 'ketchup', 'ONLY ketchup'],
  ['HALF', 'onion', 'HALF: onion'],
  ['Well_Done', 'steak', 'Well Done: steak'],
  ['NONE', 'Extra cheese', 'NONE: Extra cheese'],
  ['toString', 'onion', 'toString: onion'],
];
const allergy: [string | null, string, string][] = [
  ['ADD', 'Nut allergy', 'Nut allergy'],
  ['REMOVE', 'Nut allergy', 'Nut allergy'],
  ['REMOVE', 'Sin gluten', 'Sin gluten'],
  [null, 'Gluten free', 'Gluten free'],
  ['REMOVE', 'gluten', 'NO gluten'],
  ['ALLERGY', 'nuts', 'ALLERGY: nuts'],
  ['ADD', 'senza glutine', 'senza glutine'],
  ['ADD', 'sans gluten', 'sans gluten'],
  ['ADD', 'gluten free', 'gluten free'],
  ['ADD', 'Gluten-free', 'Gluten-free'],
  ['ADD', 'glutenfrei', 'glutenfrei'],
  ['ADD', 'laktosfri', 'laktosfri'],
  ['ADD', 'gluténmentes', 'gluténmentes'],
];

describe('a modifier', () => {
  for (const [effect, cases] of Object.entries({ 'left-out': leftOut, added, said, allergy }))
    for (const [kind, name, text] of cases)
      test(`${kind} ${name} is ${effect}: ${text}`, () => {
        expect(modifierRows(en, [{ name, kind }])).toMatchObject([{ text, effect, depth: 0 }]);
      });

  test('reads in the language of the kitchen', () => {
    const words = (
      [
        ['REMOVE', 'cream'],
        ['ADD', 'No ice'],
        ['ADD', '不要香菜'],
        ['ADD', '加蛋'],
        ['EXTRA', 'cheese'],
        ['LIGHT', 'onion'],
        ['ON_SIDE', 'sauce'],
        ['SUBSTITUTE', 'Rice'],
        ['HALF', 'onion'],
      ] as const
    ).map(([kind, name]) => modifierRows(zh, [{ name, kind }])[0]!.text);
    expect(words).toEqual([
      '不要 cream',
      '不要 ice',
      '不要 香菜',
      '+ 加蛋',
      '+ 多加 cheese',
      '少放 onion',
      'sauce 另放',
      '换成 Rice',
      'HALF：onion',
    ]);
  });
});

test('quantities and modifiers of modifiers are shown, at every depth', () => {
  const modifiers = [
    {
      name: 'Rice',
      kind: 'SUBSTITUTE',
      quantity: 2,
      modifiers: [{ name: 'saffron', kind: 'ADD', modifiers: [{ name: 'salt', kind: 'REMOVE' }] }],
    },
    { name: 'egg', kind: 'ADD', quantity: 2 },
    { name: 'oil', kind: 'ADD', quantity: 0.1 + 0.2 },
    { name: 'olives', kind: 'ADD', quantity: 0 },
    { name: 'cheese', kind: 'ADD', quantity: 1 },
  ];
  expect(modifierRows(en, modifiers).map(({ depth, text }) => [depth, text])).toEqual([
    [0, '2× Rice instead'],
    [1, '+ saffron'],
    [2, 'NO salt'],
    [0, '+ 2× egg'],
    [0, '+ 0.3× oil'],
    [0, '0× olives'],
    [0, '+ cheese'],
  ]);
  expect(modifierLine(en, modifiers)).toBe('2× Rice instead (saffron (NO salt)), 2× egg, 0.3× oil, 0× olives, cheese');
});

test('no name that says that something is left out has a plus, whatever its kind', () => {
  for (const [, name] of leftOut.slice(23))
    for (const kind of [null, 'ADD', 'EXTRA', 'DOUBLE', 'PLUS', 'HALF', 'REMOVE', 'ON_SIDE', 'SUBSTITUTE', 'x'])
      expect(modifierRows(en, [{ name, kind }])[0], `${kind} ${name}`).toMatchObject({
        effect: 'left-out',
        text: expect.not.stringContaining('+'),
      });
});

test('a name written from right to left keeps to itself', () => {
  expect(modifierRows(en, [{ name: 'بصل 2', kind: 'REMOVE' }])[0]!.text).toBe('NO \u2068بصل 2\u2069');
  expect(modifierRows(en, [{ name: '\u202Ebacon', kind: 'ADD' }])[0]!.text).toBe('+ bacon');
});

// The readings that an order is sent with hold every answer that a screen asks of its texts.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeLine, makeOrder } from '../../test/orders.ts';
import { readerOf } from '../protocol/readings.ts';
import {
  allergiesOfLine,
  allergiesOfOrder,
  isAllergyModifier,
  meetings,
  namesAllergy,
} from '../protocol/rules/allergies.ts';
import { mustSeeAtHandOver, mustSeeAtStation } from '../protocol/rules/allergy-seen.ts';
import { warningSentences } from '../protocol/rules/note-sentences.ts';
import { OrderView, type Modifier } from '../protocol/views.ts';
import { allergyReader } from './reader.ts';

const long = 'Please take great care with this one. '.repeat(8);
const text = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'milk',
    'Tree nuts (almond)',
    'nut free',
    'nuts',
    'No nuts',
    'severe NUT allergy',
    'NUT ALLERGY',
    'allergy!!',
    'no allergies',
    'Sin gluten',
    'gluten',
    'Gluten-free pizza',
    'Satay with peanut sauce',
    'Extra cheese',
    'GF bun please',
    '对花生过敏',
    'kiwi',
    '__proto__',
    'constructor',
    `${long}Severe nut allergy! ${long}`,
    `${long}Sin gluten, soy celíaco.`,
    `${long}Allergies? None. ${long}`,
    long,
  ),
  fc.string(),
);
const kind = fc.constantFrom(null, '', 'ADD', 'REMOVE', 'NO', 'ALLERGY', 'FREE_FROM', 'ON_SIDE', 'extra');
const { modifier } = fc.letrec<{ modifier: Modifier }>((tie) => ({
  modifier: fc.record(
    { name: text, kind, quantity: fc.constantFrom(0, 1, 2), modifiers: fc.array(tie('modifier'), { maxLength: 2 }) },
    { requiredKeys: ['name', 'kind'] },
  ) as fc.Arbitrary<Modifier>,
}));
const modifiers = fc.array(modifier, { maxLength: 3 });
const note = fc.option(text);
const line = fc
  .record({
    name: text,
    voided: fc.boolean(),
    allergies: fc.array(text, { maxLength: 2 }),
    allergens: fc.array(text, { maxLength: 2 }),
    note,
    modifiers,
    former: fc.option(modifiers),
  })
  .map(({ former, ...more }) =>
    makeLine('l1', {
      ...more,
      flag: former && { kind: 'changed', at: '2026-11-23T12:00:00Z', from: { modifiers: former } },
    }),
  );
const order = fc
  .record({ note, allergies: fc.array(text, { maxLength: 2 }), lines: fc.array(line, { maxLength: 3 }) })
  .map((more) => makeOrder('o1', more));

/** All that a screen asks of an order's texts, by this reader of them. */
function answers(order: OrderView, reader = allergyReader) {
  const all = allergiesOfOrder(order, reader);
  const named = (list: readonly Modifier[]): unknown[] =>
    list.map((each) => [namesAllergy(each.name, reader), isAllergyModifier(each, reader), named(each.modifiers ?? [])]);
  const sentences = (note: string | null) => note && warningSentences(note, reader);
  return {
    all,
    note: sentences(order.note),
    quotes: all.map((allergy) => sentences(allergy.text)),
    mustSee: [mustSeeAtStation(order, 't1', reader), mustSeeAtHandOver(order, reader)],
    lines: order.lines.map((each) => {
      const own = allergiesOfLine(each, reader);
      const meets = meetings(each, [...all, ...own], reader);
      return {
        own,
        meets: meets.map((words) => [words, all.length + own.length ? reader.allergensIn(words) : null]),
        contains: each.allergens.map((allergen) => reader.allergensIn(allergen)),
        note: sentences(each.note),
        modifiers: named(each.modifiers),
        former: named(each.flag?.from?.modifiers ?? []),
      };
    }),
  };
}

describe('a screen reads an order as the server does', () => {
  test('whatever its texts', () => {
    fc.assert(
      fc.property(order, (made) => {
        const sent = OrderView.parse(JSON.parse(JSON.stringify(made)));
        expect(answers(sent, readerOf(sent))).toEqual(answers(made));
      }),
      { numRuns: 500 },
    );
  });

  test('of texts that name nothing it is sent no reading, and each of the others once', () => {
    const plain = makeOrder('o1', { note: 'birthday', lines: [makeLine('l1', { note: 'well done' })] });
    expect(plain.readings).toEqual([]);
    const lines = [makeLine('l1', { allergens: ['milk'] }), makeLine('l2', { allergens: ['milk'] })];
    expect(makeOrder('o1', { note: 'allergy!!', lines }).readings).toEqual([
      { text: 'allergy!!', note: [] },
      { text: 'milk', names: ['milk'] },
    ]);
  });

  test('an order without readings is not readable: its allergies would be lost', () => {
    const { readings: _, ...without } = makeOrder('o1', { note: 'nut allergy' });
    expect(OrderView.safeParse(without).success).toBe(false);
  });
});

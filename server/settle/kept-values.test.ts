// What says the same is no change.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, detail, item, mergeContext } from '../../test/made.ts';
import type { Modifier } from '../protocol/views.ts';
import type { OrderDetail } from '../upstream/detail.ts';
import { keepingSame } from './kept-values.ts';
import { mergeDetail } from './merge.ts';

const hot: Modifier = { name: 'Hot', kind: 'ADD' };
const rice: Modifier = {
  name: 'Rice',
  kind: 'SUBSTITUTE',
  modifiers: [hot, { name: 'salt', kind: 'REMOVE' }],
};

describe('the same', () => {
  const pairs: [string, object, object][] = [
    ['shuffled modifiers', { modifiers: [hot, rice, hot] }, { modifiers: [hot, hot, rice] }],
    [
      'shuffled modifiers of a modifier',
      { modifiers: [rice] },
      { modifiers: [{ ...rice, modifiers: rice.modifiers!.toReversed() }] },
    ],
    ['one of a modifier, said or not', { modifiers: [hot] }, { modifiers: [{ ...hot, quantity: 1 }] }],
    ['no kind', { modifiers: [{ name: 'Hot', kind: null }] }, { modifiers: [{ name: 'Hot ', kind: '' }] }],
    ['shuffled allergens', { allergens: ['milk', 'nuts'] }, { allergens: ['nuts', 'milk '] }],
    ['a space behind a note', { note: 'no salt' }, { note: 'no salt ' }],
    ['an empty note for none', { note: null }, { note: '' }],
    ['none for an empty note', { note: ' ' }, { note: null }],
  ];
  for (const [what, before, after] of pairs)
    test(`is ${what}: the order stays the same object, without a flag`, () => {
      const merge = (from: ReturnType<typeof mergeDetail> | null, more: object, version: number | null) =>
        mergeDetail(from, detail(version, { items: [item('l1', more), item('l2')] }), mergeContext({ now: at(20) }));
      const order = merge(null, before, null);
      expect(merge(order, after, null)).toBe(order);
    });

  test('is an order with spaces and empty texts', () => {
    const order = mergeDetail(null, detail(null, { note: 'x', table: '4', allergies: ['a', 'b'] }), mergeContext());
    const more: Partial<OrderDetail> = { note: ' x ', table: '4 ', allergies: ['b', 'a'], customerName: '' };
    expect(mergeDetail(order, detail(null, more), mergeContext({ now: at(20) }))).toBe(order);
  });
});

describe('another', () => {
  const pairs: [string, object, object][] = [
    ['one more of an equal modifier', { modifiers: [hot] }, { modifiers: [hot, hot] }],
    ['one less of an equal modifier', { modifiers: [hot, hot, rice] }, { modifiers: [hot, rice, rice] }],
    ['another kind', { modifiers: [hot] }, { modifiers: [{ ...hot, kind: 'REMOVE' }] }],
    ['another quantity', { modifiers: [hot] }, { modifiers: [{ ...hot, quantity: 2 }] }],
    ['a modifier of a modifier', { modifiers: [rice] }, { modifiers: [{ ...rice, modifiers: [hot] }] }],
    ['a note', { note: 'no salt' }, { note: 'no salt!' }],
    ['an allergy', { allergies: [] }, { allergies: ['nuts'] }],
    ['a part that can no longer be read', { unread: [] }, { unread: ['quantity: "two"'] }],
    ['a unit', { unit: null }, { unit: 'kg' }],
  ];
  for (const [what, before, after] of pairs)
    test(`is ${what}: the line is flagged`, () => {
      const order = mergeDetail(null, detail(1, { items: [item('l1', before)] }), mergeContext());
      const merged = mergeDetail(order, detail(2, { items: [item('l1', after)] }), mergeContext({ now: at(20) }));
      expect(merged.lines[0]).toMatchObject({ ...after, flag: { kind: 'changed' } });
    });
});

test('property: no shuffle of modifiers is a change, and their order on the screen stays', () => {
  const modifier = fc.record({
    name: fc.constantFrom('a', 'b', 'c'),
    kind: fc.constantFrom('ADD', 'REMOVE', null),
  });
  fc.assert(
    fc.property(
      fc
        .array(modifier)
        .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      ([before, after]) => {
        expect(keepingSame({ modifiers: before }, { modifiers: after }).modifiers).toBe(before);
      },
    ),
  );
});

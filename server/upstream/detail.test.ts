// An answer of the order service: certain fields must be right, everything else may be missing or wrong.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HeardError } from '../errors.ts';
import { readDetail } from './detail.ts';

const certain = { id: 'o-1', restaurantId: 'r-1', status: 'PAID', items: [{ id: 'l1', name: 'Soup', quantity: 2 }] };
const whole = {
  id: 'o-1',
  version: 3,
  restaurantId: 'r-102',
  number: 'A102',
  status: 'PAID',
  type: 'DINE_IN',
  table: '12',
  guests: 4,
  priority: 'RUSH',
  placedAt: '2026-11-23T11:58:04.120Z',
  dueAt: '2026-11-23T12:30:00+01:00',
  note: 'birthday',
  customerName: 'Ana',
  channel: 'Uber Eats',
  staffName: 'Mei',
  pickupCode: '4F7',
  allergies: ['nuts'],
  items: [
    {
      id: 'l1',
      sku: 'CTM',
      name: 'Chicken Tikka Masala',
      category: 'curry',
      quantity: 2,
      unit: 'kg',
      modifiers: [
        { name: 'Extra hot', kind: 'ADD' },
        { name: 'No cream', kind: 'REMOVE' },
        { name: 'Rice', kind: 'SUBSTITUTE', quantity: 2, modifiers: [{ name: 'saffron', kind: 'ADD' }] },
      ],
      allergens: ['milk'],
      allergies: ['milk'],
      note: '',
      course: 1,
      seat: 2,
      voided: false,
      movedFrom: { orderId: 'o-0', itemId: 'l9' },
    },
  ],
};

test('a whole order is read as it is, times in UTC, a seat as text', () => {
  expect(readDetail(whole, 'o-1')).toEqual({
    ...whole,
    dueAt: '2026-11-23T11:30:00.000Z',
    items: [{ ...whole.items[0], seat: '2', unread: [] }],
  });
});

test('with nothing but the certain fields it is shown without the rest', () => {
  expect(readDetail(certain, 'o-1')).toEqual({
    id: 'o-1',
    version: null,
    restaurantId: 'r-1',
    number: null,
    status: 'PAID',
    type: null,
    table: null,
    guests: null,
    priority: 'NORMAL',
    placedAt: null,
    dueAt: null,
    note: null,
    customerName: null,
    channel: null,
    staffName: null,
    pickupCode: null,
    allergies: [],
    items: [
      {
        id: 'l1',
        sku: null,
        name: 'Soup',
        category: null,
        quantity: 2,
        unit: null,
        modifiers: [],
        allergens: [],
        allergies: [],
        note: null,
        course: null,
        seat: null,
        voided: false,
        movedFrom: null,
        unread: [],
      },
    ],
  });
});

describe('what is uncertain counts as not given where it is null or of another type', () => {
  const nothing = readDetail(certain, 'o-1');
  for (const [field, wrong] of Object.entries({
    version: [null, 'x', 1.5, -1, 1e300],
    number: [null, 7, {}],
    type: [null, 1],
    table: [null, {}],
    guests: [null, '4', 1.5, 1e12],
    priority: [null, 'HUGE', 1],
    placedAt: [null, 'yesterday', '', 7, '9999-01-01T00:00:00Z', '-000001-01-01T00:00:00Z'],
    dueAt: [null, {}],
    note: [null, []],
  }))
    test(field, () => {
      for (const value of wrong)
        expect(readDetail({ ...certain, [field]: value }, 'o-1'), JSON.stringify(value)).toEqual(nothing);
    });

  for (const [field, wrong] of Object.entries({
    sku: [null, 7],
    category: [null, {}],
    modifiers: [null, 'x', {}, [null, 7, { kind: 'ADD' }]],
    allergens: [null, 'milk', [7, null]],
    note: [null, 7],
    course: [null, 'first', 1.5],
    seat: [null, {}],
    voided: [null, 'yes', 1],
  }))
    test(`a dish's ${field}`, () => {
      for (const value of wrong)
        expect(
          readDetail({ ...certain, items: [{ ...certain.items[0], [field]: value }] }, 'o-1'),
          JSON.stringify(value),
        ).toEqual(nothing);
    });

  test('of a list, what can be read is kept', () => {
    const [line] = readDetail(
      {
        ...certain,
        items: [
          {
            ...certain.items[0],
            allergens: ['milk', 7],
            modifiers: [7, { name: 'Hot' }, { name: 'Mild', kind: 'REMOVE' }],
          },
        ],
      },
      'o-1',
    ).items;
    expect(line).toMatchObject({
      allergens: ['milk'],
      modifiers: [
        { name: 'Hot', kind: null },
        { name: 'Mild', kind: 'REMOVE' },
      ],
    });
  });
});

test('a certain field that is missing or wrong makes it no order', () => {
  const wrong: unknown[] = [
    null,
    7,
    [],
    'text',
    {},
    { ...certain, id: undefined },
    { ...certain, id: 7 },
    { ...certain, restaurantId: undefined },
    { ...certain, restaurantId: '' },
    { ...certain, restaurantId: 'r'.repeat(65) },
    { ...certain, status: undefined },
    { ...certain, status: 1 },
    { ...certain, items: 'none' },
    { ...certain, items: [null] },
    ...['id', 'name', 'quantity'].map((field) => ({
      ...certain,
      items: [{ ...certain.items[0], [field]: undefined }],
    })),
    { ...certain, items: [{ ...certain.items[0], quantity: '2' }] },
    { ...certain, items: [{ ...certain.items[0], id: '' }] },
  ];
  for (const body of wrong) expect(() => readDetail(body, 'o-1'), JSON.stringify(body)).toThrow(HeardError);
});

test('another order than the one that was asked for is refused', () => {
  expect(() => readDetail(certain, 'o-2')).toThrow('another order');
});

test('an order without items, or with null for them, is read as one without dishes: that is lag, not a fault', () => {
  for (const items of [undefined, null, []]) expect(readDetail({ ...certain, items }, 'o-1').items).toEqual([]);
});

test('text is made storable: no NUL, no lone surrogate', () => {
  const { note, items } = readDetail(
    { ...certain, note: 'a\0b\ud800c', items: [{ id: 'l\0', name: '\udc00', quantity: 1 }] },
    'o-1',
  );
  expect([note, items[0]?.id, items[0]?.name]).toEqual(['a\ufffdb\ufffdc', 'l\ufffd', '\ufffd']);
});

test('property: whatever ids upstream gives to its lines, no dish hides behind another', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'a#2', 'a#2#2', 'a#3', 'b'), { maxLength: 8 }), (ids) => {
      const { items } = readDetail(
        { ...certain, items: ids.map((id, i) => ({ id, name: `Dish ${i}`, quantity: 1 })) },
        'o-1',
      );
      expect(new Set(items.map(({ id }) => id)).size).toBe(ids.length);
      expect(items.map(({ name }) => name)).toEqual(ids.map((_, i) => `Dish ${i}`));
      for (const [i, id] of ids.entries())
        if (ids.indexOf(id) === i)
          expect(
            items.map((line) => line.id),
            'the first keeps its id',
          ).toContain(id);
    }),
  );
});

test('property: anything at all is read, or refused as a malformed answer', () => {
  fc.assert(
    fc.property(
      fc.anything(),
      fc.dictionary(fc.constantFrom('version', 'items', 'status', 'placedAt', 'note'), fc.anything()),
      (body, more) => {
        for (const answer of [body, { ...certain, ...more }]) {
          try {
            readDetail(answer, 'o-1');
          } catch (error) {
            expect(error).toMatchObject({ code: 'ORDER_MALFORMED' });
          }
        }
      },
    ),
  );
});

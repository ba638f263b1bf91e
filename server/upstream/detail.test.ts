// An answer of the order service: three fields make it an order; everything else may be missing or of any shape.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HeardError } from '../errors.ts';
import { readDetail } from './detail.ts';
import { parseExactly } from './exact-json.ts';

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
    items: [{ ...whole.items[0], seat: '2', note: null, unread: [] }],
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

const read = (item: unknown) => readDetail({ ...certain, items: [item] }, 'o-1').items[0]!;
const dish = certain.items[0]!;

describe('a field of the order', () => {
  const nothing = readDetail(certain, 'o-1');
  for (const [field, wrong] of Object.entries({
    version: [null, 'x', 1.5, -1, 1e300],
    number: [null, '', ' ', {}],
    type: [null, ''],
    table: [null, ' ', {}, []],
    guests: [null, 'some', 1.5, 1e12],
    priority: [null, 'HUGE', 1],
    placedAt: [null, 'yesterday', '', 7, '9999-01-01T00:00:00Z', '-000001-01-01T00:00:00Z'],
    dueAt: [null, {}, '0001-01-01T00:00:00Z'],
    note: [null, [], '', ' ', {}, false],
    customerName: [null, {}],
    allergies: [null, [], '', {}, false, 'none', { nuts: false }],
  }))
    test(`${field} that says nothing counts as not given`, () => {
      for (const value of wrong)
        expect(readDetail({ ...certain, [field]: value }, 'o-1'), JSON.stringify(value)).toEqual(nothing);
    });

  test('of another type is read where it can be', () => {
    expect(
      readDetail(
        {
          ...certain,
          id: 7,
          restaurantId: 102,
          number: 12,
          table: { name: 'Bar' },
          guests: '4',
          priority: 'rush',
          note: ['birthday', { text: 'cake' }],
          placedAt: 1_790_000_000,
          dueAt: 1_790_000_900_000,
        },
        '7',
      ),
    ).toMatchObject({
      id: '7',
      restaurantId: '102',
      number: '12',
      table: 'Bar',
      guests: 4,
      priority: 'RUSH',
      note: 'birthday\ncake',
      placedAt: '2026-09-21T14:13:20.000Z',
      dueAt: '2026-09-21T14:28:20.000Z',
    });
  });

  test('a note of any shape is shown, since a guest may have written an allergy into it', () => {
    for (const note of [{ warning: 'nuts' }, [{ from: 'guest', nuts: true }], true])
      expect(readDetail({ ...certain, note }, 'o-1').note).toMatch(/nuts|true/);
  });

  test('a time or place that cannot be read is told on every line', () => {
    expect(readDetail({ ...certain, dueAt: 'tomorrow', table: { at: [4] } }, 'o-1').items[0]!.unread).toEqual([
      'dueAt: "tomorrow"',
      'table: {"at":[4]}',
    ]);
  });
});

describe('what a guest must not have, and what a dish contains, is read in every shape', () => {
  const shapes: [unknown, string[]][] = [
    [
      ['milk', 'nuts'],
      ['milk', 'nuts'],
    ],
    ['milk', ['milk']],
    ['milk, nuts; egg、芝麻', ['milk', 'nuts', 'egg', '芝麻']],
    [{ name: 'milk' }, ['milk']],
    [
      [{ name: 'milk' }, { label: 'nuts' }, { title: 'egg' }, 'soy', null],
      ['milk', 'nuts', 'egg', 'soy'],
    ],
    [{ milk: true, nuts: 1, egg: false, soy: null }, ['milk', 'nuts']],
    [{ nuts: 'severe' }, ['nuts: severe']],
    [
      [
        { name: 'milk', contains: false },
        { name: 'nuts', contains: true },
      ],
      ['nuts'],
    ],
    [['milk', 'milk', ' milk '], ['milk']],
    [
      [['milk'], ['nuts']],
      ['milk', 'nuts'],
    ],
  ];
  for (const [value, words] of shapes)
    test(JSON.stringify(value), () => {
      expect(read({ ...dish, allergens: value, allergies: value })).toMatchObject({
        allergens: words,
        allergies: words,
        unread: [],
      });
      expect(readDetail({ ...certain, allergies: value }, 'o-1').allergies).toEqual(words);
    });

  test('what cannot be read is told: of allergens as unread, of allergies as a warning of its own', () => {
    for (const value of [7, true, { list: { nuts: [1] } }, ['milk', 7]]) {
      const line = read({ ...dish, allergens: value, allergies: value });
      expect(line.unread.join(), JSON.stringify(value)).toMatch(/^allergens: (7|true|\{"list")/);
      expect(line.allergies.at(-1), JSON.stringify(value)).toMatch(/^\?: (7|true|\{"list")/);
      expect(readDetail({ ...certain, allergies: value }, 'o-1').allergies).toEqual(line.allergies);
    }
  });
});

describe('modifiers are read in every shape', () => {
  const shapes: [unknown, unknown[], string[]?][] = [
    [
      [{ name: 'Hot' }, { name: 'Mild', kind: 'REMOVE' }],
      [
        { name: 'Hot', kind: null },
        { name: 'Mild', kind: 'REMOVE' },
      ],
    ],
    [
      ['Hot', 'No onion'],
      [
        { name: 'Hot', kind: null },
        { name: 'No onion', kind: null },
      ],
    ],
    [
      'No onion, extra cheese',
      [
        { name: 'No onion', kind: null },
        { name: 'extra cheese', kind: null },
      ],
    ],
    [{ name: 'Hot', kind: 'ADD' }, [{ name: 'Hot', kind: 'ADD' }]],
    [
      { cream: 'REMOVE', rice: 2, hot: true },
      [
        { name: 'cream', kind: 'REMOVE' },
        { name: 'rice', kind: null, quantity: 2 },
        { name: 'hot', kind: null },
      ],
    ],
    [{ Toppings: ['olives'] }, [{ name: 'Toppings', kind: null, modifiers: [{ name: 'olives', kind: null }] }]],
    [
      [{ name: 'Rice', quantity: '2', modifiers: 'saffron' }],
      [{ name: 'Rice', kind: null, quantity: 2, modifiers: [{ name: 'saffron', kind: null }] }],
    ],
    [[{ title: 'Hot', kind: { name: 'ADD' } }], [{ name: 'Hot', kind: 'ADD' }]],
    [[7, { kind: 'ADD' }, 'Hot'], [{ name: 'Hot', kind: null }], ['modifiers: 7', 'modifiers: {"kind":"ADD"}']],
    [[{ name: 'onion', kind: ['REMOVE'] }], [{ name: 'onion', kind: null }], ['onion.kind: ["REMOVE"]']],
    [[{ name: 'rice', quantity: 'two' }], [{ name: 'rice', kind: null }], ['rice.quantity: "two"']],
    [{ onion: false }, [], ['modifiers: {"onion":false}']],
    [7, [], ['modifiers: 7']],
  ];
  for (const [value, modifiers, unread = []] of shapes)
    test(JSON.stringify(value), () => expect(read({ ...dish, modifiers: value })).toMatchObject({ modifiers, unread }));

  test('however deep they lie, none goes without a word', () => {
    let deep: unknown = { name: 'deepest' };
    for (let depth = 0; depth < 20; depth += 1) deep = { name: `m${depth}`, modifiers: [deep] };
    const { modifiers, unread } = read({ ...dish, modifiers: [deep] });
    expect(JSON.stringify(modifiers)).toContain('m14');
    expect(unread).toHaveLength(1);
  });
});

describe('a line of an odd shape is a line', () => {
  const shapes: [string, unknown, object][] = [
    ['a numeric id', { ...dish, id: 7 }, { id: '7', unread: [] }],
    ['a quantity as text', { ...dish, quantity: '2' }, { quantity: 2, unread: [] }],
    ['a quantity with a comma', { ...dish, quantity: ' 2,5 ' }, { quantity: 2.5, unread: [] }],
    ['a quantity as a word', { ...dish, quantity: 'two' }, { quantity: 1, unread: ['quantity: "two"'] }],
    ['a quantity of null', { ...dish, quantity: null }, { quantity: 1, unread: ['quantity: null'] }],
    ['no quantity', { id: 'l1', name: 'Soup' }, { quantity: 1, unread: ['quantity: –'] }],
    ['no name, a sku', { ...dish, name: undefined, sku: 'SP' }, { name: 'SP', unread: ['name: –'] }],
    ['no name, an id', { ...dish, name: ' ' }, { name: 'l1', unread: ['name: " "'] }],
    ['a name in languages', { ...dish, name: { de: 'Suppe', en: 'Soup' } }, { name: 'Suppe', unread: [] }],
    ['a sku and a seat as numbers', { ...dish, sku: 7, seat: 2 }, { sku: '7', seat: '2', unread: [] }],
    ['a course as text', { ...dish, course: '2' }, { course: 2, unread: [] }],
    ['a course as a word', { ...dish, course: 'first' }, { course: null, unread: ['course: "first"'] }],
    ['a void as a word', { ...dish, voided: 'yes' }, { voided: true, unread: [] }],
    ['a void that nobody knows', { ...dish, voided: 'maybe' }, { voided: false, unread: ['voided: "maybe"'] }],
    ['a note as a number', { ...dish, note: 7 }, { note: '7', unread: [] }],
    [
      'half an origin',
      { ...dish, movedFrom: { orderId: 'o-9' } },
      { movedFrom: null, unread: ['movedFrom: {"orderId":"o-9"}'] },
    ],
    ['a text alone', 'Soup', { name: 'Soup', quantity: 1, unread: ['quantity: –'] }],
    ['null', null, { name: '?', quantity: 1, unread: ['item: null'] }],
    ['a number', 7, { name: '?', quantity: 1, unread: ['item: 7'] }],
    ['nothing in it', {}, { name: '?', quantity: 1, unread: ['quantity: –', 'id: –', 'name: –'] }],
    ['empty values', { ...dish, sku: '', course: {}, seat: [], movedFrom: '', note: ' ' }, { unread: [], note: null }],
  ];
  for (const [what, value, expected] of shapes) test(what, () => expect(read(value)).toMatchObject(expected));

  test('the id that it is given stays the same each time, wherever it stands in the list', () => {
    const odd = [{ name: 'Soup', quantity: 1 }, null, 7, { sku: 'X', quantity: 2 }, {}];
    const ids = (items: unknown[]) => readDetail({ ...certain, items }, 'o-1').items.map(({ id }) => id);
    expect(new Set(ids(odd)).size).toBe(odd.length);
    expect(ids(odd.toReversed()).toReversed()).toEqual(ids(odd));
    expect(ids([{ sku: 'X', quantity: 3 }])).toEqual(ids([{ sku: 'X', quantity: 2 }]));
  });

  test('long values are cut, and a hundred of them counted', () => {
    const { unread } = read({ ...dish, course: 'x'.repeat(1000), modifiers: Array.from({ length: 100 }, (_, i) => i) });
    expect(unread.every((part) => part.length <= 100)).toBe(true);
    expect([unread.length, unread.at(-1)]).toEqual([9, '… +93']);
  });

  test('lines by their ids are lines, and so is one line alone', () => {
    const lines = (items: unknown) => readDetail({ ...certain, items }, 'o-1').items.map(({ id, name }) => [id, name]);
    expect(lines({ a: { name: 'Soup', quantity: 1 }, b: { name: 'Rice', quantity: 1 } })).toEqual([
      ['a', 'Soup'],
      ['b', 'Rice'],
    ]);
    expect(lines(dish)).toEqual([['l1', 'Soup']]);
  });
});

test('values nested a hundred thousand deep are told, and stop nothing', () => {
  const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
  const items = [{ ...dish, modifiers: deep, allergens: deep, allergies: deep, note: deep, course: deep }, deep, dish];
  const order = readDetail({ ...certain, note: deep, allergies: deep, items }, 'o-1');
  expect(order.items).toHaveLength(3);
  expect(order.items[0]!.unread).toHaveLength(3);
  expect([order.allergies.length, order.items[0]!.allergies.length]).toEqual([1, 1]);
});

test('property: whatever a line is, the others are read as they are, and it is shown or told', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.jsonValue(),
        fc.record(
          Object.fromEntries(
            Object.keys(whole.items[0]!).map((field) => [field, fc.oneof(fc.jsonValue(), fc.constant('2'))]),
          ),
          { requiredKeys: [] },
        ),
      ),
      fc.nat({ max: 2 }),
      (odd, place) => {
        const others = ['a', 'b'].map((id) => ({ ...whole.items[0], id: `${id} of the others` }));
        const { items } = readDetail({ ...certain, items: others.toSpliced(place, 0, odd as never) }, 'o-1');
        const [line] = items.splice(place, 1);
        expect(items.map(({ id, name, unread }) => [id, name, unread])).toEqual(
          others.map(({ id, name }) => [id, name, []]),
        );
        expect(line!.name).not.toBe('');
        expect(Number.isFinite(line!.quantity)).toBe(true);
        // A part that is told or shown: no quantity, name or id is made up without a word.
        const given = odd as Record<string, unknown> | null;
        if (given?.['quantity'] === undefined) expect(line!.unread.join()).toMatch(/^item|quantity/);
        expect(line).toEqual(readDetail({ ...certain, items: [odd] }, 'o-1').items[0]);
      },
    ),
  );
});

test('without an id, a restaurant, a status or anything that may be dishes it is no order', () => {
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
    { ...certain, items: 7 },
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

test('marks that turn text are taken out of all that people read', () => {
  const text = '\u202Ea\u2066b\u2069c\u202C';
  const item = { ...dish, name: text, note: text, allergens: [text], allergies: text, unit: text, seat: text };
  const order = readDetail(
    { ...certain, number: text, table: text, note: [text], customerName: text, items: [{ ...item, course: text }] },
    'o-1',
  );
  expect(JSON.stringify(order)).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
  expect(order).toMatchObject({ number: 'abc', table: 'abc', note: 'abc', items: [{ name: 'abc', note: 'abc' }] });
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

test('ids, versions and times keep all digits of a long number', () => {
  const order = readDetail(
    parseExactly(
      `{"id":1234567890123456789,"version":9007199254740993,"restaurantId":"r-1","status":"PAID",
      "dueAt":1795435084123456789,"items":[{"id":1234567890123456788,"name":"A","quantity":1},
      {"id":1234567890123456789,"name":"B","quantity":1}]}`,
    ),
    '1234567890123456789',
  );
  expect(order).toMatchObject({ version: '9007199254740993', dueAt: '2026-11-23T11:58:04.123Z' });
  expect(order.items.map(({ id }) => id)).toEqual(['1234567890123456788', '1234567890123456789']);
});

test('a version that comes as a text of digits is read', () => {
  const versions = ['7', '9007199254740993', '9223372036854775808', '1.5', '-1', ''].map(
    (version) => readDetail({ id: 'o', version, restaurantId: 'r', status: 'PAID', items: [] }, 'o').version,
  );
  expect(versions).toEqual([7, '9007199254740993', null, null, null, null]);
});

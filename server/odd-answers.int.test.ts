// Answers of order services in the shapes that platforms send, from a real topic to a real database: one odd line hides
// no other, nothing that a guest must not have is dropped without a word, and states stay with their dish.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Prisma } from './db/client.ts';
import { loadOrders } from './order/order-rows.ts';
import type { KitchenOrder } from './order/order.ts';
import { createTopic, produce } from '../test/kafka.ts';
import { openOrderDoor, type OrderDoor } from '../test/order-door.ts';
import { allEnded, openPlatform, run, start, withTopic } from '../test/topic-run.ts';

withTopic();
let door: OrderDoor;
let [id, version, bom] = ['', 0, ''];
beforeEach(async () => {
  await createTopic(run.topic);
  await openPlatform({ brokers: undefined });
  door = await openOrderDoor(run.platform.url);
  [id, version, bom] = [`o-${run.env}`, 0, ''];
  await start({ orderApiUrl: door.url });
});
afterEach(() => door?.close());

/** Upstream changes the order, and the kitchen gets it. */
async function comes(items: unknown, more: object = {}): Promise<KitchenOrder> {
  version += 1;
  const body = { id, version, restaurantId: `r-${run.env}`, status: 'PAID', items, ...more };
  door.answer = (_, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(bom + JSON.stringify(body));
  await produce(run.topic, [{ key: id, value: `${bom}${JSON.stringify({ id, status: 'PAID', version })}` }]);
  await allEnded(version);
  expect(await run.prisma.parkedMessage.count({ where: { orderId: id } })).toBe(0);
  const [order] = await loadOrders(run.prisma, Prisma.sql`o.id = ${id}`);
  return order!;
}
const line = (more: object = {}) => ({ id: 'l1', name: 'Satay', quantity: 1, ...more });

test('of five lines with one that is odd in each way, all five are on tickets, and the odd part is told', async () => {
  const order = await comes([
    line(),
    { id: 'l2', quantity: 2 },
    line({ id: 'l3', name: 'Rice', quantity: 'two' }),
    null,
    line({ id: 5, name: 'Naan', quantity: '3' }),
  ]);
  expect(order.lines.map(({ name, quantity, unread }) => [name, quantity, unread])).toEqual([
    ['Satay', 1, []],
    ['l2', 2, ['name: –']],
    ['Rice', 1, ['quantity: "two"']],
    ['?', 1, ['item: null']],
    ['Naan', 3, []],
  ]);
  expect(order.lines.every(({ ticketId, state }) => ticketId && state === 'waiting')).toBe(true);
});

test.each<[string, unknown, string[], string[]]>([
  ['a list', ['nuts', 'milk'], ['nuts', 'milk'], []],
  ['one text', 'nuts, milk', ['nuts', 'milk'], []],
  ['an object', { nuts: true, milk: true, egg: false }, ['nuts', 'milk'], []],
  ['objects with names', [{ name: 'nuts' }, { code: 'milk' }], ['nuts', 'milk'], []],
  ['a list with a number and null', ['nuts', 7, null], ['nuts'], ['allergens: 7']],
  ['a number', 12, [], ['allergens: 12']],
])('allergens as %s are read, or told', async (_, allergens, words, unread) => {
  const order = await comes([line({ allergens })], { allergies: allergens });
  expect(order.lines[0]).toMatchObject({ allergens: words, unread });
  for (const word of words) expect(order.allergies).toContain(word);
  // What a guest must not have is on the order whatever it is.
  expect(order.allergies.length).toBe(words.length + unread.length);
});

test.each<[string, unknown, object[]]>([
  ['one object', { name: 'Hot', kind: 'ADD' }, [{ name: 'Hot', kind: 'ADD' }]],
  ['plain texts', ['No onion', 'Hot'], [{ name: 'No onion' }, { name: 'Hot' }]],
  ['one text', 'No onion', [{ name: 'No onion' }]],
  [
    'an object of names',
    { onion: 'REMOVE', cheese: 2 },
    [
      { name: 'onion', kind: 'REMOVE' },
      { name: 'cheese', quantity: 2 },
    ],
  ],
])('modifiers as %s are read', async (_, modifiers, expected) => {
  const order = await comes([line({ modifiers })]);
  expect(order.lines[0]!.modifiers).toMatchObject(expected);
  expect(order.lines[0]!.unread).toEqual([]);
});

test.each<[string, unknown]>([
  ['one line', line()],
  ['an object of lines', { l1: { name: 'Satay', quantity: 1 } }],
])('items as %s are lines', async (_, items) => {
  const { lines } = await comes(items);
  expect(lines).toMatchObject([{ name: 'Satay', quantity: 1 }]);
});

test('with byte order marks on both ways it is the same order', async () => {
  bom = '\uFEFF';
  expect((await comes([line()])).lines).toMatchObject([{ name: 'Satay' }]);
});

test('two lines of one id keep their states when they are listed in another order', async () => {
  const [rice, naan] = [line({ name: 'Rice' }), line({ name: 'Naan' })];
  const before = await comes([rice, naan]);
  const bumped = before.lines.find(({ name }) => name === 'Rice')!;
  await run.prisma.lineItem.updateMany({
    where: { orderId: id, id: bumped.id },
    data: { state: 'ready', readyAt: new Date() },
  });
  const after = await comes([naan, rice], { note: 'hurry' });
  expect(Object.fromEntries(after.lines.map(({ name, state }) => [name, state]))).toEqual({
    Rice: 'ready',
    Naan: 'waiting',
  });
});

test('a shuffle, a space behind a note and an empty text for none are no change', async () => {
  const modifiers = [
    { name: 'Hot', kind: 'ADD' },
    { name: 'cream', kind: 'REMOVE' },
  ];
  const first = await comes(
    [line({ modifiers, allergens: ['milk', 'nuts'], note: 'well done' }), line({ id: 'l2', name: 'Rice', note: null })],
    { note: null, table: null },
  );
  const second = await comes(
    [
      line({ id: 'l2', name: 'Rice', note: '' }),
      line({ modifiers: modifiers.toReversed(), allergens: ['nuts', 'milk'], note: 'well done ' }),
    ],
    { note: '', table: '' },
  );
  expect(second.lines.map(({ flag }) => flag)).toEqual([null, null]);
  expect(second.tickets.flatMap(({ notices }) => notices)).toEqual([]);
  expect(second.lines.map(({ id: one }) => one)).toEqual(first.lines.map(({ id: one }) => one));
});

test('a quantity of 0 is taken off, and so is one below it', async () => {
  const { lines } = await comes([
    line(),
    line({ id: 'l2', name: 'Rice', quantity: 0 }),
    line({ id: 'l3', name: 'Naan', quantity: -1 }),
  ]);
  expect(lines.map(({ name, quantity, voided }) => [name, quantity, voided])).toEqual([
    ['Satay', 1, false],
    expect.arrayContaining(['Rice', true]),
    expect.arrayContaining(['Naan', true]),
  ]);
});

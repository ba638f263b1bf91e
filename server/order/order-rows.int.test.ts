// Orders in their tables: read as they were written, whole, and sent to screens without the server's own fields.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { at, detail, item, kitchenOrder, mergeContext, station } from '../../test/made.ts';
import { Prisma } from '../db/client.ts';
import { readBoard } from '../feed/board.ts';
import { loadOrders, saveOrders } from './order-rows.ts';
import { forScreens, type KitchenOrder } from './order.ts';

const kitchenId = randomUUID();
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.prisma.restaurant.create({
    data: {
      id: 'r-1',
      name: 'Palace',
      stations: { create: { id: kitchenId, name: 'Kitchen', position: 0, fallback: true } },
    },
  });
});
afterAll(() => database?.drop());

const context = mergeContext({
  stations: [station(kitchenId, { fallback: true })],
  newId: randomUUID,
  now: new Date().toISOString(),
});
const plain = (id: string, more = {}) => kitchenOrder(detail(1, { id, ...more }), context);
/** No field is null, empty or its default. */
const full = (id: string): KitchenOrder => {
  const order = plain(id, {
    dueAt: at(900),
    note: 'by the window',
    priority: 'RUSH',
    items: [
      item('l1', {
        sku: 'X1',
        category: 'food',
        quantity: 2.5,
        modifiers: [{ name: 'Hot', kind: 'ADD' }],
        allergens: ['nuts'],
        note: 'well done',
        course: 2,
        seat: '3',
        voided: true,
      }),
    ],
  });
  return {
    ...order,
    closedAt: at(50),
    rush: { at: at(1), by: 'Ann' },
    hold: { at: at(2), by: null },
    delayNote: { at: at(3), by: 'Bob', note: 'soon' },
    allergySeen: { at: at(3), by: 'Bob' },
    lines: order.lines.map((line) => ({
      ...line,
      position: 7,
      state: 'cooking',
      flag: { kind: 'changed', at: at(4), from: { quantity: 1 } },
      startedAt: at(5),
      readyAt: at(6),
      servedAt: at(7),
    })),
    tickets: order.tickets.map((ticket) => ({
      ...ticket,
      firing: 3,
      state: 'held',
      notices: [{ kind: 'table', at: at(8), from: '11' }],
      bumpedAt: at(9),
      bumpedBy: 'Cid',
      course: 2,
      heldFor: 'course',
      heldUntil: at(10),
    })),
  };
};
const save = (before: KitchenOrder | null, after: KitchenOrder) => saveOrders(database.prisma, [{ before, after }]);
const load = async (id: string) => (await loadOrders(database.prisma, Prisma.sql`o.id = ${id}`))[0];

test('an order is read as it was inserted, with every field and with none', async () => {
  const [all, none] = [full('all'), plain('none', { number: null, table: null, type: null, guests: null })];
  await save(null, all);
  await save(null, none);
  expect([await load('all'), await load('none')]).toEqual([all, none]);
});

test('an order is read as it was updated: each field but those that never change', async () => {
  const before = plain('updated');
  await save(null, before);
  const wanted = full('updated');
  const ids = { id: before.tickets[0]!.id, stationId: kitchenId, firing: 1 };
  const after: KitchenOrder = {
    ...wanted,
    receivedAt: before.receivedAt,
    lines: [...wanted.lines.map((line) => ({ ...line, ticketId: ids.id })), before.lines[1]!],
    tickets: wanted.tickets.map((ticket) => ({ ...ticket, ...ids })),
  };
  await save(before, after);
  expect(await load('updated')).toEqual({
    ...after,
    lines: after.lines.toSorted((a, b) => a.position - b.position),
  });
});

test.each([
  ['without-number', null],
  ['A-00102', 'A-00102'],
])('of %s the table keeps the number as it came, and screens are shown one in any case', async (id, number) => {
  await save(null, plain(id, { number }));
  const order = (await load(id))!;
  expect([order.number, forScreens(order).number]).toEqual([number, id]);
  expect((await database.prisma.order.findUnique({ where: { id } }))!.number).toBe(number);
});

test("a board's orders are what forScreens makes of them", async () => {
  await save(null, { ...full('shown'), closedAt: null });
  const { orders } = (await readBoard(database.prisma, 'r-1', null))!;
  const shown = orders.find(({ id }) => id === 'shown')!;
  expect(shown).toEqual(forScreens((await load('shown'))!));
  for (const key of ['position', 'restaurantId']) expect(JSON.stringify(shown)).not.toContain(`"${key}"`);
});

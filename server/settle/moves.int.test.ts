// Tables are joined, a bill is split: whichever order's message is first, nothing is cooked twice and nothing is called
// voided that only moved.
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { item } from '../../test/made.ts';
import { arrived } from '../../test/pipeline.ts';
import { startSettlers } from '../../test/settlers.ts';
import type { KitchenOrder } from '../order/order.ts';
import type { DetailItem } from '../upstream/detail.ts';

const settlers = await startSettlers();
const { prisma, one, two, event, detail, order } = settlers;
afterAll(() => settlers.stop());
let [a, b] = ['', ''];
beforeEach(() => {
  b = settlers.nextOrder();
  a = `${b}-former`;
});
const of = (id: string, number: string, version: number, items: DetailItem[], more = {}) =>
  arrived([event(version, { orderId: id })], detail(version, { id, number, items, table: b, ...more }));
const burgers = item('l1', { name: 'Burger', quantity: 2 });
const soup = item('l2', { name: 'Soup' });
const moved = (quantity = 2) => item('m1', { name: 'Burger', quantity, movedFrom: { orderId: a, itemId: 'l1' } });
const told = ({ lines, tickets }: KitchenOrder) =>
  lines.map(({ id, quantity, state, flag, ticketId }) => {
    const ticket = tickets.find((ticket) => ticket.id === ticketId)!;
    return [
      id,
      quantity,
      state,
      flag?.kind ?? '-',
      ticket.state,
      ...ticket.notices.map(({ kind, from }) => `${kind} ${from}`),
    ].join(' ');
  });
const both = async () => [told((await order(a))!).sort(), told((await order(b))!)];

/** The former order, as far as its lines are. */
async function former(state: 'waiting' | 'ready'): Promise<void> {
  await one.settler.settle(of(a, 'A102', 1, [burgers, soup]));
  if (state === 'waiting') return;
  await prisma.$executeRaw`UPDATE tickets SET state = 'bumped', bumped_at = now() WHERE order_id = ${a}`;
  await prisma.$executeRaw`UPDATE line_items SET state = 'ready', ready_at = now() WHERE order_id = ${a}`;
}
const leaves = () => one.settler.settle(of(a, 'A102', 2, [soup]));
const arrives = () => two.settler.settle(of(b, 'A117', 1, [moved()]));

describe.each([
  ['the order that it left is first', async () => [await leaves(), await arrives()]],
  ['the order that it came to is first', async () => [await arrives(), await leaves()]],
  [
    'both are settled at once',
    () => Promise.all([one.settler.settle(of(a, 'A102', 2, [soup])), one.settler.settle(of(b, 'A117', 1, [moved()]))]),
  ],
])('a dish that moved: %s', (_, settled) => {
  test('is ready there where it was ready, and is told to nobody as voided', async () => {
    await former('ready');
    expect(await settled()).toMatchObject([{ fates: { APPLIED: 1 } }, { fates: { APPLIED: 1 } }]);
    expect(await both()).toEqual([['l1 2 voided - bumped', 'l2 1 ready - bumped'], ['m1 2 ready - bumped']]);
  });

  test('is to be cooked there where nobody had begun, and its station is told on both tickets', async () => {
    await former('waiting');
    await settled();
    expect(await both()).toEqual([
      ['l1 2 voided - open went A117', 'l2 1 waiting - open went A117'],
      ['m1 2 waiting - open came A102'],
    ]);
  });
});

test('a bill that is split: what stays and what goes are as far as they were', async () => {
  await former('ready');
  await arrives();
  await one.settler.settle(of(a, 'A102', 2, [item('l1', { name: 'Burger', quantity: 1 }), soup]));
  await two.settler.settle(of(`${b}-split`, 'A118', 1, [moved(1)]));
  expect(told((await order(`${b}-split`))!)).toEqual(['m1 1 ready - bumped']);
  expect(told((await order(a))!)[0]).toBe('l1 1 ready changed bumped');
});

test('later messages change nothing of it, and an order that nobody knows moves nothing', async () => {
  await former('ready');
  await arrives();
  const before = await order(b);
  await two.settler.settle(of(b, 'A117', 2, [moved()], { note: 'birthday' }));
  expect((await order(b))!.lines).toEqual(before!.lines);
  const strange = item('m1', { name: 'Burger', movedFrom: { orderId: 'nobody', itemId: 'l1' } });
  await two.settler.settle(of(`${b}-strange`, 'A119', 1, [strange]));
  expect(told((await order(`${b}-strange`))!)).toEqual(['m1 1 waiting - open']);
  expect(await prisma.lane.count({ where: { orderId: 'nobody' } })).toBe(0);
});

test('orders that lines move between, settled by two processes at once, wait for each other and never for ever', async () => {
  const ids = Array.from({ length: 12 }, (_, n) => `${b}-ring-${n}`);
  await Promise.all(ids.map((id, n) => one.settler.settle(of(id, `R${n}`, 1, [item('own', { name: `Dish ${n}` })]))));
  const results = await Promise.all(
    ids.map((id, n) => {
      const from = ids[(n + 5) % ids.length]!;
      const came = item('came', { name: 'Dish', movedFrom: { orderId: from, itemId: 'own' } });
      return (n % 2 ? one : two).settler.settle(of(id, `R${n}`, 2, [came]));
    }),
  );
  expect(results.every(({ fates }) => fates.APPLIED === 1)).toBe(true);
  for (const id of ids) {
    const lines = (await order(id))!.lines;
    expect(lines.map((line) => [line.id, line.state, line.flag]).sort()).toEqual([
      ['came', 'waiting', null],
      ['own', 'voided', null],
    ]);
  }
});

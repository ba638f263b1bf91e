// Lines of odd shapes, long texts and names of the world, from the platform to the screens.
import type { NewLine } from '../simulator/order.ts';
import { expect, test } from './fixtures.ts';
import { button, card, line } from './screens.ts';

/** Lines as some platforms send them: the simulator passes on whatever it is given. */
const odd = (...lines: object[]): NewLine[] => lines as NewLine[];
const burger = { name: 'Burger', category: 'grill' };

test('lines that cannot be read are shown as such, and hide no other', async ({ restaurant, open }) => {
  const [grill, floor, expo] = await Promise.all([
    open(restaurant, 'kitchen', 'Grill'),
    open(restaurant, 'floor'),
    open(restaurant, 'expo'),
  ]);
  const order = restaurant.place({
    number: 'A101',
    items: odd(
      burger,
      { ...burger, name: 'Ribs', quantity: 'two' },
      {
        ...burger,
        name: 'Steak',
        quantity: '0.5',
        unit: 'kg',
        modifiers: ['No salt', { name: 'Rare', kind: 'DONENESS' }],
      },
      { ...burger, id: 7, name: 'Wings', modifiers: { onion: 'NO', dip: 2 } },
      {
        ...burger,
        name: 'Combo',
        modifiers: [{ name: 'Rice', kind: 'SUBSTITUTE', quantity: 2, modifiers: [{ name: 'saffron', kind: 'ADD' }] }],
      },
    ),
  });
  for (const page of [grill, floor, expo]) {
    const shown = card(page, order);
    await expect(line(shown, 'l1')).toContainText('Burger');
    await expect(line(shown, 'l2')).toContainText('Could not be read: quantity: "two"');
    await expect(line(shown, 'l3')).toContainText(/0\.5 kg\s*Steak\s*NO salt\s*DONENESS: Rare/);
    await expect(line(shown, '7')).toContainText(/Wings\s*NO onion\s*2× dip/);
    await expect(line(shown, 'l5')).toContainText(/Combo\s*2× Rice instead\s*\+ saffron/);
  }
  await card(grill, order).locator('[data-action=open-ticket]').first().click();
  await expect(grill.locator('[data-sheet-item-id=l2]')).toContainText('Could not be read: quantity: "two"');
});

test('equal modifiers leave none behind, and every screen says what changed', async ({ restaurant, open }) => {
  const [grill, floor, expo] = await Promise.all([
    open(restaurant, 'kitchen', 'Grill'),
    open(restaurant, 'floor'),
    open(restaurant, 'expo'),
  ]);
  const cheese = { name: 'Extra cheese', kind: 'ADD' as const };
  const large = { name: 'Large', kind: 'ADD' as const };
  const order = restaurant.place({ number: 'A102', items: [{ ...burger, modifiers: [large, cheese, cheese] }] });
  await expect(line(card(grill, order), 'l1').locator('[data-modifier]')).toHaveText([
    '+ Large',
    '+ Extra cheese',
    '+ Extra cheese',
  ]);
  await card(grill, order).locator('[data-action=open-ticket]').first().click();
  const sheet = grill.locator('[data-sheet-item-id=l1]');
  await expect(sheet.locator('[data-modifier]')).toHaveCount(3);

  // In another order they are the same.
  restaurant.change(order, {
    kind: 'patch',
    patch: { items: [{ ...order.items[0]!, modifiers: [cheese, large, cheese] }] },
  });
  restaurant.change(order, { kind: 'add', items: [{ name: 'Cola', category: 'drinks' }] });
  await expect(card(expo, order)).toContainText('Cola');
  await expect(line(card(expo, order), 'l1')).not.toContainText('Changed');

  restaurant.change(order, {
    kind: 'patch',
    patch: { items: [{ ...order.items[0]!, modifiers: [{ name: 'onion', kind: 'REMOVE' }] }] },
  });
  const onCard = line(card(grill, order), 'l1');
  await expect(onCard.locator('[data-modifier]')).toHaveText(['NO onion']);
  await expect(sheet.locator('[data-modifier]')).toHaveText(['NO onion']);
  await expect(onCard).toContainText('was Large, Extra cheese, Extra cheese');
  for (const page of [floor, expo])
    await expect(line(card(page, order), 'l1')).toContainText('Changed, was Large, Extra cheese, Extra cheese');
});

const long = 'Please take great care with this one. '.repeat(132);
const sizes = [
  { width: 1024, height: 600 },
  { width: 1280, height: 800 },
];

test('a note of 5,000 characters and forty allergens leave the dishes and Bump in view', async ({
  restaurant,
  open,
}) => {
  const [grill, expo, floor] = await Promise.all([
    open(restaurant, 'kitchen', 'Grill'),
    open(restaurant, 'expo'),
    open(restaurant, 'floor'),
  ]);
  const allergens = Array.from({ length: 40 }, (_, n) => `allergen ${n + 1}`);
  const orders = [];
  for (const number of ['A101', 'A102', 'A103']) {
    orders.push(
      restaurant.place({
        number,
        table: 'Garden terrace by the fountain, left of the old olive tree',
        note: long,
        items: [
          { ...burger, note: long, allergens },
          { ...burger, name: 'Ribs' },
        ],
      }),
    );
  }
  for (const order of orders) restaurant.change(order, { kind: 'note', note: `Changed. ${long}` });
  for (const order of orders) restaurant.change(order, 'rush');
  for (const order of orders) await expect(card(floor, order)).toContainText('RUSH');
  await expect(card(grill, orders[0]!).first()).toContainText('RUSH');
  await expect(card(expo, orders[0]!).first()).toContainText('RUSH');
  for (const size of sizes) {
    await grill.setViewportSize(size);
    await expo.setViewportSize(size);
    const first = card(grill, orders[0]!);
    for (const part of [
      line(first, 'l1').getByText('Burger'),
      line(first, 'l2').getByText('Ribs'),
      button(first, 'Bump'),
    ])
      await expect(part).toBeInViewport({ ratio: 1 });
    for (const name of ['Burger', 'Ribs'])
      await expect(card(expo, orders[0]!).getByText(name)).toBeInViewport({ ratio: 1 });
  }
  for (const name of ['Burger', 'Ribs'])
    await expect(card(floor, orders[0]!).getByText(name)).toBeInViewport({ ratio: 1 });
  // The sheets have all of it.
  await card(grill, orders[0]!).locator('[data-action=open-ticket]').first().click();
  await expect(grill.locator('dialog')).toContainText(`“Changed. ${long.trim()}”`);
  for (const page of [expo, floor]) {
    await card(page, orders[0]!).locator('[data-action=more]').first().click();
    await expect(page.locator('[data-sheet-order]')).toContainText(`“Changed. ${long.trim()}”`);
    await expect(page.locator('[data-sheet-line=l1]')).toContainText(long.trim());
  }
});

test('names that are written from right to left turn nothing beside them', async ({ restaurant, open }) => {
  const [grill, floor, expo] = await Promise.all([
    open(restaurant, 'kitchen', 'Grill'),
    open(restaurant, 'floor'),
    open(restaurant, 'expo'),
  ]);
  const order = restaurant.place({
    number: '103 طلب',
    table: 'طاولة 7',
    items: [
      {
        ...burger,
        name: 'كباب 30',
        quantity: 3,
        modifiers: [
          { name: 'بصل', kind: 'REMOVE' },
          { name: 'جبن 2', kind: 'ADD' },
        ],
      },
      { ...burger, name: 'סלט', quantity: 2, note: 'בלי מלח' },
      { ...burger, name: '\u202EBurger', quantity: 4 },
      { ...burger, name: 'Donaudampfschifffahrtsgesellschaftskapitänsplatte' },
    ],
  });
  await expect(line(card(grill, order), 'l1')).toContainText('NO \u2068بصل\u2069');
  await expect(line(card(grill, order), 'l3')).toContainText(/^4\s*Burger$/);
  await button(card(grill, order), 'Bump').click();
  await expect(floor.locator('[data-alert=ready]')).toContainText(
    '\u2068طاولة 7\u2069: 3 \u2068كباب 30\u2069, 2 \u2068סלט\u2069, 4 Burger',
  );
  await expect(card(expo, order)).toBeVisible();
});

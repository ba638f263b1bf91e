// The states in which every screen is pictured: how guests, upstream and other tablets bring each one about, and the
// elements that must then be on the screens. The kitchen's screen is that of the station Curry.
import { anOrder } from '../simulator/guests.ts';
import type { Order } from '../simulator/order.ts';
import { Chance } from '../simulator/prng.ts';
import { saffronYard } from '../simulator/restaurants/saffron-yard.ts';
import { busyEvening, dish as dishWithAllergens, extra, without } from './full-board.ts';
import type { Screens, ScreenName } from './picture-stage.ts';
import type { OrderHere, Restaurant, RestaurantSetup } from './restaurant.ts';
import { Tablet } from './tablet.ts';

/** An element that must be visible: a CSS selector, or a selector and its number of matches. */
type Seen = string | readonly [selector: string, times: number];

export interface PictureState {
  readonly name: string;
  /** A description for people, shown in the list of pictures. */
  readonly shows: string;
  readonly screens: readonly ScreenName[];
  readonly setup?: Partial<RestaurantSetup>;
  /** Runs before the screens are opened. */
  readonly made?: (restaurant: Restaurant) => Promise<void>;
  /** Runs with the screens open. */
  readonly done?: (screens: Screens) => Promise<void>;
  readonly seen: Partial<Record<ScreenName, readonly Seen[]>>;
  /** The same state on a screen with other settings, pictured after all that. */
  readonly variants?: readonly Variant[];
}

export interface Variant {
  readonly name: string;
  readonly screen: ScreenName;
  readonly preferences: Record<string, unknown>;
  readonly size: { width: number; height: number };
  readonly seen: readonly Seen[];
}

const all = ['kitchen', 'expo', 'floor', 'manager'] as const;
const tablets = ['kitchen', 'expo', 'floor'] as const;

/** Dishes without allergens, because a band on every ticket would hide the one that matters. */
export const dish: typeof dishWithAllergens = (sku, quantity = 1, rest = {}) =>
  dishWithAllergens(sku, quantity, { allergens: [], ...rest });

/** This many orders, each with a dish for the station Curry, aged up to a quarter of an hour. */
export async function guests(restaurant: Restaurant, count: number): Promise<Order[]> {
  const chance = new Chance(11);
  const curries = saffronYard.menu.filter(({ category }) => category === 'curry');
  const placed = await restaurant.placeTogether(
    Array.from({ length: count }, (_, index) => {
      const { restaurantId: _of, ...order } = anOrder(saffronYard, chance, Date.now());
      const curry = order.items.some(({ category }) => category === 'curry') ? [] : [dish(chance.pick(curries).sku)];
      const items = [...curry, ...order.items.map((item) => (index % 5 === 2 ? item : { ...item, allergens: [] }))];
      return { ...order, items, number: `A${101 + index}` };
    }),
  );
  await restaurant.ageAll(
    placed.map((order, index) => ({ order, minutes: ((count - index) / count) * Math.min(12, count) })),
  );
  return placed;
}

/** Places orders one after another, then makes each as old as it says. */
export async function aged(restaurant: Restaurant, orders: (OrderHere & { minutes: number })[]): Promise<Order[]> {
  const placed = await restaurant.placeAll(orders.map(({ minutes: _, ...order }) => order));
  await restaurant.ageAll(placed.map((order, index) => ({ order, minutes: orders[index]!.minutes })));
  return placed;
}

export async function changed(
  restaurant: Restaurant,
  order: Order,
  ...changes: Parameters<Restaurant['change']>[1][]
): Promise<void> {
  for (const change of changes) await restaurant.world.has(restaurant.change(order, change));
}

/** Taps on another tablet of the same restaurant meanwhile. */
export async function elsewhere(
  restaurant: Restaurant,
  role: 'expo' | 'floor',
  act: (tablet: Tablet) => Promise<void>,
): Promise<void> {
  const tablet = await Tablet.pair(restaurant, role, { name: role === 'expo' ? 'Pass' : 'Mei’s phone' });
  try {
    await act(tablet);
  } finally {
    tablet.close();
  }
}

const longName = 'Slow-roasted shoulder of lamb with apricots, almonds & herbs';
const tone = (tone: string) => `article[data-tone=${tone}]`;
const state = (state: string) => `article[data-state=${state}]`;
const lineState = (state: string) => `[data-item-id][data-state=${state}]`;

export const states: readonly PictureState[] = [
  {
    name: 'empty',
    shows: 'no orders',
    screens: all,
    seen: { kitchen: [['article', 0]], expo: [['article', 0]], floor: [['article', 0]] },
  },
  {
    name: 'one',
    shows: 'one order',
    screens: all,
    made: async (restaurant) => {
      await aged(restaurant, [
        {
          minutes: 1.2,
          number: 'A101',
          table: '12',
          guests: 2,
          items: [dish('CTM', 2, { modifiers: [without('No cream')] }), dish('BAS')],
        },
      ]);
    },
    seen: {
      kitchen: [['article', 1], 'article:has-text("NO cream")'],
      expo: [['article', 1]],
      floor: [['article', 1], 'article:has-text("NO cream")'],
    },
  },
  {
    name: 'eight',
    shows: '8 orders',
    screens: all,
    made: async (restaurant) => {
      await guests(restaurant, 8);
    },
    seen: { kitchen: ['article'], expo: [['article', 8]], floor: [['article', 8]] },
  },
  {
    name: 'sixty',
    shows: '60 orders, in the kitchen at all three densities',
    screens: all,
    made: async (restaurant) => {
      await guests(restaurant, 60);
    },
    seen: { kitchen: [tone('late')], expo: ['article'], floor: ['article'] },
    variants: [
      {
        name: 'compact-1920x1080',
        screen: 'kitchen',
        preferences: { density: 'compact' },
        size: { width: 1920, height: 1080 },
        seen: ['article[data-slot="42"]'],
      },
      {
        name: 'medium',
        screen: 'kitchen',
        preferences: { density: 'medium' },
        size: { width: 1280, height: 800 },
        seen: ['article[data-slot="10"]'],
      },
      {
        name: 'compact',
        screen: 'kitchen',
        preferences: { density: 'compact' },
        size: { width: 1280, height: 800 },
        seen: ['article[data-slot="16"]'],
      },
    ],
  },
  {
    name: 'long',
    shows: 'a ticket of 25 lines among others',
    screens: all,
    made: async (restaurant) => {
      const curries = saffronYard.menu.filter(({ category }) => category === 'curry' || category === 'rice');
      const items = Array.from({ length: 25 }, (_, index) =>
        dish(
          curries[index % curries.length]!.sku,
          1 + (index % 3),
          index % 4 ? {} : { modifiers: [extra('Extra hot'), without('No coriander')] },
        ),
      );
      await aged(restaurant, [
        { minutes: 4, number: 'A101', table: '3', guests: 2, items: [dish('DAL')] },
        { minutes: 2, number: 'A102', table: '18', guests: 24, note: 'Office party', items },
        { minutes: 1, number: 'A103', type: 'TAKEAWAY', items: [dish('VIN')] },
      ]);
    },
    seen: {
      kitchen: ['article[aria-label^="Order A102"] [data-item-id]'],
      expo: [[`article[aria-label^="Order A102"] [data-item-id]`, 25]],
      floor: [[`article[aria-label^="Order A102"] [data-item-id]`, 25]],
    },
  },
  {
    name: 'names',
    shows: 'a dish name of 60 characters, in Chinese, with an emoji; a long number and table',
    screens: all,
    made: async (restaurant) => {
      const strange = (name: string, more: object = {}) => ({ name, category: 'curry', quantity: 2, ...more });
      await aged(restaurant, [
        {
          minutes: 6,
          number: 'A101',
          table: 'Garden terrace by the fountain',
          guests: 4,
          items: [
            strange(longName, { modifiers: [extra('Served with the apricots on the side')], allergens: ['nuts'] }),
          ],
        },
        {
          minutes: 3,
          number: 'A102',
          table: '八號',
          guests: 2,
          items: [strange('蜜汁叉燒飯', { modifiers: [without('走蔥')], allergens: ['大豆'] }), strange('宮保雞丁')],
        },
        {
          minutes: 1,
          number: 'TAKEAWAY-2026-0000123',
          type: 'TAKEAWAY',
          items: [
            strange('🌶️ Naga chilli challenge 🔥', { quantity: 120, note: 'No responsibility taken' }),
            strange('Donaudampfschifffahrtsgesellschaftskapitänsplatte'),
          ],
        },
      ]);
    },
    seen: { kitchen: [['article', 3]], expo: [['article', 3]], floor: [['article', 3]] },
  },
  {
    name: 'ages',
    shows: 'all ages: just fired, fresh, nearly late, late, more than an hour',
    screens: all,
    made: async (restaurant) => {
      await aged(
        restaurant,
        [75, 14, 8.2, 6.5, 5.1, 4.5, 2, 0.1].map((minutes, index) => ({
          minutes,
          number: `A10${index + 1}`,
          table: `${index + 2}`,
          guests: 2,
          items: [dish(['RJO', 'VIN', 'CHA', 'JAL'][index % 4]!)],
        })),
      );
    },
    seen: {
      kitchen: [
        [tone('late'), 3],
        [tone('warn'), 2],
        [tone('fresh'), 3],
      ],
      expo: [
        [tone('late'), 3],
        [tone('warn'), 2],
        [tone('fresh'), 3],
      ],
    },
  },
  {
    name: 'rush',
    shows: 'an order that upstream marked urgent, and one that the floor asks the kitchen to hurry',
    screens: all,
    made: async (restaurant) => {
      const [, mine] = await aged(restaurant, [
        {
          minutes: 3,
          number: 'A101',
          type: 'DELIVERY',
          priority: 'RUSH',
          dueAt: new Date(Date.now() + 6 * 60_000).toISOString(),
          items: [dish('CTM', 2), dish('PIL', 2)],
        },
        { minutes: 6, number: 'A102', table: '7', guests: 2, items: [dish('DAL'), dish('NAN')] },
        { minutes: 1, number: 'A103', table: '9', guests: 2, items: [dish('KOR')] },
      ]);
      await elsewhere(restaurant, 'floor', (tablet) => tablet.tap({ kind: 'rush', orderId: mine!.id, on: true }));
    },
    seen: { kitchen: [['article', 3]], expo: [['article', 3]], floor: [['article', 3]] },
  },
  {
    name: 'held',
    shows: 'a held course, and an order that the expo holds',
    screens: all,
    setup: { courses: { mode: 'manual' } },
    made: async (restaurant) => {
      const [, held] = await aged(restaurant, [
        {
          minutes: 4,
          number: 'A101',
          table: '7',
          guests: 3,
          items: [dish('SAG', 2, { course: 1 }), dish('RJO', 2, { course: 2 }), dish('BAS', 2, { course: 2 })],
        },
        {
          minutes: 3,
          number: 'A102',
          table: '11',
          guests: 2,
          items: [dish('CTM', 1, { course: 1 }), dish('PIL', 1, { course: 1 })],
        },
        { minutes: 1, number: 'A103', table: '5', guests: 2, items: [dish('CHA', 1, { course: 1 })] },
      ]);
      await elsewhere(restaurant, 'expo', (tablet) => tablet.tap({ kind: 'hold', orderId: held!.id }));
    },
    seen: { expo: [lineState('held')], floor: [lineState('held')] },
  },
  {
    name: 'allergy',
    shows: 'allergens, and an order note of an allergy',
    screens: tablets,
    made: async (restaurant) => {
      await aged(restaurant, [
        {
          minutes: 5.5,
          number: 'A101',
          table: '12',
          guests: 4,
          note: 'Guest has a nut allergy',
          items: [dish('DAL', 1), dish('JAL', 2, { modifiers: [without('No cashew')] })],
        },
        {
          minutes: 2,
          number: 'A102',
          table: '3',
          guests: 2,
          items: [
            dish('PRM', 2, { allergens: ['crustaceans', 'mustard', 'fish', 'milk', 'nuts', 'celery'] }),
            dish('BAS'),
          ],
        },
      ]);
    },
    seen: {
      kitchen: [['article', 2], 'article:has-text("NO cashew")', 'article:has-text("crustaceans")'],
      floor: [['article', 2], 'article:has-text("crustaceans")'],
    },
  },
  {
    name: 'changed',
    shows: 'an added dish, another quantity, a moved table, a new note',
    screens: all,
    made: async (restaurant) => {
      const [first, second, third] = await aged(restaurant, [
        { minutes: 6, number: 'A101', table: '7', guests: 2, items: [dish('RJO'), dish('BAS')] },
        { minutes: 3, number: 'A102', table: '9', guests: 4, items: [dish('CTM', 2), dish('PIL', 2)] },
        { minutes: 1, number: 'A103', table: '2', guests: 2, items: [dish('DAL')] },
      ]);
      await changed(restaurant, first!, { kind: 'add', items: [dish('KOR', 2, { modifiers: [extra('Mild')] })] });
      await changed(restaurant, second!, { kind: 'quantity', line: 'l1', quantity: 4 }, { kind: 'move', table: '14' });
      await changed(restaurant, third!, { kind: 'note', note: 'Birthday: candle on the plate' });
    },
    seen: { kitchen: [state('changed'), 'article [data-action=acknowledge]'] },
  },
  {
    name: 'voided',
    shows: 'a voided dish among others, and one alone on its ticket',
    screens: all,
    made: async (restaurant) => {
      const [first, second] = await aged(restaurant, [
        {
          minutes: 5,
          number: 'A101',
          table: '7',
          guests: 2,
          items: [dish('RJO', 2, { modifiers: [extra('Extra hot')] }), dish('VIN'), dish('BAS', 2)],
        },
        { minutes: 2, number: 'A102', table: '9', guests: 1, items: [dish('CTM'), dish('NAN')] },
        { minutes: 1, number: 'A103', table: '1', guests: 1, items: [dish('CHA')] },
      ]);
      await changed(restaurant, first!, { kind: 'void', line: 'l1' });
      await changed(restaurant, second!, { kind: 'void', line: 'l1' });
    },
    seen: { kitchen: [[lineState('voided'), 2], 'article [data-action=acknowledge]'], floor: [lineState('voided')] },
  },
  {
    name: 'canceled',
    shows: 'a canceled order',
    screens: all,
    made: async (restaurant) => {
      const [first] = await aged(restaurant, [
        {
          minutes: 5,
          number: 'A101',
          table: '7',
          guests: 2,
          items: [dish('RJO', 2, { modifiers: [extra('Extra hot')] }), dish('BAS', 2)],
        },
        { minutes: 2, number: 'A102', table: '9', guests: 1, items: [dish('CTM')] },
      ]);
      await changed(restaurant, first!, 'cancel');
    },
    seen: { kitchen: [state('canceled')], expo: [state('canceled')], floor: [state('canceled')] },
  },
  {
    name: 'whole-order',
    shows: 'one order at all stations, its dishes waiting, cooking, ready, served, held and voided',
    screens: all,
    setup: { courses: { mode: 'manual' } },
    made: async (restaurant) => {
      const [order] = await aged(restaurant, [
        {
          minutes: 7,
          number: 'A101',
          table: '12',
          guests: 4,
          items: [
            dish('OBH', 2, { course: 1 }),
            dish('TKA', 2, { course: 1 }),
            dish('CTM', 2, { course: 1 }),
            dish('RJO', 1, { course: 1 }),
            dish('SAG', 1, { course: 1, modifiers: [without('No cream')] }),
            dish('MLA', 2, { course: 1 }),
            dish('KUL', 2, { course: 2 }),
          ],
        },
      ]);
      await elsewhere(restaurant, 'expo', async (tablet) => {
        const { id, tickets, lines } = await tablet.order(order!.id);
        const at = (lineId: string) =>
          tickets.find(({ id }) => id === lines.find((one) => one.id === lineId)!.ticketId)!;
        for (const lineId of ['l1', 'l6']) await tablet.tap({ kind: 'bump', orderId: id, ticketId: at(lineId).id });
        await tablet.tap({ kind: 'serve', orderId: id, lineIds: ['l6'] });
        await tablet.tap({ kind: 'bump', orderId: id, ticketId: at('l3').id, lineIds: ['l3'] });
        await tablet.tap({ kind: 'start', orderId: id, lineIds: ['l4'] });
      });
      await changed(restaurant, order!, { kind: 'void', line: 'l5' });
    },
    seen: {
      expo: ['ready', 'served', 'held', 'voided'].map(lineState),
      floor: ['ready', 'served', 'held', 'voided'].map(lineState),
      kitchen: [lineState('ready'), lineState('voided')],
    },
  },
  {
    name: 'ready',
    shows: 'orders that are ready, one for a while',
    screens: all,
    made: async (restaurant) => {
      const placed = await aged(restaurant, [
        { minutes: 9, number: 'A101', table: '12', guests: 2, items: [dish('CTM', 2), dish('NAN', 2)] },
        { minutes: 4, number: 'A102', type: 'TAKEAWAY', items: [dish('VIN')] },
        { minutes: 3, number: 'A103', table: '4', guests: 2, items: [dish('DAL'), dish('GNA'), dish('CHI', 2)] },
      ]);
      await elsewhere(restaurant, 'expo', async (tablet) => {
        await tablet.bump(placed[0]!.id, placed[1]!.id);
        const { id, tickets } = await tablet.order(placed[2]!.id);
        await tablet.tap({ kind: 'bump', orderId: id, ticketId: tickets[0]!.id });
      });
      await restaurant.world.query(
        `UPDATE line_items SET ready_at = ready_at - interval '4 minutes' WHERE order_id = $1`,
        placed[0]!.id,
      );
    },
    seen: { expo: [state('ready')], floor: [[state('ready'), 3]] },
  },
  {
    name: 'sold-out',
    shows: 'dishes marked "86", one of them ordered',
    screens: all,
    made: async (restaurant) => {
      await aged(restaurant, [
        { minutes: 5, number: 'A101', table: '7', guests: 2, items: [dish('CTM', 2), dish('PRM')] },
        { minutes: 2, number: 'A102', table: '9', guests: 1, items: [dish('RJO'), dish('PIL')] },
      ]);
      await elsewhere(restaurant, 'expo', async (tablet) => {
        for (const sku of ['PRM', 'TPR', 'KUL'])
          await tablet.tap({ kind: 'sold-out', dish: { sku, name: dish(sku).name }, on: true });
      });
    },
    seen: { kitchen: [['article', 2]], floor: [['article', 2]] },
  },
  {
    name: 'undo',
    shows: 'just bumped in the kitchen, just served on the floor',
    screens: tablets,
    made: async (restaurant) => {
      const [first] = await aged(restaurant, [
        { minutes: 5, number: 'A101', table: '7', guests: 2, items: [dish('TKA', 2), dish('CTM', 2)] },
        { minutes: 2, number: 'A102', table: '9', guests: 1, items: [dish('RJO')] },
        { minutes: 1, number: 'A103', table: '4', guests: 1, items: [dish('DAL')] },
      ]);
      await elsewhere(restaurant, 'expo', async (tablet) => {
        const { id, tickets } = await tablet.order(first!.id);
        await tablet.tap({ kind: 'bump', orderId: id, ticketId: tickets[0]!.id });
        await tablet.tap({ kind: 'bump', orderId: id, ticketId: tickets[1]!.id });
      });
    },
    done: async ({ kitchen, floor }) => {
      await kitchen.locator('[data-action=bump]').first().click();
      await floor.locator('article [data-action=serve]').first().click();
    },
    seen: { kitchen: ['[data-action=undo]'], floor: ['[data-action=undo]'] },
  },
  {
    name: 'evening',
    shows: 'a busy evening',
    screens: all,
    made: busyEvening,
    seen: {
      kitchen: [
        [tone('late'), 2],
        [tone('warn'), 2],
        [state('canceled'), 1],
        [state('changed'), 3],
      ],
    },
  },
];

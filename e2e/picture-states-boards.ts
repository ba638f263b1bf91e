// Boards by their contents: none, one or many orders, long tickets and names, all ages.
import { saffronYard } from '../simulator/restaurants/saffron-yard.ts';
import { extra, without } from './full-board.ts';
import { aged, dish, guests } from './picture-orders.ts';
import { all, tone, type PictureState } from './picture-state.ts';

const longName = 'Slow-roasted shoulder of lamb with apricots, almonds & herbs';

export const boardStates: readonly PictureState[] = [
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
    seen: { kitchen: ['article'], expo: ['article'], floor: [['article', 8]] },
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
];

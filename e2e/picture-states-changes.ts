// Boards with orders that are urgent, held, dangerous to a guest, changed, voided or canceled.
import { extra, without } from './full-board.ts';
import { aged, changed, dish, elsewhere } from './picture-orders.ts';
import { all, lineState, state, tablets, type PictureState } from './picture-state.ts';

export const changeStates: readonly PictureState[] = [
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
    shows: 'allergies by a note, a field, and a modifier of one guest; they meet what the dish contains',
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
          allergies: ['crustaceans', 'celery'],
          items: [dish('PRM', 2), dish('BAS')],
        },
        {
          minutes: 1,
          number: 'A103',
          table: '9',
          guests: 2,
          items: [
            dish('KOR', 1, { modifiers: [extra('Nut allergy')] }),
            dish('SAG', 1, { note: 'lactose intolerant' }),
            dish('CHA'),
          ],
        },
        { minutes: 0.5, number: 'A104', table: '2', guests: 2, items: [dish('CTM', 2), dish('NAN', 2)] },
      ]);
    },
    seen: {
      kitchen: [
        ['article[data-allergy]', 3],
        'article:has-text("NO cashew")',
        'article:has-text("CONTAINS crustaceans")',
      ],
      floor: [['article[data-allergy]', 3], 'article:has-text("CONTAINS crustaceans")'],
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
];

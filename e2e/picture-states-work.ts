// Boards in the middle of the work: dishes at each stage, ready orders, sold-out dishes, undo, a busy evening.
import { busyEvening, without } from './full-board.ts';
import { aged, changed, dish, elsewhere } from './picture-orders.ts';
import { all, lineState, state, tablets, tone, type PictureState } from './picture-state.ts';

export const workStates: readonly PictureState[] = [
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

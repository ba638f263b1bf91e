// Pictures of the manager's other pages, at a desk and on a phone: times with their plot, an order found and its story,
// the set-up with a dish tried, changes, people and devices. As in pictures.spec.ts, each is checked, and with
// PICTURES=1 saved.
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { hourIn, zoneWhereItIs } from '../test/zones.ts';
import { saffronYard } from '../simulator/restaurants/saffron-yard.ts';
import { expect } from './fixtures.ts';
import { dish, indianRestaurant } from './full-board.ts';
import { signIn } from './manager-session.ts';
import { lookAt } from './picture-looks.ts';
import { sizes, test } from './picture-stage.ts';
import { states } from './picture-states.ts';
import type { Restaurant } from './restaurant.ts';
import { untilLive } from './screens.ts';

test.use({ trace: 'off' });

const phone = { width: 390, height: 844 };

/**
 * Tickets of the last five and a half hours, and of the same hours a week ago, as the collector of times writes them.
 */
async function twoEvenings({ world, id }: Restaurant): Promise<void> {
  const stations = await world.query<{ id: string }>(
    'SELECT id FROM stations WHERE restaurant_id = $1 ORDER BY position',
    id,
  );
  const rows = stations.flatMap((station, s) =>
    Array.from({ length: 40 }, (_, n) => {
      const { sku, name } = dish(['CTM', 'RJO', 'NAN', 'PIL', 'OBH'][(n + s) % 5]!);
      return {
        order: randomUUID(),
        ticket: randomUUID(),
        station: station.id,
        sku,
        name,
        minutes: (n % 2) * 7 * 24 * 60 + n * 8 + 5,
        seconds: 180 + ((n * 37 + s * 91) % 400) + (n % 2 ? 0 : 60),
      };
    }),
  );
  const given = (key: keyof (typeof rows)[number]) => rows.map((row) => row[key]);
  const from = `FROM unnest($2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::int[], $8::int[]) AS r (order_id, ticket, station, sku, name, mins, secs)`;
  const values = [id, ...(['order', 'ticket', 'station', 'sku', 'name', 'minutes', 'seconds'] as const).map(given)];
  await world.query(
    `
      INSERT INTO dish_times (
        order_id, received_at, line_id, restaurant_id, number, type, station_id, ticket_id, dish_key, name, quantity,
        called_at, ready_at
      )
      SELECT
        r.order_id, now(), 'l1', $1, 'A1', 'DINE_IN', r.station, r.ticket, r.sku, r.name, 1,
        now() - make_interval(mins => r.mins, secs => r.secs), now() - make_interval(mins => r.mins) ${from}
    `,
    ...values,
  );
  await world.query(
    `
      INSERT INTO ticket_times (ticket_id, order_id, restaurant_id, station_id, fired_at, bumped_at, late_seconds)
      SELECT
        r.ticket, r.order_id, $1, r.station, now() - make_interval(mins => r.mins, secs => r.secs),
        now() - make_interval(mins => r.mins), 480 ${from}
    `,
    ...values,
  );
}

/** For each page: its path, the element that must be seen, and the actions on it before that. */
const pages: Record<string, { path: string; seen: string; act?: (page: Page) => Promise<void> }> = {
  times: { path: '/times', seen: '[data-plot][data-drawn]' },
  orders: {
    path: '/orders',
    seen: '[data-found]',
    act: async (page) => {
      await page.locator('[data-field=find]').fill('A101');
      await page.locator('[data-action=find]').click();
    },
  },
  story: { path: '/orders/:order', seen: '[data-event=tap]' },
  setup: {
    path: '/setup',
    seen: '[data-tried=Tandoor]',
    act: (page) => page.locator('[data-field=try-category]').fill('tandoor'),
  },
  devices: {
    path: '/devices',
    seen: '[data-device="Tablet by the grill"]',
    act: async (page) => {
      await page.locator('[data-form=new-device] input[name=name]').fill('Tablet by the grill');
      await page.locator('[data-action=new-device]').click();
    },
  },
  people: { path: '/people', seen: '[data-person]' },
  changes: { path: '/changes', seen: '[data-change="device.create"]' },
};

test('a manager’s other pages, at a desk, on a phone, and in Chinese', async ({ world, stage }) => {
  const whole = states.find(({ name }) => name === 'whole-order')!;
  // The restaurant's own time zone, unless the day there began after the tickets of this evening.
  const restaurant = await indianRestaurant(world, {
    ...whole.setup,
    timeZone: hourIn(saffronYard.timeZone) < 6 ? zoneWhereItIs(22) : saffronYard.timeZone,
  });
  await whole.made?.(restaurant);
  await twoEvenings(restaurant);
  const [order] = await world.query<{ id: string }>('SELECT id FROM orders WHERE restaurant_id = $1', restaurant.id);
  const page = await stage.page('manager');
  await signIn(page.context(), [restaurant]);
  for (const [name, { path, seen, act }] of Object.entries(pages)) {
    await page.setViewportSize(sizes.manager);
    await page.goto(
      `${world.address}/manager${path.replace(':order', encodeURIComponent(order!.id))}?restaurant=${restaurant.id}`,
    );
    await untilLive(page);
    await act?.(page);
    await expect(page.locator(seen).first()).toBeVisible();
    await lookAt(page, `manager-page-${name}`);
    await page.setViewportSize(phone);
    await lookAt(page, `manager-page-${name}-390x844`, { axe: false });
  }
  await page.setViewportSize(sizes.manager);
  for (const name of ['times', 'setup', 'changes'] as const) {
    await page.goto(`${world.address}/manager${pages[name]!.path}?restaurant=${restaurant.id}`);
    await stage.speak(page, 'zh');
    await expect(page.locator(name === 'setup' ? '[data-setup-station]' : pages[name]!.seen).first()).toBeVisible();
    await lookAt(page, `manager-page-${name}-chinese`, { axe: false });
  }
});

// The manager's other pages: times after the shift, an order's story, set-up, and switching between restaurants.
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect, test } from './fixtures.ts';
import { signedInManager } from './manager-session.ts';
import { button, card, line } from './screens.ts';

test('times of what the kitchen bumped are told in a sentence, tables, a plot with its table, and a CSV', async ({
  restaurant,
  open,
}) => {
  const placed = await restaurant.placeAll([
    { number: 'A1', items: [{ name: '=Burger', category: 'grill', quantity: 2 }] },
    { number: 'A2', items: [{ name: 'Steak', category: 'grill' }] },
    { number: 'A3', items: [{ name: 'Cola', category: 'drinks' }] },
  ]);
  for (const [i, order] of placed.entries()) {
    await restaurant.age(order, [4, 10, 2][i]!);
    await restaurant.world.query(
      `UPDATE line_items SET added_at = added_at - interval '20 minutes' WHERE order_id = $1`,
      order.id,
    );
  }
  const grill = await open(restaurant, 'kitchen', 'Grill');
  for (const order of placed.slice(0, 2)) await button(card(grill, order), 'Bump').click();
  const bar = await open(restaurant, 'kitchen', 'Bar');
  await button(card(bar, placed[2]!), 'Bump').click();
  const manager = await open(restaurant, 'manager');
  await manager.getByRole('link', { name: 'Times' }).click();
  await expect(manager).toHaveURL(/\/manager\/times/);
  await expect(async () => {
    await manager.reload();
    await expect(manager.locator('[data-headline]')).toContainText('3 tickets', { timeout: 3000 });
  }).toPass({ timeout: 60_000 });
  await expect(manager.locator('[data-headline]')).toContainText(/Half of 3 tickets took less than 4 min/);
  await expect(manager.locator('[data-headline]')).toContainText('Grill was the slowest station');
  const stations = manager.locator('[data-times=station]');
  await expect(stations.getByRole('row', { name: /^Grill 2 7:0\d/ })).toBeVisible();
  await expect(stations.getByRole('row', { name: /^Bar 1 2:0\d 2:0\d/ })).toBeVisible();
  await expect(manager.locator('[data-times=dish]').getByRole('row', { name: /^Steak 1 10:0\d/ })).toBeVisible();
  await expect(manager.locator('[data-plot] canvas')).toBeVisible();
  await expect(manager.locator('[data-times=days]').getByRole('row')).not.toHaveCount(1);
  const [download] = await Promise.all([
    manager.waitForEvent('download'),
    manager.locator('[data-action=csv]').click(),
  ]);
  const rows = parse(readFileSync(await download.path()), { bom: true, columns: true }) as Record<string, string>[];
  expect(rows.map(({ order, dish, quantity, station }) => [order, dish, quantity, station])).toEqual([
    ['A1', "'=Burger", '2', 'Grill'],
    ['A2', 'Steak', '1', 'Grill'],
    ['A3', 'Cola', '1', 'Bar'],
  ]);
  await manager.goto(manager.url().replace('/times', ''));
  await expect(manager.locator('[data-figure=ticket-time]')).toContainText(/9 of 10 within/);
});

test('uPlot comes with the page of times, and with no other', async ({ restaurant, open }) => {
  const [order] = await restaurant.placeAll([{ items: [{ name: 'Cola', category: 'drinks' }] }]);
  const bar = await open(restaurant, 'kitchen', 'Bar');
  await button(card(bar, order!), 'Bump').click();
  const manager = await open(restaurant, 'manager');
  const loaded: string[] = [];
  manager.on('response', (response) => {
    if (response.url().endsWith('.js'))
      void response
        .text()
        .then((text) => {
          if (/u-hz|u-legend/.test(text)) loaded.push(response.url());
        })
        .catch(() => {});
  });
  await manager.reload();
  await manager.locator('[data-figure=open]').waitFor();
  expect(loaded).toEqual([]);
  await manager.getByRole('link', { name: 'Times' }).click();
  await expect(manager).toHaveURL(/\/manager\/times/);
  await expect(async () => {
    await manager.reload();
    await expect(manager.locator('[data-plot] canvas')).toBeVisible({ timeout: 3000 });
  }).toPass({ timeout: 60_000 });
  await expect.poll(() => loaded.length).toBeGreaterThan(0);
});

test('an order is found, and its whole story told: messages, fetches, tickets, screens and taps with who and where', async ({
  restaurant,
  open,
}) => {
  const grill = await open(restaurant, 'kitchen', 'Grill');
  const [order] = await restaurant.placeAll([
    { number: 'B7', table: '5', items: [{ name: 'Burger', category: 'grill', quantity: 2 }] },
  ]);
  // A bump within half a second comes before the screen's confirmation that it drew the ticket.
  await expect
    .poll(
      async () =>
        (
          await restaurant.world.query<{ confirmed: boolean }>(
            'SELECT confirmed_at IS NOT NULL AS confirmed FROM tickets WHERE order_id = $1',
            order!.id,
          )
        )[0]?.confirmed,
    )
    .toBe(true);
  await line(card(grill, order!), 'l1').getByRole('button').click();
  await button(card(grill, order!), 'Bump').click();
  await expect(card(grill, order!)).toHaveCount(0);
  await restaurant.world.has(restaurant.change(order!, 'pay'));
  const manager = await open(restaurant, 'manager');
  await manager.getByRole('link', { name: 'Orders' }).click();
  await manager.locator('[data-field=find]').fill('b7');
  await manager.locator('[data-field=find]').press('Enter');
  await manager.locator(`[data-order-id="${order!.id}"] a`).click();
  const story = manager.locator('[data-story]');
  for (const event of ['placed', 'fetch', 'received', 'message', 'fired', 'confirmed'])
    await expect(story.locator(`[data-event=${event}]`).first()).toBeVisible();
  await expect(story.locator('[data-event=message]')).toHaveCount(2);
  await expect(story.locator('[data-event=fired]')).toContainText('Ticket at Grill: 2 Burger');
  await expect(story.locator('[data-event=confirmed]')).toContainText('Grill');
  await expect(story.locator('[data-command=bump]').last()).toContainText('Bumped: Grill');
  await expect(story.locator('[data-event=tap]').first()).toContainText('Grill');
  const times = await story.locator('time').evaluateAll((all) => all.map((one) => one.getAttribute('datetime') ?? ''));
  expect(times).toEqual([...times].sort());
  // An id that no order has.
  await manager.goto(manager.url().replace(encodeURIComponent(order!.id), 'nothing'));
  await expect(manager.getByText('No order here has this id.')).toBeVisible();
});

test("another restaurant's order has no story here", async ({ world, restaurant, open }) => {
  const other = await world.setUpRestaurant();
  const [theirs] = await other.placeAll([{ number: 'X1', items: [{ name: 'Secret soup' }] }]);
  const manager = await open(restaurant, 'manager');
  const [, device] = /device=([^&]+)/.exec(manager.url()) ?? [];
  await manager.goto(`${world.address}/manager/orders/${theirs!.id}${device ? `?device=${device}` : ''}`);
  await expect(manager.getByText('No order here has this id.')).toBeVisible();
  await manager.goto(`${world.address}/manager/orders${device ? `?device=${device}` : ''}`);
  await manager.locator('[data-field=find]').fill('X1');
  await manager.locator('[data-action=find]').click();
  await expect(manager.getByText('No order here has that number or id.')).toBeVisible();
});

test('a manager sets the restaurant up: tries a dish, sees what a change means, saves it, and it is told who did', async ({
  restaurant,
  open,
  browser,
}) => {
  const [order] = await restaurant.placeAll([{ number: 'C1', items: [{ name: 'Burger', category: 'grill' }] }]);
  const manager = await signedInManager(browser, [restaurant], { name: 'Ada' });
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await manager.getByRole('link', { name: 'Set-up' }).click();
  const tried = manager.locator('[data-tried]');
  await manager.locator('[data-field=try-category]').fill('grill');
  await expect(tried).toHaveAttribute('data-tried', 'Grill');
  await expect(tried).toContainText('by the route Category grill');
  await manager.locator('[data-field=try-category]').fill('soup');
  await expect(tried).toContainText('goes to Kitchen, which takes the rest');

  // Bar moves to the first place and takes the grill's categories.
  const bar = manager.locator('[data-setup-station=Bar]');
  await bar.locator('[data-action=up]').click();
  await bar.locator('[data-action=add-route]').click();
  await bar.locator('[data-route="1"] [data-field=route-category]').fill('grill');
  await manager.locator('[data-field=try-category]').fill('grill');
  await expect(tried).toHaveAttribute('data-tried', 'Bar');
  await manager.locator('[data-action=look]').click();
  await expect(manager.locator('[data-effects="1"]')).toContainText('C1: Burger stays at Grill, would be at Bar');
  await bar.locator('[data-field=start]').selectOption('auto');
  await bar.locator('[data-field=start-first]').fill('3');
  await manager.locator('[data-action=save-setup]').click();
  await expect(manager.locator('[data-changes]')).toContainText('how dishes are begun at Bar: off → auto 3');
  await expect(manager.locator('[data-changes]')).toContainText(
    'routes of Bar: category drinks → category drinks; category grill',
  );
  await expect(manager.locator('[data-changes]')).toContainText('Ada');
  await expect(card(grill, order!)).toBeVisible();
  const [next] = await restaurant.placeAll([{ number: 'C2', items: [{ name: 'Burger', category: 'grill' }] }]);
  await expect(card(await open(restaurant, 'kitchen', 'Bar'), next!)).toBeVisible();
  await expect(card(grill, order!)).toBeVisible();
  await expect(card(grill, next!)).toHaveCount(0);

  // Invalid input is refused with a reason, and of two people with the same state open the second is told.
  const again = await signedInManager(browser, [restaurant], { name: 'Eve' });
  await again.getByRole('link', { name: 'Set-up' }).click();
  await again.locator('[data-field=name]').fill('Eve was here');
  await manager.locator('[data-field=time-zone]').fill('Nowhere/Land');
  await manager.locator('[data-action=save-setup]').click();
  await expect(manager.getByRole('alert').filter({ hasText: 'time zone' })).toContainText('timeZone');
  await manager.locator('[data-field=time-zone]').fill('Asia/Hong_Kong');
  await manager.locator('[data-action=save-setup]').click();
  await expect(manager.locator('[data-changes]')).toContainText('time zone: Europe/London → Asia/Hong_Kong');
  await again.locator('[data-action=save-setup]').click();
  await expect(again.locator('[data-status="409"]')).toBeVisible();
  await again.locator('[data-action=reload]').click();
  await expect(again.locator('[data-field=time-zone]')).toHaveValue('Asia/Hong_Kong');

  // The list of all changes, by kind and by person.
  await manager.getByRole('link', { name: 'All changes' }).click();
  const changes = manager.locator('[data-changes] > li');
  await expect(changes.first()).toContainText(/time zone: Europe\/London → Asia\/Hong_KongAda.*\d\d:\d\d/);
  await expect(changes.filter({ hasText: 'Device Grill made' })).toContainText('operator');
  await manager.locator('[data-field=by]').selectOption('Ada');
  await expect(changes.filter({ hasText: 'Device' })).toHaveCount(0);
  await expect(changes).toHaveCount(2);
  await manager.locator('[data-field=kind]').selectOption({ label: 'devices' });
  await expect(manager.getByText('Nothing of the kind was changed.')).toBeVisible();
});

test('who manages several restaurants goes from one to the other; who does not sees no other; a paired screen has no set-up', async ({
  world,
  restaurant,
  open,
  browser,
}) => {
  const second = await world.setUpRestaurant({ name: 'The Second House' });
  await second.placeAll([{ number: 'S1', items: [{ name: 'Burger', category: 'grill' }] }]);
  const both = await signedInManager(browser, [restaurant, second]);
  await expect(both.locator('[data-figure=open]')).toHaveAttribute('data-value', '0');
  await both.getByRole('combobox', { name: 'Restaurant' }).selectOption({ label: 'The Second House' });
  await expect(both.locator('[data-figure=open]')).toHaveAttribute('data-value', '1');
  await expect(both).toHaveURL(new RegExp(`restaurant=${second.id}`));
  const one = await signedInManager(browser, [restaurant]);
  await expect(one.getByRole('combobox', { name: 'Restaurant' })).toHaveCount(0);
  await one.goto(`${world.address}/manager?restaurant=${second.id}`);
  await expect(one).not.toHaveURL(/\/manager/);
  const screen = await open(restaurant, 'manager');
  await expect(screen.getByRole('link', { name: 'Set-up' })).toHaveCount(0);
  await screen.goto(`${world.address}/manager/setup`);
  await expect(screen).not.toHaveURL(/\/manager\/setup$/);
});

// An allergy of a guest, on every screen, sheet and paper that its dish passes, and never for what a dish contains.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { expectAccessible, expectLegible } from './legible.ts';
import { button, card, line } from './screens.ts';

const action = (within: Page | Locator, name: string) => within.locator(`[data-action=${name}]`);
const band = (within: Page | Locator) => within.locator('[data-allergy-band]');

const burger = { name: 'Burger', category: 'grill', allergens: ['sesame', 'milk'] };
const steak = { name: 'Steak', category: 'grill', allergens: ['milk', 'celery'] };

test('what a guest must not have stands on every screen, sheet and paper; what a dish contains is small and one tap away', async ({
  restaurant,
  open,
}) => {
  const [order, plain] = await restaurant.placeAll([
    {
      number: 'A1',
      table: '4',
      note: 'Alergia a los frutos secos',
      items: [burger, { ...steak, modifiers: [{ name: 'Lactose free', kind: 'ADD' }] }],
    },
    { number: 'A2', table: '5', note: 'no allergies', items: [burger] },
  ]);
  const [grill, expo, floor] = await Promise.all([
    open(restaurant, 'kitchen', 'Grill'),
    open(restaurant, 'expo'),
    open(restaurant, 'floor'),
  ]);
  const expectBand = async (shown: Locator) => {
    await expect(shown).toContainText('ALLERGY: nuts');
    await expect(shown).toContainText('“Alergia a los frutos secos”');
    await expect(shown).toContainText('ALLERGY: milk · Steak');
  };
  for (const screen of [grill, expo, floor]) {
    const ticket = card(screen, order!);
    await expectBand(band(ticket));
    await expect(ticket).toHaveAttribute('data-allergy', /nuts/);
    await expect(ticket).toHaveAccessibleDescription(/ALLERGY: nuts/);
    const [outer, inner, first] = await Promise.all([
      ticket.boundingBox(),
      band(ticket).boundingBox(),
      line(ticket, 'l1').boundingBox(),
    ]);
    expect(inner!.width).toBeGreaterThan(outer!.width - 6);
    expect(inner!.y + inner!.height).toBeLessThanOrEqual(first!.y + 1);
    // The guest's line says so, and louder that its dish holds it. The modifier is no addition.
    await expect(line(ticket, 'l2')).toHaveAttribute('data-allergy', 'ALLERGY: milk');
    await expect(line(ticket, 'l2')).toContainText('CONTAINS milk');
    await expect(line(ticket, 'l2')).not.toContainText('+ Lactose free');
    await expect(line(ticket, 'l2')).toContainText('Lactose free');
    await expect(line(ticket, 'l1')).not.toHaveAttribute('data-allergy');
    // The other order only contains things.
    await expect(card(screen, plain!)).not.toHaveAttribute('data-allergy');
    await expect(card(screen, plain!)).not.toContainText(/sesame|milk|ALLERGY/);
    await expectLegible(screen);
    await expectAccessible(screen);
  }

  await action(card(grill, plain!), 'open-ticket').first().click();
  const sheet = grill.locator('dialog[open]');
  await expect(sheet).toContainText('Contains sesame, milk');
  await expect(band(sheet)).toHaveCount(0);
  await grill.keyboard.press('Escape');
  await action(card(grill, order!), 'open-ticket').first().click();
  await expectBand(band(sheet));
  await grill.keyboard.press('Escape');

  for (const screen of [expo, floor]) {
    await action(card(screen, order!), 'more').click();
    const opened = screen.locator('dialog[open]');
    await expectBand(band(opened));
    await expect(opened).toContainText('Contains milk, celery');
    await expectAccessible(screen);
    if (screen === expo) {
      await action(opened, 'print').click();
      await expectBand(band(screen.locator('dialog[data-print]')));
      await action(screen, 'close-print').click();
    }
    await screen.keyboard.press('Escape');
  }

  await action(grill, 'open-find').first().click();
  await grill.locator('dialog[open] input').fill('A1');
  await grill.keyboard.press('Enter');
  await expect(band(grill.locator(`[data-found-order-id="${order!.id}"]`))).toContainText('Alergia a los frutos secos');
  await grill.keyboard.press('Escape');

  await button(card(grill, order!), 'Bump').click();
  await expect(card(grill, order!)).toHaveCount(0);
  await action(grill, 'open-recall').first().click();
  await expectBand(band(grill.locator(`[data-recall-order-id="${order!.id}"]`)));
});

test('where the restaurant asks for it, an allergy is seen with a name at its station and at the hand-over, and a new one again', async ({
  world,
  open,
}) => {
  const restaurant = await world.setUpRestaurant({ allergySeen: true });
  const [order, plain] = await restaurant.placeAll([
    { number: 'A1', table: '4', allergies: ['nuts'], items: [burger] },
    { number: 'A2', table: '5', items: [burger] },
  ]);
  const [grill, expo] = await Promise.all([open(restaurant, 'kitchen', 'Grill'), open(restaurant, 'expo')]);
  await expect(button(card(grill, plain!), 'Bump')).toBeVisible();
  await expect(button(card(grill, order!), 'Bump')).toHaveCount(0);
  // A tap on the dish would be a way around it.
  await line(card(grill, order!), 'l1').getByRole('button').click();
  await expect(grill.getByText('a guest’s allergy was not seen yet')).toBeVisible();
  await action(card(grill, order!), 'see-allergy').click();
  await expect(band(card(grill, order!))).toContainText('Seen by Grill');
  await restaurant.change(order!, { kind: 'patch', patch: { allergies: ['nuts', 'milk'] } });
  await expect(band(card(grill, order!))).toContainText('nuts, milk');
  await expect(card(grill, order!)).toContainText('Allergy changed');
  await action(card(grill, order!), 'see-allergy').click();
  await button(card(grill, order!), 'Bump').click();
  await expect(card(grill, order!)).toHaveCount(0);
  await expect(card(expo, order!)).toHaveAttribute('data-complete', 'true');
  await expect(action(card(expo, order!), 'serve')).toHaveCount(0);
  await action(card(expo, order!), 'see-allergy').click();
  await expect(band(card(expo, order!))).toContainText('Seen by expo');
  await action(card(expo, order!), 'serve').click();
  await expect(card(expo, order!)).toHaveCount(0);
});

// The layout of the kitchen's board: the oldest ticket top left, none cut, few holes, and nothing that moves under a
// finger.
import type { Browser, Page } from '@playwright/test';
import { probe, takeProbed } from '../bench/support/screen-probe.ts';
import { expect, test } from './fixtures.ts';
import { indianRestaurant } from './full-board.ts';
import { prefer } from './kitchen.ts';
import { expectLegible, expectTargets } from './legible.ts';
import { guests } from './picture-orders.ts';
import { banner, button, card, cards, drawn, expectLive, line, settled, shownIds, wholePage } from './screens.ts';

const burger = { name: 'Burger', category: 'grill' };

interface Stand {
  id: string;
  slot: number;
  left: number;
  top: number;
  bottom: number;
}

async function stands(page: Page): Promise<Stand[]> {
  await wholePage(page);
  return cards(page).evaluateAll((found) =>
    found.map((one) => {
      const { left, top, bottom } = one.getBoundingClientRect();
      return {
        id: one.dataset['orderId']!,
        slot: Number(one.dataset['slot']),
        left: Math.round(left),
        top: Math.round(top),
        bottom,
      };
    }),
  );
}

test('reading left to right, then down, tickets are in the order of their fire, and their slots count up', async ({
  restaurant,
  open,
}) => {
  const sizes = [2, 1, 3, 1, 1, 2, 1, 1];
  const placed = await restaurant.placeAll(
    sizes.map((lines) => ({ items: Array.from({ length: lines }, (_, n) => ({ ...burger, name: `Burger ${n}` })) })),
  );
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await expect(cards(grill)).toHaveCount(placed.length);
  const read = await stands(grill);
  expect(read.map(({ id }) => id)).toEqual(placed.map(({ id }) => id));
  expect(read.map(({ slot }) => slot)).toEqual(placed.map((_, index) => index + 1));
  // Two rows of four: each runs from left to right, and the second lies below the first.
  const rows = [read.slice(0, 4), read.slice(4)];
  for (const row of rows)
    expect(row.map(({ left }) => left)).toEqual(row.map(({ left }) => left).toSorted((a, b) => a - b));
  for (const [column, below] of rows[1]!.entries()) expect(below).toMatchObject({ left: rows[0]![column]!.left });
  for (const [column, below] of rows[1]!.entries())
    expect(below.top).toBeGreaterThanOrEqual(Math.floor(rows[0]![column]!.bottom));
});

test('of sixty tickets none is cut, what is not in view is counted with the age of its oldest, and the pages hold them all', async ({
  world,
  open,
}) => {
  const restaurant = await indianRestaurant(world);
  await guests(restaurant, 60);
  const curry = await open(restaurant, 'kitchen', 'Curry');
  await expect(curry.getByRole('banner')).toContainText('60 open');
  const seen = new Set<string>();
  const pages = Number(/\/ (\d+)/.exec(await curry.getByRole('navigation').innerText())![1]);
  for (let page = 1; page <= pages; page++) {
    await expect(curry.getByRole('navigation')).toContainText(`${page} / ${pages}`);
    const here = await stands(curry);
    for (const { id, bottom } of here) {
      seen.add(id);
      expect(bottom).toBeLessThanOrEqual(800 - 64);
    }
    const hidden = curry.locator('[data-hidden]');
    await expect(hidden).toHaveAttribute('data-hidden', String(60 - new Set(here.map(({ id }) => id)).size));
    await expect(hidden).toContainText(/oldest \d+:\d\d/);
    await expectLegible(curry, { pages: true });
    if (page < pages) await curry.locator('[data-action=next-page]').click();
  }
  expect(seen.size).toBe(60);
  expect(pages, 'as full as the order allows').toBeLessThanOrEqual(10);
});

test('twenty tickets of one dish leave no page to waste: twelve are in view on a roomy board, all on a medium one', async ({
  restaurant,
  open,
}) => {
  await restaurant.placeAll(
    Array.from({ length: 20 }, () => ({ table: '12', items: [burger, { name: 'Cola', category: 'drinks' }] })),
  );
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await expect(grill.getByRole('banner')).toContainText('20 open');
  await expect(cards(grill)).toHaveCount(12);
  await expectTargets(grill, 64);
  await prefer(grill, { density: 'medium' });
  await expect(cards(grill)).toHaveCount(20);
  await expectLegible(grill, { pages: true });
});

test('a rush goes before older tickets, and one that is not in view is counted', async ({ restaurant, open }) => {
  const placed = await restaurant.placeAll(
    Array.from({ length: 14 }, (_, n) => ({ ...(n > 0 && { priority: 'RUSH' as const }), items: [burger] })),
  );
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await expect(grill.getByRole('banner')).toContainText('14 open');
  expect(await shownIds(grill)).toEqual(placed.slice(1, 13).map(({ id }) => id));
  await expect(grill.locator('[data-hidden]')).toHaveAttribute('data-hidden-rush', '1');
});

test('the compact board shows forty tickets at 1920 x 1080, and they can be read; the 1 Hz clock re-renders only clocks', async ({
  world,
  open,
}) => {
  const restaurant = await indianRestaurant(world);
  await guests(restaurant, 60);
  const curry = await open(restaurant, 'kitchen', 'Curry');
  await probe(curry);
  await curry.setViewportSize({ width: 1920, height: 1080 });
  await prefer(curry, { density: 'compact' });
  await expect(curry.locator('main[data-density=compact]')).toBeVisible();
  await expect(cards(curry).first()).toBeVisible();
  expect(new Set(await shownIds(curry)).size).toBeGreaterThanOrEqual(40);
  await expectLegible(curry, { pages: true });
  await expectTargets(curry, 64);
  const name = await curry
    .locator('[data-item-id] .font-semibold')
    .first()
    .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
  expect(name).toBeGreaterThanOrEqual(16);

  // A card or card head that is rendered each second would at least double this count.
  const clocks =
    (await curry.locator('article').count()) +
    (await curry
      .locator('header, footer')
      .getByText(/\d:\d\d|\d s/)
      .count());
  await takeProbed(curry);
  await curry.waitForTimeout(5000);
  const perSecond = new Map<number, number>();
  for (const { at, rendered } of (await takeProbed(curry)).commits)
    perSecond.set(Math.floor(at / 1000), (perSecond.get(Math.floor(at / 1000)) ?? 0) + rendered);
  // In one or two of these seconds a ticket becomes late, and all of it is rendered.
  const middle = [...perSecond.values()].sort((a, b) => a - b)[perSecond.size >> 1]!;
  expect(middle, 'components rendered in a second in which nothing changes').toBeGreaterThanOrEqual(40);
  expect(middle, 'components rendered in a second in which nothing changes').toBeLessThanOrEqual(clocks + 4);
});

test('a second that passes lays out nothing but its clocks, and a change of one card no other', async ({
  world,
  open,
  browser,
}) => {
  const restaurant = await indianRestaurant(world);
  await guests(restaurant, 60);
  const curry = await open(restaurant, 'kitchen', 'Curry');
  await expect(cards(curry).nth(3)).toBeVisible();
  // While a page opens it lays out more, and on a slow machine for longer. Then it says that it is slow.
  const board = curry.locator('[data-screen]');
  await expect(board).not.toHaveAttribute('data-slow');
  await expect(curry.locator('[data-coming]')).toHaveCount(0);
  await curry.evaluate(() => document.fonts.ready);
  await settled(curry);
  // Within this time some ticket becomes late, and cards glide again after a slow opening.
  const passed = await layouts(browser, curry, () => curry.waitForTimeout(15_000));
  expect(passed.ofAll, 'layouts of the whole page while nothing but the time passes').toEqual([]);
  // Each clock lays out its box and its text. A whole card would be dozens of elements.
  const clocks = await curry.locator('[data-shape]').count();
  expect(passed.most, 'elements laid out at once for the clocks that turn over').toBeGreaterThan(2);
  expect(passed.most, 'elements laid out at once for the clocks that turn over').toBeLessThanOrEqual(4 * clocks);
  const glides = await layouts(browser, curry, async () => {
    for (let times = 0; times < 2; times++) {
      await board.evaluate((element) => element.toggleAttribute('data-motion'));
      await drawn(curry);
    }
  });
  expect(glides.ofAll, 'layouts of the whole page for cards that glide, or do not').toEqual([]);
  // Texts that change only now and then: the age of a confirmation that is late, the time of day, the number of pages,
  // the number of late tickets.
  const seldom = await layouts(browser, curry, async () => {
    for (const [told, later] of [
      [curry.getByText('Live · confirmed 0 s ago'), 'Live · confirmed 7 s ago'],
      [curry.getByRole('banner').locator('time').getByText(':'), '12:34'],
      [curry.getByRole('navigation').getByText('1 /'), '1 / 8'],
      [curry.getByRole('banner').getByText(/^\d+ late$/), '31 late'],
    ] as const) {
      await told.evaluate((element, text) => {
        (element.firstChild as Text).data = text;
      }, later);
      await drawn(curry);
    }
  });
  expect(seldom.ofAll, 'layouts of the whole page for what turns over').toEqual([]);
  const mark = cards(curry).nth(2).locator('[data-action=mark]').first();
  const marked = await layouts(browser, curry, async () => {
    await mark.click();
    await expect(cards(curry).nth(2).locator('[data-item-id][data-state=ready]')).toHaveCount(1);
    await drawn(curry);
  });
  expect(marked.ofAll, 'layouts of the whole page for a dish that is marked').toEqual([]);
});

/** The layouts that the browser does while `act` runs, read from the browser's own trace. */
async function layouts(
  browser: Browser,
  page: Page,
  act: () => Promise<void>,
): Promise<{ ofAll: string[]; most: number }> {
  await browser.startTracing(page, {
    categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline.invalidationTracking'],
  });
  await act();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: {
      name: string;
      ph: string;
      ts: number;
      args: {
        beginData?: { partialLayout: boolean; dirtyObjects: number; totalObjects: number };
        data?: { nodeName?: string; reason?: string };
      };
    }[];
  };
  const events = traceEvents.toSorted((a, b) => a.ts - b.ts);
  const all = events.filter(
    ({ name, ph, args }) => name === 'Layout' && ph === 'X' && args.beginData && args.beginData.dirtyObjects > 0,
  );
  const whole = all.filter(({ args }) => !args.beginData!.partialLayout);
  return {
    ofAll: whole.map(({ ts }) => becauseOf(events, ts)),
    most: Math.max(0, ...all.map(({ args }) => args.beginData!.totalObjects)),
  };
}

/** The elements whose change asked for the layout at this moment: those invalidated since the one before. */
function becauseOf(
  events: readonly { name: string; ts: number; args: { data?: { nodeName?: string; reason?: string } } }[],
  at: number,
): string {
  const before = events.filter(({ ts }) => ts < at);
  const since = before.findLastIndex(({ name }) => name === 'Layout') + 1;
  const reasons = before
    .slice(since)
    .filter(({ name }) => name === 'LayoutInvalidationTracking')
    .map(({ args }) => `${args.data?.nodeName}: ${args.data?.reason}`);
  return [...new Set(reasons)].join('; ') || 'unknown';
}

test('a tablet that is slow to draw gets new cards a few at a time, the oldest first, and confirms none before it is there', async ({
  restaurant,
  open,
}) => {
  const [first] = await restaurant.placeAll([{ items: [burger] }]);
  const grill = await open(restaurant, 'kitchen', 'Grill', { viewport: { width: 1920, height: 1080 } });
  await expect(cards(grill)).toHaveCount(1);
  const session = await grill.context().newCDPSession(grill);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 10 });
  for (let quantity = 2; quantity < 10; quantity++) {
    restaurant.change(first!, { kind: 'quantity', line: 'l1', quantity });
    await expect(line(card(grill, first!), 'l1')).toHaveAttribute('data-quantity', String(quantity));
  }
  await grill.evaluate(() => {
    const seen = { together: [] as number[][], early: [] as string[] };
    Object.assign(globalThis, { seen });
    new MutationObserver((changes) => {
      const added = changes
        .flatMap(({ addedNodes }) => [...addedNodes])
        .flatMap((node) => (node instanceof Element ? [...node.querySelectorAll<HTMLElement>('article')] : []));
      if (added.length) seen.together.push(added.map((card) => Number(card.dataset['slot'])));
    }).observe(document.body, { subtree: true, childList: true });
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (data) {
      const ids = /"type":"shown"/.test(String(data))
        ? [...String(data).matchAll(/"([^"]+)"/g)].map(([, word]) => word!)
        : [];
      // The message lists the ids after the word `ticketIds`. An id without a card on the page was confirmed too early.
      seen.early.push(
        ...ids
          .slice(ids.indexOf('ticketIds') + 1)
          .filter((id) => !document.querySelector(`article[data-ticket-id="${CSS.escape(id)}"]`)),
      );
      return send.call(this, data);
    };
  });
  // All of them are there when the page is no longer busy.
  const busy = grill.evaluate(() => {
    const until = performance.now() + 3000;
    while (performance.now() < until);
  });
  await restaurant.placeAll(Array.from({ length: 14 }, () => ({ items: [burger] })));
  await busy;
  await expect(cards(grill)).toHaveCount(15);
  await grill.waitForTimeout(1500);
  const { together, early } = await grill.evaluate(
    () => (globalThis as unknown as { seen: { together: number[][]; early: string[] } }).seen,
  );
  expect(together.flat()).toEqual(Array.from({ length: 14 }, (_, n) => n + 2));
  expect(Math.max(...together.map(({ length }) => length)), JSON.stringify(together)).toBeLessThanOrEqual(2);
  expect(early, 'confirmed before they were there').toEqual([]);
});

test('a ticket of 25 lines continues in the next slots and says in which', async ({ restaurant, open }) => {
  const [before, long] = await restaurant.placeAll([
    { items: [burger] },
    { number: 'LONG', items: Array.from({ length: 25 }, (_, n) => ({ ...burger, name: `Burger ${n + 1}` })) },
  ]);
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await expect(card(grill, before!)).toHaveCount(1);
  const parts = card(grill, long!);
  await expect(parts).toHaveCount(4);
  const slots = await parts.evaluateAll((found) => found.map((one) => one.dataset['slot']));
  for (const index of [0, 1, 2])
    await expect(parts.nth(index).locator('[data-continues]')).toHaveAttribute('data-continues', slots[index + 1]!);
  await expect(parts.locator('[data-item-id]')).toHaveCount(25);
  await expect(parts.locator('[data-action=bump]')).toHaveCount(1);
});

test('where places are fixed, a free one stays free until the next new ticket, and nothing else moves', async ({
  restaurant,
  open,
}) => {
  const placed = await restaurant.placeAll(Array.from({ length: 6 }, () => ({ items: [burger] })));
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await prefer(grill, { places: 'fixed' });
  await expect(cards(grill)).toHaveCount(6);
  const before = await stands(grill);
  await button(card(grill, placed[1]!), 'Bump').click();
  await expect(cards(grill)).toHaveCount(5);
  expect(await stands(grill)).toEqual(before.filter(({ id }) => id !== placed[1]!.id));
  const next = restaurant.place({ items: [burger] });
  await expect(card(grill, next)).toBeVisible();
  const { id: _, ...free } = before.find(({ id }) => id === placed[1]!.id)!;
  expect((await stands(grill)).find(({ id }) => id === next.id)).toMatchObject(free);
});

test('a tap within 400 ms where a ticket has moved does nothing', async ({ restaurant, open }) => {
  const placed = await restaurant.placeAll(Array.from({ length: 3 }, (_, n) => ({ number: `A${n}`, items: [burger] })));
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await expect(cards(grill)).toHaveCount(3);
  await settled(grill);
  const box = (await button(card(grill, placed[0]!), 'Bump').boundingBox())!;
  // The second tap comes as soon as the board has moved: no finger is faster.
  const at = await grill.evaluate(
    async ([x, y]) => {
      const tap = () => {
        const target = document.elementFromPoint(x!, y!);
        (target?.closest('button') as HTMLElement | null)?.click();
        return target?.closest('article')?.getAttribute('aria-label') ?? null;
      };
      const cover = document.querySelector<HTMLElement>('[data-cover]')!;
      const covered = new Promise<void>((resolve) => {
        new MutationObserver(() => {
          if (!cover.hidden) resolve();
        }).observe(cover, { attributes: true });
      });
      const first = tap();
      await covered;
      const second = tap();
      return { first, second };
    },
    [box.x + box.width / 2, box.y + box.height / 2],
  );
  expect(at.first).toContain('Order A0');
  expect(at.second).toBeNull();
  await expect(cards(grill)).toHaveCount(2);
  await settled(grill);
  // A finger that came down meanwhile and stays until the pause is over does nothing either.
  expect(
    await grill.evaluate(
      async ([x, y]) => {
        const find = () => document.elementFromPoint(x!, y!)!;
        const touch = (type: string, target: Element, touches: boolean) => {
          const finger = new Touch({ identifier: 1, target, clientX: x!, clientY: y! });
          const event = new TouchEvent(type, {
            bubbles: true,
            cancelable: true,
            touches: touches ? [finger] : [],
            changedTouches: [finger],
          });
          target.dispatchEvent(event);
          return event;
        };
        const cover = document.querySelector<HTMLElement>('[data-cover]')!;
        const covered = new Promise<void>((resolve) => {
          new MutationObserver((_, watch) => {
            if (!cover.hidden) {
              watch.disconnect();
              resolve();
            }
          }).observe(cover, { attributes: true });
        });
        find().closest('button')!.click();
        await covered;
        const target = find();
        touch('touchstart', target, true);
        await new Promise((resolve) => setTimeout(resolve, 450));
        return touch('touchend', target, false).defaultPrevented;
      },
      [box.x + box.width / 2, box.y + box.height / 2],
    ),
  ).toBe(true);
  await expect(cards(grill)).toHaveCount(1);
  await button(grill, 'Undo').click();
  await expect(cards(grill)).toHaveCount(2);
  await settled(grill);
  await button(card(grill, placed[1]!), 'Bump').click();
  await expect(cards(grill)).toHaveCount(1);
});

test('the banner moves no ticket', async ({ restaurant, open }) => {
  await restaurant.placeAll(Array.from({ length: 5 }, () => ({ items: [burger] })));
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await expect(cards(grill)).toHaveCount(5);
  const before = await stands(grill);
  await grill.context().setOffline(true);
  await expect(banner(grill)).toBeVisible();
  expect(await stands(grill)).toEqual(before);
  await grill.context().setOffline(false);
  await expectLive(grill);
});

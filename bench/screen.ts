// The kitchen's screen on a slow tablet: 60 tickets in view of 300 at the station, 20 changes a second, the processor
// throttled 4x. It measures the length of tasks, the time from a tap to its frame, the cost of the clocks' second, and
// the time until a cold page is ready. The same is measured without the throttle, and a page without a board is opened
// beside it, so that the machine's own pace can be told from ours.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, CDPSession, Page } from '@playwright/test';
import type { Order } from '../simulator/order.ts';
import { Platform } from '../simulator/platform.ts';
import { pairedPage, startBrowser } from './support/browser.ts';
import { awaitQuiet, watchLoad } from './support/load.ts';
import { traceTasks } from './support/long-tasks.ts';
import { printSelfTimes, spentBy, spentWords, throttled, type Spent } from './support/page-time.ts';
import { probe, takeProbed, type Probed } from './support/screen-probe.ts';
import {
  flag,
  machine,
  option,
  queryOne,
  startServer,
  until,
  withBench,
  type BenchRestaurant,
  type Server,
} from './support/set-up.ts';
import { figure, overRuns, percentile, printTable } from './support/statistics.ts';

const IN_VIEW = option('in-view', 60);
const TICKETS = option('tickets', 300);
const RATE = option('rate', 20);
const SECONDS = option('seconds', 20);
const TAPS = option('taps', 30);
const RUNS = option('runs', 3);
const QUIET_S = option('quiet', 0);
const STATION = 'Kitchen';
/** The smallest usual size of a screen that shows this many cards of one dish in the medium density. */
const VIEWPORT = { width: 2560, height: 1440 };
const PREFERENCES = { version: 1, density: 'medium' };

await withBench('screen', async (bench) => {
  const platform = await new Platform({ brokers: [bench.brokers], appEnv: 'prod' }).listen();
  bench.undo.push(() => platform.close());
  await bench.kafka.createTopic(platform.topic, 4);
  const server = await startServer(bench, { APP_ENV: 'prod', ORDER_API_URL: platform.url });
  const browser = await startBrowser(bench);
  console.log(`screen: ${TICKETS} tickets, ${RATE} changes/s for ${SECONDS} s, ${machine()}`);

  for (const throttle of flag('throttled') ? [4] : [1, 4]) {
    // Each part has a board of its own, because tickets that were changed are higher.
    const restaurant = `r-${throttle}`;
    const stations: BenchRestaurant['stations'] = [{ name: STATION, fallback: true, categories: [] }];
    await server.operator.setUp({ id: restaurant, name: restaurant, timeZone: 'UTC', stations });
    const orders = Array.from({ length: TICKETS }, (_, n) => place(platform, restaurant, n));
    await until(
      'all orders are in the database',
      60_000,
      async () =>
        (
          await queryOne<{ n: number }>(
            bench,
            `SELECT count(*)::int AS n FROM orders WHERE restaurant_id = '${restaurant}'`,
          )
        ).n === TICKETS,
      100,
    );
    const screen = { restaurantId: restaurant, station: STATION };
    if (QUIET_S) await awaitQuiet(QUIET_S);
    const load = watchLoad({ [server.pid]: 'server' });
    const opened: Opening[] = [];
    const empty: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      opened.push(await open(browser, server, screen, throttle));
      empty.push(await openEmpty(browser, server, throttle));
    }
    await underLoad(browser, server, screen, platform, orders, throttle);
    const over = (pick: (opening: Opening) => number) => overRuns(opened.map(pick));
    if (opened.length)
      console.log(
        `  a cold page: first card ${over(({ firstCard }) => firstCard)} ms, ` +
          `live ${over(({ live }) => live)} ms${throttle > 1 ? ' (goal 2000)' : ''}; ` +
          `a page without a board ${overRuns(empty)} ms; ` +
          `longest task while opening ${over(({ longest }) => longest)} ms`,
      );
    for (const { spent } of opened.slice(-1)) console.log(`  a page that opens spends: ${spentWords(spent)}`);
    console.log(`  ${load()}`);
  }
});

interface Screen {
  restaurantId: string;
  station: string;
}

function place(platform: Platform, restaurantId: string, n: number): Order {
  const name = ['Chicken Tikka Masala', 'Garlic Naan', 'Lamb Rogan Josh', 'Saag Paneer'][n % 4]!;
  return platform.place({
    restaurantId,
    table: String(1 + (n % 60)),
    items: [{ name, category: 'curry', modifiers: n % 3 ? [] : [{ name: 'No cream', kind: 'REMOVE' as const }] }],
  });
}

interface Opening {
  firstCard: number;
  live: number;
  longest: number;
  spent: Spent;
}

/** In ms from the navigation's start, by the page's own clock. */
async function open(browser: Browser, server: Server, screen: Screen, throttle: number): Promise<Opening> {
  const { page, path } = await pairedPage(browser, server, screen, VIEWPORT);
  const session = await throttled(page, throttle);
  await probe(page);
  await page.addInitScript(
    (preferences) => localStorage.setItem('heard.preferences', JSON.stringify(preferences)),
    PREFERENCES,
  );
  await page.addInitScript(() => {
    const opened = { firstCard: 0, live: 0 };
    Object.assign(globalThis, { heardOpened: opened });
    new MutationObserver(() => {
      if (!opened.firstCard && document.querySelector('[data-order-id]')) opened.firstCard = performance.now();
      if (!opened.live && document.querySelector('[data-connection="live"]')) opened.live = performance.now();
    }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-connection'] });
  });
  await page.goto(path);
  const seen = await page.waitForFunction(
    () => {
      const { firstCard, live } = (globalThis as unknown as { heardOpened: Opening }).heardOpened;
      return firstCard && live ? { firstCard, live } : null;
    },
    undefined,
    { timeout: 60_000, polling: 200 },
  );
  const { firstCard, live } = (await seen.jsonValue())!;
  await page.waitForTimeout(500);
  const { longTasks } = await takeProbed(page);
  const spent = await spentBy(session);
  await page.context().close();
  return { firstCard, live, longest: Math.max(0, ...longTasks), spent };
}

/** The baseline: the same framework, font and styles, and no board. */
async function openEmpty(browser: Browser, server: Server, throttle: number): Promise<number> {
  const page = await (await browser.newContext({ viewport: VIEWPORT })).newPage();
  await throttled(page, throttle);
  await page.goto(`${server.url}/not-paired`);
  const loaded = await page.evaluate(
    () => (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).loadEventEnd,
  );
  await page.context().close();
  return loaded;
}

async function underLoad(
  browser: Browser,
  server: Server,
  screen: Screen,
  platform: Platform,
  orders: readonly Order[],
  throttle: number,
): Promise<void> {
  const { page, path } = await pairedPage(browser, server, screen, VIEWPORT);
  await probe(page);
  await page.addInitScript(
    (preferences) => localStorage.setItem('heard.preferences', JSON.stringify(preferences)),
    PREFERENCES,
  );
  await page.goto(path);
  await page.waitForSelector('[data-connection="live"]');
  const session = await throttled(page, throttle);
  const inView = await page.locator('article[data-order-id]').count();
  await sleep(3000);
  await takeProbed(page);

  // At first nothing happens except the clocks.
  await sleep(5000);
  const idle = await takeProbed(page, false);
  let stop = false;
  const producing = produce(platform, orders, () => stop);
  await sleep(1000);
  await takeProbed(page, false);
  const before = await spentBy(session);
  if (flag('profile')) {
    await session.send('Profiler.enable');
    await session.send('Profiler.start');
  }
  const printTasks = flag('tasks') ? await traceTasks(browser, page) : async () => {};
  await Promise.all([sleep(SECONDS * 1000), tap(page, session)]);
  await printTasks();
  if (flag('profile')) printSelfTimes((await session.send('Profiler.stop')).profile);
  const after = await spentBy(session);
  stop = true;
  await producing;
  await sleep(500);
  const busy = await takeProbed(page);
  const inViewAtLast = await page.locator('article[data-order-id]').count();
  await page.context().close();
  report(throttle, [inView, inViewAtLast], idle, busy);
  const during = (work: keyof Spent) => after[work] - before[work];
  const spent = { script: during('script'), layout: during('layout'), style: during('style'), task: during('task') };
  console.log(`  under load it spends: ${spentWords(spent)} in ${SECONDS} s`);
}

/** Quantities of orders all over the station change, and every tenth change is a new order. */
async function produce(platform: Platform, orders: readonly Order[], over: () => boolean): Promise<void> {
  const began = performance.now();
  for (let n = 0; !over(); n++) {
    await sleep(Math.max(0, began + (n * 1000) / RATE - performance.now()));
    if (n % 10 === 9) {
      place(platform, orders[0]!.restaurantId, n);
      continue;
    }
    const order = orders[(n * 37) % orders.length]!;
    platform.change(order.id, { kind: 'quantity', line: 'l1', quantity: 1 + (n % 9) });
  }
}

/** The time that a finger stays on the glass. */
const FINGER_MS = 60;

/**
 * Taps as a cook does, all over the page: the first dish of a card, once more to undo that, then the foot of another
 * card.
 */
async function tap(page: Page, session: CDPSession): Promise<void> {
  for (let n = 0; n < TAPS; n++) {
    const where = n % 3 < 2 ? '[data-item-id] button' : '[data-action="bump"]';
    const at = await page.evaluate(
      ([selector, which]) => {
        const box = document.querySelectorAll(selector)[which]?.getBoundingClientRect();
        return box ? { x: box.x + 40, y: box.y + box.height / 2 } : null;
      },
      [`article[data-order-id] ${where}`, n < 18 ? n - (n % 3) : n % 3 < 2 ? 3 : 9] as const,
    );
    if (at) {
      await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] });
      await sleep(FINGER_MS);
      await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    }
    await sleep(Math.min(700, (SECONDS * 1000) / TAPS));
  }
}

function report(throttle: number, inView: readonly [number, number], idle: Probed, busy: Probed): void {
  console.log(
    `\nprocessor ${throttle > 1 ? `throttled ${throttle}x` : 'not throttled'}: ` +
      `${inView[0]} tickets in view at first, ${inView[1]} at last` +
      (Math.max(...inView) < IN_VIEW ? ` (fewer than ${IN_VIEW})` : ''),
  );
  const ms = (values: readonly number[]) =>
    ['n', 'p50', 'p90', 'max'].map((what) =>
      what === 'n' ? String(values.length) : percentile(values, { p50: 0.5, p90: 0.9, max: 1 }[what]!),
    );
  const goal = throttle > 1 ? ' (goal 100)' : '';
  printTable(
    ['ms', 'n', 'p50', 'p90', 'max'],
    [
      [`tap on a dish until it is marked${goal}`, ...ms(busy.marks)],
      [`tap on the foot until the ticket is gone${goal}`, ...ms(busy.bumps)],
      ['change received to drawn', ...ms(busy.frames)],
      [`tasks over 50 ms${throttle > 1 ? ' (goal none)' : ''}`, ...ms(busy.longTasks)],
      ['tasks over 50 ms, nothing but time passing', ...ms(idle.longTasks)],
    ],
  );
  const perSecond = new Map<number, number>();
  for (const { at, rendered } of idle.commits)
    perSecond.set(Math.floor(at / 1000), (perSecond.get(Math.floor(at / 1000)) ?? 0) + rendered);
  const [usual, most] = [percentile([...perSecond.values()], 0.5), Math.max(0, ...perSecond.values())];
  console.log(
    `  components rendered in a second in which nothing changes: ${figure(usual)}, the most ${figure(most)} ` +
      "(one clock a ticket, and the head's)",
  );
}

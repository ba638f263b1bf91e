// 3,000 open tickets at one station: the server's memory, and the time that a kitchen's screen takes to open. Goals:
// below 400 MB of resident memory; open in 2 s.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from '@playwright/test';
import { Platform } from '../simulator/platform.ts';
import { pairedPage, startBrowser } from './support/browser.ts';
import { awaitQuiet, watchLoad } from './support/load.ts';
import {
  OPS_TOKEN,
  machine,
  option,
  queryOne,
  startServer,
  until,
  withBench,
  type BenchRestaurant,
  type Server,
} from './support/set-up.ts';
import { figure, overRuns, printTable } from './support/statistics.ts';

const TICKETS = option('tickets', 3000);
const RUNS = option('runs', 3);
const QUIET_S = option('quiet', 0);
const RESTAURANT = 'r-1';
const STATION = 'Kitchen';
const MB = 1024 * 1024;

await withBench('open-tickets', async (bench) => {
  const platform = await new Platform({ brokers: [bench.brokers], appEnv: 'prod' }).listen();
  bench.undo.push(() => platform.close());
  await bench.kafka.createTopic(platform.topic, 4);
  console.log(`open-tickets: ${TICKETS} tickets, ${machine()}`);
  const environment = { APP_ENV: 'prod', ORDER_API_URL: platform.url };
  const server = await startServer(bench, environment);
  const stations: BenchRestaurant['stations'] = [
    { name: STATION, fallback: true, categories: [] },
    { name: 'Bar', categories: ['drinks'] },
  ];
  await server.operator.setUp({ id: RESTAURANT, name: RESTAURANT, timeZone: 'UTC', stations });
  const memory: Memory[] = [];
  const recordMemory = async (when: string, of: Server) => {
    memory.push({ when, ...(await memoryOf(of)) });
  };

  await sleep(3000);
  await recordMemory('started, nothing to do', server);
  const began = performance.now();
  for (let n = 0; n < TICKETS; n++) place(platform, n);
  await platform.flush();
  await until(
    'all orders are in the database',
    120_000,
    async () => (await queryOne<{ n: number }>(bench, 'SELECT count(*)::int AS n FROM orders')).n === TICKETS,
    100,
  );
  console.log(`ingested in ${figure((performance.now() - began) / 1000)} s`);
  await recordMemory('right after ingest', server);
  await sleep(10_000);
  await recordMemory('10 s later', server);

  const browser = await startBrowser(bench);
  await openScreens('unthrottled', 1, browser, server);
  await openScreens('CPU throttled 4x', 4, browser, server);
  await recordMemory('after the screens opened', server);
  await sleep(30_000);
  await recordMemory('30 s later', server);
  await server.stop();

  const again = await startServer(bench, environment);
  await sleep(3000);
  await recordMemory('started anew on these tickets', again);
  await openScreens('first after a start', 1, browser, again, 1);
  await recordMemory('one screen opened', again);
  console.log(`\nserver's memory in MB (goal 400); "rest" is code, stacks, wasm and what the allocator keeps`);
  const rows = memory.map(({ when, rss, peak, heapUsed, heapTotal, external }) => [
    when,
    rss,
    peak,
    heapUsed,
    heapTotal,
    external,
    rss - heapTotal - external,
  ]);
  printTable(['', 'RSS', 'peak RSS', 'heap used', 'heap total', 'external', 'rest'], rows);
});

function place(platform: Platform, n: number): void {
  const { chance } = platform;
  const modifiers = chance.happens(0.3) ? [{ name: 'No cream', kind: 'REMOVE' as const }] : [];
  platform.place({
    restaurantId: RESTAURANT,
    table: String(chance.int(1, 60)),
    items: [
      {
        name: 'Chicken Tikka Masala',
        sku: 'CTM',
        category: 'curry',
        quantity: chance.int(1, 3),
        modifiers,
        allergens: ['milk'],
      },
      { name: 'Garlic Naan', sku: 'GN', category: 'bread', note: n % 10 ? '' : 'well done' },
      { name: 'Mango Lassi', sku: 'ML', category: 'drinks' },
    ],
  });
}

interface Memory {
  when: string;
  rss: number;
  peak: number;
  heapUsed: number;
  heapTotal: number;
  external: number;
}

async function memoryOf(server: Server): Promise<Omit<Memory, 'when'>> {
  const text = await (
    await fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${OPS_TOKEN}` } })
  ).text();
  const metric = (name: string) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1]) / MB;
  const { rss, peak } = server.memoryMb();
  return {
    rss,
    peak,
    heapUsed: metric('nodejs_heap_size_used_bytes'),
    heapTotal: metric('nodejs_heap_size_total_bytes'),
    external: metric('nodejs_external_memory_bytes'),
  };
}

interface Opening {
  html: number;
  socket: number;
  asked: number;
  snapshot: number;
  firstCard: number;
  live: number;
  frameBytes: number;
  longestTask: number;
  count: string;
}

async function openScreens(
  what: string,
  throttle: number,
  browser: Browser,
  server: Server,
  runs = RUNS,
): Promise<void> {
  if (QUIET_S) await awaitQuiet(QUIET_S);
  const load = watchLoad({ [server.pid]: 'server' });
  const openings: Opening[] = [];
  for (let run = 0; run < runs; run++) openings.push(await openScreen(throttle, browser, server));
  const busy = load();
  const over = (pick: (opening: Opening) => number) => overRuns(openings.map(pick));
  console.log(
    `\na cold screen opens, ${what}: first card after ${over(({ firstCard }) => firstCard)} ms, ` +
      `live after ${over(({ live }) => live)} ms (goal 2000)`,
  );
  const steps: [string, (opening: Opening) => number][] = [
    ['HTML', ({ html }) => html],
    ['socket begun', ({ socket }) => socket],
    ['board asked for', ({ asked }) => asked],
    ['snapshot here', ({ snapshot }) => snapshot],
  ];
  console.log(
    `  after ms: ${steps.map(([name, pick]) => `${name} ${over(pick)}`).join(', ')}; ` +
      `snapshot ${over(({ frameBytes }) => frameBytes / 1024)} KB`,
  );
  console.log(
    `  longest task ${over(({ longestTask }) => longestTask)} ms; its header says "${openings[0]?.count}"\n  ${busy}`,
  );
}

/** Times are in ms from the navigation's start, by the page's own clock. */
async function openScreen(throttle: number, browser: Browser, server: Server): Promise<Opening> {
  const { page, path } = await pairedPage(browser, server, { restaurantId: RESTAURANT, station: STATION });
  if (throttle > 1)
    await (await page.context().newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: throttle });
  await page.addInitScript(() => {
    const opened = { socket: 0, asked: 0, snapshot: 0, firstCard: 0, live: 0, frameBytes: 0, longestTask: 0 };
    Object.assign(globalThis, { heardOpened: opened });
    globalThis.WebSocket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        opened.socket = performance.now();
        this.addEventListener('message', ({ data }) => {
          if (typeof data !== 'string' || !data.includes('"type":"snapshot"')) return;
          opened.snapshot = performance.now();
          opened.frameBytes = new TextEncoder().encode(data).length;
        });
      }
      override send(data: string): void {
        if (data.includes('subscribe')) opened.asked ||= performance.now();
        super.send(data);
      }
    };
    new MutationObserver(() => {
      if (!opened.firstCard && document.querySelector('[data-order-id]')) opened.firstCard = performance.now();
      if (!opened.live && document.querySelector('[data-connection="live"]')) opened.live = performance.now();
    }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-connection'] });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) opened.longestTask = Math.max(opened.longestTask, duration);
    }).observe({ type: 'longtask', buffered: true });
  });
  await page.goto(path);
  await page.waitForFunction(
    () => {
      const { firstCard, live } = (globalThis as unknown as { heardOpened: Opening }).heardOpened;
      return firstCard > 0 && live > 0;
    },
    undefined,
    { timeout: 60_000, polling: 200 },
  );
  await page.waitForTimeout(300);
  const opening = await page.evaluate(() => ({
    ...(globalThis as unknown as { heardOpened: Opening }).heardOpened,
    html: (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).responseEnd,
    count: document.querySelector('header')?.textContent.slice(0, 40) ?? '',
  }));
  await page.context().close();
  return opening;
}

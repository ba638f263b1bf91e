// From the produce call to the change on the kitchen's screen: 50 events a second over five restaurants, most of them
// at the station whose screen is open. In the same run the same messages are timed to a consumer that does nothing.
// Goal: p50 below 60 ms, p99 below 250 ms.
import { setTimeout as sleep } from 'node:timers/promises';
import { CrewScreen } from '../simulator/crew-screen.ts';
import { Platform } from '../simulator/platform.ts';
import { clockOffset, now, pairedPage, startBrowser } from './support/browser.ts';
import {
  flag,
  machine,
  option,
  printStatements,
  startServer,
  until,
  withBench,
  type Bench,
  type BenchRestaurant,
  type Server,
} from './support/set-up.ts';
import { awaitQuiet, watchLoad } from './support/load.ts';
import { printProfile, profiling } from './support/profile.ts';
import { readCommits, recordCalls, startBareConsumer, type Call, type Commit } from './support/stages.ts';
import { figure, overRuns, percentile, printTable, spreadOf, type Spread } from './support/statistics.ts';
import { watch, watchedIn, type Seen, type Watched } from './support/watcher.ts';

const RATE = option('rate', 50);
const SECONDS = option('seconds', 30);
const RUNS = option('runs', 3);
const API_MS = option('latency', 5);
const QUIET_S = option('quiet', 0);
const WARM_UP_S = 6;
const STATION = 'Kitchen';
const RESTAURANTS = ['r-1', 'r-2', 'r-3', 'r-4', 'r-5'];
/**
 * HERE is the share of events at the open screen's station. NEW is the share of new orders among those; the others
 * change a quantity on a card.
 */
const HERE = 0.7;
const NEW = 0.2;
/** Older tickets are bumped, so that every measured card is on the visible page. */
const OPEN_CARDS = 8;
const LAST_CHANGE_MS = 300;

/** One event at the screen's station. `quantity` is null for a card that is to appear. */
interface Event {
  orderId: string;
  version: number;
  quantity: number | null;
  at: number;
}

async function startCrew(bench: Bench, server: Server): Promise<CrewScreen> {
  const device = await server.operator.pair({
    name: 'crew',
    restaurantId: RESTAURANTS[0]!,
    role: 'kitchen',
    station: STATION,
  });
  const crew = new CrewScreen(server.url, device, () => {});
  bench.undo.push(() => crew.close());
  await until('the crew is connected', 10_000, () => crew.live);
  return crew;
}

/** @returns the events at the screen's station, without those of the warm-up */
async function produce(platform: Platform, crew: CrewScreen): Promise<Event[]> {
  const { chance } = platform;
  const open: { id: string; quantity: number; changedAt: number }[] = [];
  const elsewhere: string[] = [];
  const events: Event[] = [];
  const dishes = [
    { name: 'Chicken Tikka Masala', category: 'curry' },
    { name: 'Mango Lassi', category: 'drinks' },
  ];
  const place = (restaurantId: string) =>
    platform.place({ restaurantId, table: String(chance.int(1, 40)), items: dishes });

  const changeHere = () => {
    const at = now();
    // Only cards older than 200 ms are changed: a card placed or changed just now may not be drawn yet, and its next
    // change would hide this one.
    const card = chance.happens(NEW)
      ? undefined
      : open.toSorted((a, b) => a.changedAt - b.changedAt).find(({ changedAt }) => at - changedAt > 200);
    if (!card) {
      const { id, version } = place(RESTAURANTS[0]!);
      open.push({ id, quantity: 1, changedAt: at });
      events.push({ orderId: id, version, quantity: null, at });
      if (open.length > OPEN_CARDS) void bump(crew, open.shift()!.id);
      return;
    }
    card.quantity += 1;
    card.changedAt = at;
    const { version } = platform.change(card.id, { kind: 'quantity', line: 'l1', quantity: card.quantity });
    events.push({ orderId: card.id, version, quantity: card.quantity, at });
  };
  const changeElsewhere = () => {
    if (elsewhere.length < 20 || chance.happens(0.5))
      elsewhere.push(place(RESTAURANTS[chance.int(1, RESTAURANTS.length - 1)]!).id);
    else platform.change(elsewhere.shift()!, 'complete');
  };

  const began = now();
  for (let n = 0; n < RATE * (WARM_UP_S + SECONDS); n++) {
    await sleep(Math.max(0, began + (n * 1000) / RATE - now()));
    if (chance.happens(HERE)) changeHere();
    else changeElsewhere();
  }
  await sleep(1500);
  for (const { id } of open) await bump(crew, id);
  return events.filter(({ at }) => at > began + WARM_UP_S * 1000);
}

/** Bumps repeatedly until the ticket has left, because a change after the acknowledgement keeps it on the board. */
async function bump(crew: CrewScreen, orderId: string): Promise<void> {
  await until('the order is on the board', 10_000, () => crew.orders.has(orderId));
  for (let tries = 0; tries < 20; tries++) {
    await sleep(LAST_CHANGE_MS);
    const order = crew.orders.get(orderId);
    const ticket = order?.tickets.find(({ stationId }) => stationId === crew.stationId);
    if (!order || !ticket) return;
    const flagged = ticket.notices.length > 0 || order.lines.some((line) => line.ticketId === ticket.id && line.flag);
    if (flagged) await crew.send({ kind: 'acknowledge', orderId, ticketId: ticket.id });
    else if (ticket.state !== 'open') return;
    if (ticket.state === 'open') await crew.send({ kind: 'bump', orderId, ticketId: ticket.id });
  }
}

/** In ms from the produce call. */
interface Stages {
  bare: number;
  asked: number;
  answered: number;
  decided: number;
  committed: number;
  frame: number;
  dom: number;
  painted: number;
  isNew: boolean;
}
interface Sources {
  watched: Watched;
  offset: number;
  received: Map<string, number>;
  calls: Map<string, Call[]>;
  commits: Map<string, Commit[]>;
}

function stagesOf(events: Event[], { watched, offset, received, calls, commits }: Sources): Stages[] {
  const frames = frameTimes(watched);
  const stages = events.map(({ orderId, version, quantity, at }) => {
    const shows = ({ itemId, quantity: shown }: Seen) =>
      quantity === null ? itemId === null : itemId === 'l1' && shown >= quantity;
    const seen = watched.seen.find((one) => one.orderId === orderId && shows(one));
    const call = calls.get(orderId)?.find(({ ended }) => ended >= at);
    const commit = commits.get(orderId)?.find((one) => one.version >= version);
    const frame = frames.get(orderId)?.find((one) => one.version >= version);
    const since = (time: number | undefined) => (time === undefined ? Number.NaN : time - at);
    return {
      bare: since(received.get(`${orderId} ${version}`)),
      asked: since(call?.began),
      answered: since(call?.ended),
      decided: since(commit?.began),
      committed: since(commit?.committed),
      frame: since(frame && frame.at + offset),
      dom: since(seen && seen.at + offset),
      painted: since(seen && watched.painted[seen.batch]! + offset),
      isNew: quantity === null,
    };
  });
  const lost = stages.filter(({ dom }) => Number.isNaN(dom)).length;
  if (lost) console.log(`${lost} of ${stages.length} events were not seen on the screen`);
  return stages.filter(({ dom }) => !Number.isNaN(dom));
}

function frameTimes({ frames }: Watched): Map<string, { version: number; at: number }[]> {
  const times = new Map<string, { version: number; at: number }[]>();
  for (const { at, data } of frames) {
    if (!data.startsWith('42')) continue;
    const [, message] = JSON.parse(data.slice(2)) as [string, { orders?: { id: string; version: number }[] }];
    for (const { id, version } of message.orders ?? []) times.set(id, [...(times.get(id) ?? []), { version, at }]);
  }
  return times;
}

const legs: [string, (stage: Stages) => number][] = [
  ['produce -> bare consumer (baseline)', ({ bare }) => bare],
  ['produce -> request at the order API', ({ asked }) => asked],
  ['  order API answers', ({ asked, answered }) => answered - asked],
  ['  answer -> transaction began', ({ answered, decided }) => decided - answered],
  ['  transaction began -> committed', ({ decided, committed }) => committed - decided],
  ['  committed -> frame in the page', ({ committed, frame }) => frame - committed],
  ['  frame -> DOM', ({ frame, dom }) => dom - frame],
  ['produce -> DOM', ({ dom }) => dom],
  ['  of new orders', ({ dom, isNew }) => (isNew ? dom : Number.NaN)],
  ['  of changed quantities', ({ dom, isNew }) => (isNew ? Number.NaN : dom)],
  ['produce -> painted', ({ painted }) => painted],
];
const valuesOf = (stages: Stages[], pick: (stage: Stages) => number) =>
  stages.map(pick).filter((value) => !Number.isNaN(value));

function report(stages: Stages[]): void {
  const row = (name: string, { n, p50, p90, p99, max }: Spread) => [name, String(n), p50, p90, p99, max];
  printTable(
    ['ms', 'n', 'p50', 'p90', 'p99', 'max'],
    legs.map(([name, pick]) => row(name, spreadOf(valuesOf(stages, pick)))),
  );
}

function summary(runs: Stages[][]): void {
  const over = (pick: (stage: Stages) => number, share: number) =>
    overRuns(runs.map((stages) => percentile(valuesOf(stages, pick), share)));
  const [dom, bare] = [({ dom }: Stages) => dom, ({ bare }: Stages) => bare];
  console.log(
    `\nproduce -> DOM over ${runs.length} runs: p50 ${over(dom, 0.5)} ms (goal 60), ` +
      `p99 ${over(dom, 0.99)} ms (goal 250), max ${over(dom, 1)} ms`,
  );
  const p50 = (stages: Stages[], pick: (stage: Stages) => number) => percentile(valuesOf(stages, pick), 0.5);
  const ratios = runs.map((stages) => p50(stages, dom) / p50(stages, bare));
  console.log(`baseline: p50 ${over(bare, 0.5)}, p99 ${over(bare, 0.99)}; ratio of the p50s ${overRuns(ratios)}`);
}

await withBench('to-pixels', async (bench) => {
  const platform = await new Platform({
    brokers: [bench.brokers],
    appEnv: 'prod',
    dials: { latencyMs: { min: API_MS, max: API_MS } },
  }).listen();
  bench.undo.push(() => platform.close());
  await bench.kafka.createTopic(platform.topic, 4);
  const profiled = flag('profile');
  const server = await startServer(
    bench,
    { APP_ENV: 'prod', ORDER_API_URL: platform.url },
    { nodeArgs: profiled ? profiling(bench.directory) : [] },
  );
  const stations: BenchRestaurant['stations'] = [
    { name: STATION, fallback: true, categories: [] },
    { name: 'Bar', categories: ['drinks'] },
  ];
  for (const id of RESTAURANTS) await server.operator.setUp({ id, name: id, timeZone: 'UTC', stations });
  const received = await startBareConsumer(bench, platform.topic);
  const { calls } = recordCalls();
  const browser = await startBrowser(bench);
  console.log(
    `to-pixels: ${RATE} events/s for ${SECONDS} s after ${WARM_UP_S} s of warm-up, ` +
      `order API ${API_MS} ms, ${machine()}`,
  );

  const runs: Stages[][] = [];
  for (let run = 0; run < RUNS; run++) {
    const { page, path } = await pairedPage(browser, server, { restaurantId: RESTAURANTS[0]!, station: STATION });
    await watch(page);
    await page.goto(path);
    await page.waitForSelector('[data-connection="live"]');
    const crew = await startCrew(bench, server);
    const before = await clockOffset(page);
    if (QUIET_S) await awaitQuiet(QUIET_S);
    const load = watchLoad({ [server.pid]: 'server' });
    const events = await produce(platform, crew);
    const busy = load();
    await sleep(1500);
    const after = await clockOffset(page);
    const watched = await watchedIn(page);
    crew.close();
    await page.context().close();
    runs.push(
      stagesOf(events, {
        watched,
        offset: (before.offset + after.offset) / 2,
        received,
        calls,
        commits: await readCommits(bench.postgres.url('heard')),
      }),
    );
    console.log(
      `run ${run + 1}: page clock ${figure(before.offset)} to ${figure(after.offset)} ms off, ` +
        `known within ${figure(Math.max(before.within, after.within))} ms; ${busy}`,
    );
    report(runs.at(-1)!);
  }
  summary(runs);
  await printStatements(bench);
  if (!profiled) return;
  await server.stop();
  printProfile(bench.directory, { fromMs: 15_000 });
});

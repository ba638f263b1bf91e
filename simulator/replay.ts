// `npm run replay -- --file orders.csv --menu menu.csv --speed 60`: plays a file of real orders in compressed time, and
// shows its progress.
import { parseArgs } from 'node:util';
import { ConfigError, replayConfig } from './config.ts';
import { Chance } from './prng.ts';
import { readMenu, readOrders, type FileOrder } from './replay-file.ts';
import { replayTarget, type ReplayTarget } from './replay-target.ts';

const USAGE = 'replay --file orders.csv [--menu menu.csv] [--speed 60] [--port 4000] [--restaurant r-101]';
/** A pause that lasts longer than this at replay speed is cut to it, because nights and closing days show nothing. */
const LONGEST_GAP_MS = 3000;
const SHOW_MS = 1000;
const MINUTE = 60_000;

interface Event {
  at: number;
  run(): Promise<void>;
}

export async function replay(args: string[], log: (line: string) => void): Promise<void> {
  const options = optionsOf(args);
  const orders = await readOrders(options.file, options.menu === undefined ? new Map() : await readMenu(options.menu));
  const dishes = orders.reduce((sum, { items }) => sum + items.length, 0);
  log(
    `${orders.length.toLocaleString('en')} orders with ${dishes.toLocaleString('en')} lines, ` +
      `played ${options.speed} times as fast`,
  );
  const target = await replayTarget(replayConfig(options.port), log);
  const stopped = new AbortController();
  const stop = () => {
    stopped.abort();
    setTimeout(() => process.exit(0), 4500).unref();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    await play(orders, target, { ...options, signal: stopped.signal, log, chance: new Chance(1) });
  } finally {
    await target.close();
  }
  process.exit(0);
}

interface Play {
  speed: number;
  restaurant: string;
  signal: AbortSignal;
  log(line: string): void;
  chance: Chance;
}

/**
 * Places every order at its time, and pays and completes it after as long as guests usually take. All times are divided
 * by the speed.
 */
export async function play(
  orders: FileOrder[],
  target: ReplayTarget,
  { speed, restaurant, signal, log, chance }: Play,
): Promise<void> {
  const events: Event[] = [];
  let placed = 0;
  let ended = 0;
  let played = Date.now();
  let last = orders[0]?.at ?? 0;
  for (const { number, at, items } of orders) {
    played += Math.min((at - last) / speed, LONGEST_GAP_MS);
    last = at;
    let id = '';
    const minutes = (count: number) => (count * MINUTE) / speed;
    const done = played + minutes(chance.between(20, 40));
    events.push({
      at: played,
      run: async () => {
        id = await target.place({ restaurantId: restaurant, number, type: 'TAKEAWAY', items });
        placed++;
      },
    });
    events.push({ at: played + minutes(chance.between(0.2, 3)), run: () => target.change(id, 'pay') });
    events.push({
      at: done,
      run: async () => {
        await target.change(id, 'complete');
        ended++;
      },
    });
  }
  // The sort is stable, so at any speed an order is placed before it is paid, and paid before it is completed.
  events.sort((a, b) => a.at - b.at);
  const endsAt = events.at(-1)?.at ?? 0;
  const show = () =>
    log(
      `${placed.toLocaleString('en')} of ${orders.length.toLocaleString('en')} orders placed ` +
        `(${Math.floor((100 * placed) / orders.length)} %), ` +
        `${ended.toLocaleString('en')} completed, ${remaining(endsAt - Date.now())} left`,
    );
  const shower = setInterval(show, Math.max(SHOW_MS, Math.min(10_000, (endsAt - Date.now()) / 100)));
  try {
    for (const event of events) {
      if (signal.aborted) break;
      await until(event.at, signal);
      if (!signal.aborted) await event.run();
    }
    while (!signal.aborted && (await target.busy())) await until(Date.now() + 200, signal);
  } finally {
    clearInterval(shower);
    show();
    if (signal.aborted) log('stopped');
  }
}

function optionsOf(args: string[]): { file: string; menu?: string; speed: number; port?: string; restaurant: string } {
  let values: Record<'file' | 'menu' | 'speed' | 'port' | 'restaurant', string | undefined>;
  const text = { type: 'string' } as const;
  try {
    values = {
      menu: undefined,
      port: undefined,
      file: undefined,
      speed: undefined,
      restaurant: undefined,
      ...parseArgs({ args, options: { file: text, menu: text, speed: text, port: text, restaurant: text } }).values,
    };
  } catch (error) {
    throw new ConfigError(`${(error as Error).message.split('. ')[0]}: ${USAGE}`);
  }
  const { file, menu, port, restaurant = 'r-101' } = values;
  const speed = Number(values.speed ?? 60);
  if (!file) throw new ConfigError(`--file is missing: ${USAGE}`);
  if (!(speed > 0 && speed <= 1e6))
    throw new ConfigError(
      `--speed is ${JSON.stringify(values.speed)}, but must be a number above 0, such as 60 for an hour in a minute`,
    );
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535))
    throw new ConfigError(`--port is ${JSON.stringify(port)}, but must be a port number`);
  if (!restaurant || restaurant.length > 64) throw new ConfigError('--restaurant must be an id of up to 64 characters');
  return { file, speed, restaurant, ...(menu !== undefined && { menu }), ...(port !== undefined && { port }) };
}

function remaining(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return seconds < 90
    ? `${seconds} s`
    : seconds < 5400
      ? `${Math.round(seconds / 60)} min`
      : `${(seconds / 3600).toFixed(1)} h`;
}

/** Overdue steps pass through the event loop too, so that a fast replay leaves time to the order API. */
const until = (at: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const wait = at - Date.now();
    if (signal.aborted || wait <= 0) {
      setImmediate(resolve);
      return;
    }
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, wait);
    signal.addEventListener('abort', finish);
  });

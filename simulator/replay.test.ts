// Files of orders: reading them, reporting their errors, and playing them.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError, parseConfig } from './config.ts';
import { Chance } from './prng.ts';
import { readMenu, readOrders } from './replay-file.ts';
import { play } from './replay.ts';

const file = async (text: string) => {
  const name = path.join(await mkdtemp(path.join(tmpdir(), 'replay-')), 'orders.csv');
  await writeFile(name, text);
  return name;
};
const HEAD = 'order_number,ordered_at,item_name,quantity\n';

test("rows of one number are one order, with the menu's categories, in the order of their times", async () => {
  const menu = await readMenu(await file('item_name,category\nBhuna,curry\n'));
  const orders = await readOrders(
    await file(
      `\uFEFF${HEAD}2,2019-01-01T18:00:00,Bhuna,2\n1,2019-01-01T17:00:00,"Naan, garlic",1\n2,2019-01-01T18:00:00,Rice,1\n`,
    ),
    menu,
  );
  expect(orders.map(({ number, items }) => [number, items])).toEqual([
    ['1', [{ name: 'Naan, garlic', quantity: 1 }]],
    [
      '2',
      [
        { name: 'Bhuna', quantity: 2, category: 'curry' },
        { name: 'Rice', quantity: 1 },
      ],
    ],
  ]);
});

test.each([
  ['order_number,ordered_at,item_name\n1,2019-01-01T18:00:00,Rice\n', /line 1: there is no column quantity/],
  [
    `${HEAD}1,2019-01-01T18:00:00,Rice,1\n2,2019-01-01T18:00:00,Rice,two\n`,
    /line 3: quantity is "two", but must be a whole number/,
  ],
  [`${HEAD}1,yesterday,Rice,1\n`, /line 2: ordered_at is "yesterday", but must be a time such as/],
  [`${HEAD}1,2019-01-01T18:00:00,Rice\n`, /line 2: not a CSV file/],
  [HEAD, /holds no orders/],
])('what is wrong is said with its line: %j', async (text, message) => {
  const wrong = readOrders(await file(text), new Map());
  await expect(wrong).rejects.toThrow(message);
  await expect(wrong).rejects.toThrow(ConfigError);
});

test('a file that is not there is named', async () => {
  await expect(readMenu('/nowhere/menu.csv')).rejects.toThrow('/nowhere/menu.csv does not exist');
});

test('every order is placed, paid and completed, in this order, at any speed', async () => {
  const done: string[] = [];
  const target = {
    place: async ({ number }: { number?: string }) => {
      done.push(`place ${number}`);
      return String(number);
    },
    change: async (id: string, change: string) => {
      done.push(`${change} ${id}`);
    },
    busy: async () => false,
    close: async () => {},
  };
  const lines: string[] = [];
  const orders = [0, 1, 2].map((n) => ({ number: String(n), at: n * 3_600_000, items: [{ name: 'Rice' }] }));
  await play(orders, target, {
    speed: 1e6,
    restaurant: 'r-1',
    signal: new AbortController().signal,
    log: (line) => lines.push(line),
    chance: new Chance(1),
  });
  for (const n of [0, 1, 2])
    expect(done.filter((what) => what.endsWith(` ${n}`))).toEqual([`place ${n}`, `pay ${n}`, `complete ${n}`]);
  expect(lines.at(-1)).toMatch(/^3 of 3 orders placed \(100 %\), 3 completed/);
});

test('a wrong variable is named in one line', () => {
  const env = { KAFKA_BROKERS: 'localhost:9092', APP_ENV: 'dev' };
  expect(parseConfig(env)).toMatchObject({ port: 4000, ordersPerMinute: 12, operator: undefined });
  expect(() => parseConfig({ APP_ENV: 'dev' })).toThrow('KAFKA_BROKERS is not set, but required');
  expect(
    parseConfig({
      ...env,
      KAFKA_TOPIC: 'shop.orders',
      KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
      KAFKA_SASL_MECHANISM: 'PLAIN',
      KAFKA_SASL_USERNAME: 'u',
      KAFKA_SASL_PASSWORD: 'p',
    }),
  ).toMatchObject({ topic: 'shop.orders', access: { sasl: { mechanism: 'PLAIN', username: 'u', password: 'p' } } });
  expect(() => parseConfig({ ...env, SIMULATOR_PORT: '70000' })).toThrow(/^SIMULATOR_PORT must be a whole number/);
  expect(() => parseConfig({ ...env, OPS_URL: 'http://127.0.0.1:3000' })).toThrow(/^OPS_TOKEN is not set/);
});

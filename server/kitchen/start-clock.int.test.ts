// The first tickets of a station are begun by themselves, once, however many processes look; other stations' are not.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DishStart } from '../protocol/facts.ts';
import type { ScreenIdentity } from '../protocol/views.ts';
import { startKitchen, type TestKitchen } from '../../test/kitchen.ts';
import { item } from '../../test/made.ts';
import { log, startSettler, type TestSettler } from '../../test/pipeline.ts';
import { StartClock } from './start-clock.ts';

let kitchen: TestKitchen;
let other: TestSettler;
let expo: ScreenIdentity;
beforeAll(async () => {
  kitchen = await startKitchen();
  other = await startSettler(kitchen.database.url);
  expo = await kitchen.screen('expo');
});
afterAll(async () => {
  await other?.stop();
  await kitchen?.stop();
});

const clocks = () => [kitchen.part, other].map(({ prisma, bus }) => new StartClock({ prisma, bus, log }));
const look = async () => (await Promise.all(clocks().map((clock) => clock.look()))).reduce((a, b) => a + b);
const statesOf = async (id: string) => (await kitchen.read(id)).lines.map(({ state }) => state).join(' ');
/** Of the station that cooks the line. */
const set = async (orderId: string, lineId: string, start: DishStart) => {
  const { stationId } = (await kitchen.read(orderId)).lines.find(({ id }) => id === lineId)!;
  await kitchen.prisma.station.update({ where: { id: stationId }, data: { start: { ...start } } });
};
const DISHES = [item('s1'), item('b1', { category: 'drinks' })];

test('the oldest are begun, each once, and the next when one has left; what was begun stays begun', async () => {
  for (const id of ['one', 'two', 'three']) await kitchen.arrive(id, 1, { items: DISHES });
  expect(await look()).toBe(0);
  await set('one', 's1', { mode: 'auto', first: 2 });
  // Two processes look at the same moment. The one that does not get a lane finds it begun, or locked.
  expect(await look()).toBe(2);
  expect(await look()).toBe(0);
  expect([await statesOf('one'), await statesOf('two'), await statesOf('three')]).toEqual([
    'cooking waiting',
    'cooking waiting',
    'waiting waiting',
  ]);
  const began = (await kitchen.read('one')).lines[0]!.startedAt;
  expect(began).not.toBeNull();
  expect(await kitchen.prisma.change.count({ where: { orderId: 'one' } })).toBe(2);
  const one = await kitchen.read('one');
  await kitchen.tap(expo, { kind: 'bump', orderId: 'one', ticketId: one.lines[0]!.ticketId });
  expect(await look()).toBe(1);
  expect([await statesOf('one'), await statesOf('three')]).toEqual(['ready waiting', 'cooking waiting']);
  await set('two', 's1', { mode: 'off', first: 2 });
  expect(await look()).toBe(0);
  expect(await statesOf('two')).toBe('cooking waiting');
});

test('a rush is begun beside those on the fire; a canceled order takes no turn', async () => {
  await set('two', 's1', { mode: 'auto', first: 1 });
  await look();
  await kitchen.arrive('four', 1, { items: DISHES });
  await kitchen.arrive('late', 1, { items: DISHES });
  await kitchen.tap(expo, { kind: 'rush', orderId: 'late', on: true });
  expect(await look()).toBe(1);
  expect([await statesOf('four'), await statesOf('late')]).toEqual(['waiting waiting', 'cooking waiting']);
  for (const id of ['two', 'three', 'late']) await kitchen.arrive(id, 2, { items: DISHES, status: 'CANCELED' });
  expect(await look()).toBe(1);
  expect(await statesOf('four')).toBe('cooking waiting');
});

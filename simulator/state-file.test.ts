// A restart of the simulator: orders and their messages outlive it.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Platform } from './platform.ts';
import { StateFile } from './state-file.ts';

test('the next run knows open and just ended orders, and tells them again', async () => {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'state-')), 'orders.json');
  const [first, second] = [new Platform({ appEnv: 'dev' }), new Platform({ appEnv: 'dev' })];
  const open = first.place({ restaurantId: 'r-1', items: [{ name: 'Dal' }] });
  const ended = first.place({ restaurantId: 'r-1', items: [{ name: 'Roti' }] });
  first.change(ended.id, 'complete');
  await new StateFile(file, first.book, () => {}).stop();
  const state = new StateFile(file, second.book, () => {});
  await state.start();
  second.announceAll();
  await second.flush();
  await state.stop();
  expect(second.book.openCount).toBe(1);
  expect(second.book.get(ended.id)?.status).toBe('COMPLETED');
  expect(second.sent().map(({ key, value }) => [key, JSON.parse(value).version])).toEqual([
    [open.id, 1],
    [ended.id, 2],
  ]);
});

// An offset is stuck only if it stands still in front of messages for long.
import { expect, test } from 'vitest';
import { OPEN_MS, StuckOffsets } from './open-transactions.ts';

const at = (offset: number) => new Map([[0, offset]]);

test('an offset that stands still in front of messages is held after a while, until it moves', () => {
  const stuck = new StuckOffsets();
  expect(stuck.look(at(5), at(9), 0).size).toBe(0);
  expect(stuck.look(at(5), at(9), OPEN_MS - 1).size).toBe(0);
  expect(stuck.look(at(5), at(12), OPEN_MS).get(0)).toEqual({ end: 12, seconds: OPEN_MS / 1000 });
  // Another transaction may be open: it is given its time.
  expect(stuck.look(at(8), at(12), OPEN_MS + 1).size).toBe(0);
  expect(stuck.look(at(12), at(12), 3 * OPEN_MS).size).toBe(0);
});

test('an offset at the end is never stuck, nor one that moves on, nor one whose end is not known', () => {
  const stuck = new StuckOffsets();
  for (let now = 0; now < 5 * OPEN_MS; now += 500) {
    expect(stuck.look(at(5), at(5), now).size).toBe(0);
    expect(stuck.look(new Map([[1, now]]), new Map([[1, now + 100]]), now).size).toBe(0);
    expect(stuck.look(new Map([[2, 7]]), new Map(), now).size).toBe(0);
  }
});

// What rests after things have moved.
import { expect, it } from 'vitest';
import { movedKeys } from './settle-guard.ts';

const box = (left: number, top: number, height = 200) => ({ left, top, width: 300, height });

it('names what moved, what grew and what took another’s place, and not what came where nothing was', () => {
  const before = new Map([['a', box(0, 0)], ['b', box(308, 0)], ['c', box(616, 0)], ['grows', box(924, 0)]]);
  const after = new Map([['a', box(0, 0)], ['c', box(308, 0)], ['new', box(616, 0)], ['free', box(0, 208)], ['grows', box(924, 0, 265)]]);
  expect(movedKeys(before, after)).toEqual(['c', 'new', 'grows']);
});

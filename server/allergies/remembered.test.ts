import { expect, test } from 'vitest';
import { remembered } from './remembered.ts';

test('a text is read once while it is asked for, and texts that nobody asks for are forgotten', () => {
  const read: string[] = [];
  const ask = remembered((text) => {
    read.push(text);
    return text === 'none' ? null : text.length;
  }, 10);
  expect([ask('none'), ask('none'), ask('often'), ask('often')]).toEqual([null, null, 5, 5]);
  expect(read).toEqual(['none', 'often']);
  for (const other of ['12345', '67890', 'abcde', 'fghij']) {
    ask(other);
    expect(ask('often')).toBe(5);
  }
  expect(read.filter((text) => text === 'often')).toHaveLength(1);
  ask('none');
  expect(read.filter((text) => text === 'none')).toHaveLength(2);
});

// Of any mixture of transactions the committed messages are left, and a place for what follows each of them.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPassed, passTransactions, type FetchedMessage, type FetchedPartition } from './transactions.ts';

const message = (offset: number, producerId: string, inTransaction = true): FetchedMessage => ({
  offset: String(offset),
  key: Buffer.from('o-1'),
  isControlRecord: false,
  batchContext: { producerId, inTransaction },
});
const marker = (offset: number, producerId: string, type: 'abort' | 'commit'): FetchedMessage => ({
  ...message(offset, producerId),
  key: Buffer.from([0, 0, 0, type === 'abort' ? 0 : 1]),
  isControlRecord: true,
});
const read = (partition: FetchedPartition) => {
  passTransactions(partition);
  return partition.messages!.map((one) => `${one.offset}${isPassed(one) ? ' passed' : ''}`);
};

test('aborted transactions that overlap are taken out, in whichever order they are told', () => {
  const messages = [
    message(0, 'a'),
    message(1, 'b'),
    message(2, 'c'),
    marker(3, 'b', 'abort'),
    message(4, 'b'),
    marker(5, 'a', 'abort'),
    marker(6, 'b', 'commit'),
    marker(7, 'c', 'commit'),
  ];
  const abortedTransactions = [
    { producerId: 'b', firstOffset: '1' },
    { producerId: 'a', firstOffset: '0' },
  ];
  expect(read({ messages, abortedTransactions })).toEqual(['1 passed', '2', '3 passed', '4', '7 passed']);
});

test('an answer that begins within aborted transactions is told of those that began before it', () => {
  const messages = [message(12, 'a'), message(13, 'b'), marker(14, 'a', 'abort'), marker(15, 'b', 'abort')];
  const abortedTransactions = [
    { producerId: 'a', firstOffset: '3' },
    { producerId: 'b', firstOffset: '5' },
  ];
  expect(read({ messages, abortedTransactions })).toEqual(['15 passed']);
});

test('an answer without transactions is left as it is', () => {
  const messages = [message(0, 'a', false), message(1, '-1', false)];
  expect(read({ messages, abortedTransactions: [] })).toEqual(['0', '1']);
  expect(read({ messages: [] })).toEqual([]);
});

test('property: what is left are the committed messages and, behind the last of them, the end', () => {
  const step = fc.record({
    producer: fc.constantFrom('a', 'b', 'c'),
    what: fc.constantFrom('send', 'commit', 'abort', 'plain'),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const messages: FetchedMessage[] = [];
      const open = new Map<string, number[]>();
      const abortedTransactions: { producerId: string; firstOffset: string }[] = [];
      const dropped = new Set<number>();
      const end = (producer: string, how: 'commit' | 'abort') => {
        const sent = open.get(producer);
        if (!sent) return;
        open.delete(producer);
        if (how === 'abort') {
          for (const offset of sent) dropped.add(offset);
          abortedTransactions.push({ producerId: producer, firstOffset: String(sent[0]) });
        }
        messages.push(marker(messages.length, producer, how));
      };
      for (const { producer, what } of steps) {
        const offset = messages.length;
        if (what === 'plain') messages.push(message(offset, 'none', false));
        else if (what === 'send') {
          messages.push(message(offset, producer));
          open.set(producer, [...(open.get(producer) ?? []), offset]);
        } else end(producer, what);
      }
      for (const producer of open.keys()) end(producer, 'commit');
      const expected = messages.filter(
        ({ offset, isControlRecord }) => !isControlRecord && !dropped.has(Number(offset)),
      );
      const [last] = messages.slice(-1);
      const partition = { messages, abortedTransactions };
      passTransactions(partition);
      expect(partition.messages.filter((one) => !isPassed(one)).map(({ offset }) => offset)).toEqual(
        expected.map(({ offset }) => offset),
      );
      expect(partition.messages.at(-1)?.offset).toBe(last?.offset);
    }),
  );
});

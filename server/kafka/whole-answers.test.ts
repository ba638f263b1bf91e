// However an answer comes in pieces, it is handed on whole, and in its order.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Answers } from './whole-answers.ts';

const answerOf = (text: string) => {
  const body = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length);
  return Buffer.concat([length, body]);
};

test('answers are whole and in order, however they are cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ minLength: 4, maxLength: 40 }), { maxLength: 8 }),
      fc.array(fc.nat(60), { minLength: 1, maxLength: 30 }),
      (texts, sizes) => {
        const sent = texts.map(answerOf);
        const stream = Buffer.concat(sent);
        const answers = new Answers();
        const got: Buffer[] = [];
        for (let at = 0, i = 0; at < stream.length; i += 1) {
          const size = Math.max(1, sizes[i % sizes.length]!);
          got.push(...answers.add(stream.subarray(at, at + size)));
          at += size;
        }
        expect(got.map(String)).toEqual(sent.map(String));
      },
    ),
  );
});

test('of an answer that is cut short nothing is handed on', () => {
  const answers = new Answers();
  expect(answers.add(Buffer.concat([answerOf('whole'), answerOf('cut short').subarray(0, 9)])).map(String)).toEqual([
    String(answerOf('whole')),
  ]);
});

test.each([-(2 ** 31), -4, -1, 0, 3, 2 ** 28, 2 ** 31 - 1])('an answer of %i bytes is none', (length) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(length);
  expect(() => new Answers().add(bytes)).toThrow(`announces an answer of ${length} bytes`);
});

test('a length comes after whole answers: they are of a broker all the same, and it is not', () => {
  expect(() => new Answers().add(Buffer.concat([answerOf('whole'), Buffer.alloc(4)]))).toThrow('is not a Kafka broker');
});

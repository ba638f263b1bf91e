// The one answer of Kafka's protocol that is read by hand.
import { expect, test } from 'vitest';
import { topicIn } from './topic-id.ts';

const int32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const bytes = (...values: number[]) => Buffer.from(values);
const text = (value: string | null) =>
  value === null
    ? bytes(0)
    : Buffer.concat([
        bytes(
          ...(value.length + 1 < 128
            ? [value.length + 1]
            : [((value.length + 1) & 127) | 128, (value.length + 1) >> 7]),
        ),
        Buffer.from(value),
      ]);
const broker = (id: number, host: string, rack: string | null, tags = bytes(0)) =>
  Buffer.concat([int32(id), text(host), int32(9092), text(rack), tags]);
const answer = (brokers: Buffer[], topics: Buffer) =>
  Buffer.concat([bytes(0), int32(0), bytes(brokers.length + 1), ...brokers, text('a-cluster'), int32(1), topics]);
const id = 'b3a26ce78b2940d392cfc20ddb6ccf77';
const topic = Buffer.concat([bytes(2), bytes(0, 0), text('prod_order_events'), Buffer.from(id, 'hex'), bytes(0, 1)]);

test('the id is found behind any brokers, racks, long names and fields that we do not know', () => {
  expect(topicIn(answer([broker(1, 'localhost', null)], topic))).toEqual({ error: 0, id });
  expect(
    topicIn(
      answer(
        [broker(1, 'kafka-1.example', 'rack-a'), broker(2, 'k'.repeat(200), null, bytes(1, 7, 3, 1, 2, 3))],
        topic,
      ),
    ),
  ).toEqual({ error: 0, id });
});

test('no topic in it is no id; an answer that is cut short is none', () => {
  expect(topicIn(answer([broker(1, 'localhost', null)], bytes(1)))).toEqual({ error: 0, id: '0'.repeat(32) });
  const whole = answer([broker(1, 'localhost', null)], topic);
  for (let length = 0; length < whole.length - 2; length += 1)
    expect(() => topicIn(whole.subarray(0, length)), String(length)).toThrow(RangeError);
});

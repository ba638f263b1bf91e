// The texts of e-mails about a FAILED message, with any order id, and about missing messages.
import { expect, test } from 'vitest';
import { failedMessageEmail, missingMessagesEmail } from './mails.ts';

const failed = {
  orderId: 'o-7f3a',
  number: 'A102',
  restaurantId: 'r-1',
  attempts: 7,
  lastError: 'the order service answered 500',
  partition: 3,
  offset: 42,
};

test('it names the order, what it means, and the calls that put it right', () => {
  const { subject, body } = failedMessageEmail(failed, 'https://kitchen.example');
  expect(subject).toContain('o-7f3a');
  expect(subject).toContain('A102');
  for (const part of [
    'o-7f3a',
    'A102',
    'r-1',
    '7 attempts',
    'partition 3, offset 42',
    'the order service answered 500',
    'https://kitchen.example/api/v1/orders/o-7f3a',
    '/retry',
    '/discard',
  ])
    expect(body).toContain(part);
});

test("an id cannot add headers, end the shell's string, or leave the path", () => {
  const { subject, body } = failedMessageEmail(
    { ...failed, orderId: "a\r\nBcc: x@y/z'; rm", number: null },
    'https://kitchen.example',
  );
  expect(subject).not.toMatch(/[\r\n]/);
  expect(body).toContain("/orders/a%0D%0ABcc%3A%20x%40y%2Fz%27%3B%20rm'");
});

test('it says how many messages are missing, where and between which times, what that means, and what to do', () => {
  const after = new Date('2026-11-23T11:00:00Z');
  const before = new Date('2026-11-23T12:30:00Z');
  const { subject, body } = missingMessagesEmail(
    [
      { partition: 0, from: 3, to: 9, missing: 5, after, before },
      { partition: 2, from: 0, to: 1, missing: 1, after: null, before: null },
    ],
    'prod_order_events',
    'https://kitchen.example',
  );
  expect(subject).toBe('6 messages of prod_order_events are missing: orders may not have reached the kitchen');
  for (const part of [
    'Partition 0: offsets 3 to 8, 5 missing, from after 2026-11-23T11:00:00.000Z to before 2026-11-23T12:30:00.000Z',
    'Partition 2: offsets 0 to 0, 1 missing, from an unknown time to now',
    'announce',
    'https://kitchen.example/api/v1/pipeline',
  ])
    expect(body).toContain(part);
  expect(
    missingMessagesEmail([{ partition: 2, from: 0, to: 1, missing: 1, after, before }], 't', '').subject,
  ).toContain('1 message of');
});

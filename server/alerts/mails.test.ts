// What the e-mail about a FAILED message says, whatever the order's id is.
import { expect, test } from 'vitest';
import { failedMessageEmail } from './mails.ts';

const failed = { orderId: 'o-7f3a', number: 'A102', restaurantId: 'r-1', attempts: 7, lastError: 'the order service answered 500', partition: 3, offset: 42n };

test('it names the order, what it means, and the calls that put it right', () => {
  const { subject, body } = failedMessageEmail(failed, 'https://kitchen.example');
  expect(subject).toContain('o-7f3a');
  expect(subject).toContain('A102');
  for (const part of ['o-7f3a', 'A102', 'r-1', '7 attempts', 'partition 3, offset 42', 'the order service answered 500', 'https://kitchen.example/api/v1/orders/o-7f3a', '/retry', '/discard']) expect(body).toContain(part);
});

test('an id cannot add headers, end the shell\'s string, or leave the path', () => {
  const { subject, body } = failedMessageEmail({ ...failed, orderId: 'a\r\nBcc: x@y/z\'; rm', number: null }, 'https://kitchen.example');
  expect(subject).not.toMatch(/[\r\n]/);
  expect(body).toContain('/orders/a%0D%0ABcc%3A%20x%40y%2Fz%27%3B%20rm\'');
});

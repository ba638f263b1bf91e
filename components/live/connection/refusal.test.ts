import { expect, test } from 'vitest';
import { refusalByAnswer } from './refusal.ts';

test('an answer that opens no socket says why in its body; any other error is no word of the server', () => {
  const answer = (description: unknown, responseText: unknown) => ({ description, context: { responseText } });
  expect(refusalByAnswer(answer(403, '{"code":4,"message":"not-paired"}'))).toBe('not-paired');
  expect(refusalByAnswer(answer(403, '{"code":4,"message":"revoked"}'))).toBe('revoked');
  for (const error of [
    answer(403, '{"code":4,"message":"too-many"}'),
    answer(403, '<html>Forbidden by the proxy</html>'),
    answer(403, 'null'),
    answer(503, '{"code":4,"message":"not-paired"}'),
    answer(0, ''),
    { description: new Error('refused') },
    {},
  ])
    expect(refusalByAnswer(error)).toBeNull();
});

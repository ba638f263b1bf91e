// Signing in always leads to a page of ours, wherever the link points.
import { expect, test } from 'vitest';
import { nextPath } from './next-path.ts';

test.each(['/manager/people?restaurant=r-1&x=%2F', '/account', '/'])('%s is ours', (path) => {
  expect(nextPath(path)).toBe(path);
  expect(new URL(nextPath(path), 'https://kitchen.example').host).toBe('kitchen.example');
});

test.each([
  undefined,
  ['/a', '/b'],
  '',
  'evil.example',
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  '/a b',
  '/a#b',
])('%s is not', (asked) => {
  expect(nextPath(asked)).toBe('/manager');
});

// Which calls come from one of our own pages.
import { expect, test } from 'vitest';
import { isFromOurPage } from './origins.ts';

const host = '10.0.0.5:3000';
const from = (origin: string | undefined, fetchSite?: string) =>
  isFromOurPage({ origin, host, fetchSite }, 'https://kitchen.example/base');

test('our pages are known by their address, the public one or that of the network', () => {
  expect(from('https://kitchen.example')).toBe(true);
  expect(from('http://10.0.0.5:3000', 'same-origin')).toBe(true);
  expect(from('null', 'same-origin')).toBe(true);
  expect(from(undefined, 'same-origin')).toBe(true);
});

test.each([
  ['https://evil.example', undefined],
  ['https://kitchen.example.evil.example', undefined],
  ['http://kitchen.example', undefined],
  ['https://kitchen.example:444', undefined],
  ['null', undefined],
  [undefined, undefined],
  ['', undefined],
  ['x', undefined],
  ['https://kitchen.example', 'cross-site'],
  ['https://kitchen.example', 'same-site'],
  [undefined, 'none'],
])('%s with Sec-Fetch-Site %s is not', (origin, site) => expect(from(origin, site)).toBe(false));

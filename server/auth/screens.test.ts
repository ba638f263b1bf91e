// Which screen a path asks for, and which device fits it.
import { expect, test } from 'vitest';
import type { ScreenIdentity } from '../protocol/views.ts';
import { fits, pageOf, screenAskedBy } from './screens.ts';
import { UNSET_STATION } from '../protocol/facts.ts';

const screen = (role: ScreenIdentity['role'], station?: string): ScreenIdentity => ({
  deviceId: 'd1',
  deviceName: 'Tablet',
  person: null,
  role,
  restaurant: { id: 'r', name: 'R', timeZone: 'UTC', discovered: false },
  publicUrl: 'https://heard.example',
  station: station === undefined ? null : { id: 's', name: station, ...UNSET_STATION },
});

test.each([
  ['/kitchen/Grill', { role: 'kitchen', station: 'Grill' }],
  ['/kitchen/Hot%20%2F%20Cold%3F/?device=d1&x', { role: 'kitchen', station: 'Hot / Cold?', deviceId: 'd1' }],
  ['/floor', { role: 'floor' }],
  ['/expo?device=', { role: 'expo' }],
  ['/manager?a=b', { role: 'manager' }],
  ['/kitchen/%E0%A4%A', 'invalid'],
  ['/', undefined],
  ['/kitchen', undefined],
  ['/kitchen/', undefined],
  ['/floors', undefined],
  ['/_next/static/floor', undefined],
  ['/not-paired?why=used', undefined],
])('%s asks for %j', (url, asked) => expect(screenAskedBy(url)).toEqual(asked));

test('a page takes its role, its station whatever its case, and exactly the device that is named', () => {
  expect(fits(screen('kitchen', 'Grill'), { role: 'kitchen', station: 'gRILL' })).toBe(true);
  expect(fits(screen('kitchen', 'Crème'), { role: 'kitchen', station: 'Crème'.normalize('NFD') })).toBe(true);
  expect(fits(screen('kitchen', 'Grill'), { role: 'kitchen', station: 'Bar' })).toBe(false);
  expect(fits(screen('kitchen', 'Grill'), { role: 'floor' })).toBe(false);
  expect(fits(screen('floor'), { role: 'floor', deviceId: 'd1' })).toBe(true);
  expect(fits(screen('floor'), { role: 'floor', deviceId: 'd2' })).toBe(false);
});

test("a screen's page asks for that screen", () => {
  for (const name of ['Grill', 'a/b', '50%', '漢字 #1?'])
    expect(screenAskedBy(pageOf('kitchen', name))).toEqual({ role: 'kitchen', station: name });
});

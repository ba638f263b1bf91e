import { describe, expect, it } from 'vitest';
import type { ScreenIdentity } from '../../server/protocol/views.ts';
import { openLink, screenLink } from './links.ts';
import { readDemo, readScreens } from './page-headers.ts';
import { UNSET_STATION } from '../../server/protocol/facts.ts';

const identity: ScreenIdentity = {
  deviceId: 'd 1',
  deviceName: 'Tablet',
  person: null,
  role: 'kitchen',
  restaurant: { id: 'r1', name: '孟买宫', timeZone: 'UTC', discovered: false },
  publicUrl: 'https://heard.example',
  station: { id: 's1', name: 'Hot/Cold & more', ...UNSET_STATION },
};
const headers = (name: string, value: unknown) =>
  new Headers({ [name]: Buffer.from(JSON.stringify(value)).toString('base64url') });

describe('links to screens', () => {
  it('survive names that mean something in an address', () => {
    expect(screenLink(identity)).toBe('/kitchen/Hot%2FCold%20%26%20more?device=d%201');
    expect(screenLink({ ...identity, role: 'floor', station: null })).toBe('/floor?device=d%201');
    expect(openLink('r&1', 'kitchen', 'Hot/Cold & more')).toBe(
      '/demo/open?restaurant=r%261&role=kitchen&station=Hot%2FCold+%26+more',
    );
    expect(openLink('r1', 'manager')).toBe('/demo/open?restaurant=r1&role=manager');
  });
});

describe('what the server says about the visitor', () => {
  it('is read from its headers, in any script', () => {
    expect(readScreens(headers('x-heard-screens', [identity]))).toEqual([identity]);
    const restaurants = [{ id: 'r1', name: '孟买宫', stations: [{ name: 'Grill' }] }];
    expect(readDemo(headers('x-heard-demo', { restaurants }))).toEqual(restaurants);
  });

  it('is nothing where the header is absent or damaged', () => {
    expect(readDemo(new Headers())).toBeNull();
    expect(readDemo(new Headers({ 'x-heard-demo': '!' }))).toBeNull();
    expect(readScreens(headers('x-heard-screens', { other: 1 }))).toEqual([]);
  });
});

// Each screen is installed as itself, and nothing else is.
import { expect, it } from 'vitest';
import { GET } from './route.ts';

const manifestOf = async (query: Record<string, string>) =>
  (await GET(new Request(`http://heard/manifest.webmanifest?${new URLSearchParams(query)}`))).json() as Promise<
    Record<string, string>
  >;

it.each([
  '/kitchen/Grill?device=f3b0c442-98fc-4c14-9afb-f4c8996fb924',
  '/kitchen/%E7%87%92%E5%91%B3',
  '/expo',
  '/floor?device=d1',
  '/manager',
])('opens %s under its name', async (page) => {
  expect(await manifestOf({ page, name: 'Grill' })).toMatchObject({
    id: page,
    start_url: page,
    scope: '/',
    name: 'Grill · Heard',
    short_name: 'Grill',
  });
});

it.each([
  'https://elsewhere.example/expo',
  '//elsewhere.example',
  '/api/v1/orders',
  '/kitchen',
  '/expo/../api',
  '/floor?device=x&more=1',
  '',
])('opens the list of screens for %s', async (page) => {
  expect(await manifestOf({ page, name: 'Grill' })).toMatchObject({ start_url: '/', name: 'Heard' });
});

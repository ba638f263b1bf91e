// The claims of a Cookie header, and the attributes of Set-Cookie.
import { expect, test } from 'vitest';
import { deviceCookie, expiredCookie, readClaims, readSession, sessionCookie } from './cookies.ts';

const [one, two] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
const token = 'A'.repeat(43);

test('only well-formed device cookies are claims, each device once', () => {
  const header = [
    'other=1',
    `heard_device_${one}=${token}`,
    `heard_device_x=${token}`,
    `heard_device_${two}=short`,
    `heard_device_${two}=${token}`,
    '=',
    `heard_device_${one}=${'B'.repeat(43)}`,
  ].join('; ');
  expect(readClaims(header, false)).toEqual([
    { deviceId: one, token: 'B'.repeat(43) },
    { deviceId: two, token },
  ]);
  expect(readClaims(undefined, false)).toEqual([]);
  expect(readClaims(`heard_device_${one}=' OR 1=1`, false)).toEqual([]);
});

test('scripts and other sites cannot use a cookie, and https keeps it to https', () => {
  expect(deviceCookie({ deviceId: one, token }, true)).toBe(
    `__Host-heard_device_${one}=${token}; Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax; Secure`,
  );
  expect(sessionCookie(token, 60, true)).toBe(
    `__Host-heard_session=${token}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure`,
  );
  expect(deviceCookie({ deviceId: one, token }, false)).not.toContain('Secure');
  expect(expiredCookie(one, false)).toContain('Max-Age=0;');
});

test('under https only cookies count that no other host can have set', () => {
  const plain = `heard_device_${one}=${token}; heard_session=${token}`;
  const host = `__Host-heard_device_${one}=${token}; __Host-heard_session=${token}`;
  expect([
    readClaims(plain, true),
    readSession(plain, true),
    readClaims(host, false),
    readSession(host, false),
  ]).toEqual([[], undefined, [], undefined]);
  expect([readClaims(host, true), readSession(host, true)]).toEqual([[{ deviceId: one, token }], token]);
  expect([readClaims(plain, false), readSession(plain, false)]).toEqual([[{ deviceId: one, token }], token]);
  expect(readSession(`heard_session=${token}x`, false)).toBeUndefined();
});

// The address that rate limits count by, with proxies and without, and any header that a client makes up.
import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { clientAddress } from './client-address.ts';

const from = (remoteAddress: string | undefined, forwarded?: string) =>
  ({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  }) as unknown as IncomingMessage;

test('without trusted proxies nobody is believed, not even this machine', () => {
  const of = clientAddress([]);
  for (const peer of ['127.0.0.1', '198.51.100.7']) expect(of(from(peer, '203.0.113.9'))).toBe(peer);
  expect(of(from(undefined))).toBe('');
});

test('behind trusted proxies it is the nearest address that is none of theirs, whatever a client put before it', () => {
  const of = clientAddress(['loopback', '10.0.0.0/8', '2001:db8:1::/48']);
  expect(of(from('10.1.2.3'))).toBe('10.1.2.3');
  expect(of(from('10.1.2.3', '203.0.113.9'))).toBe('203.0.113.9');
  expect(of(from('::ffff:10.1.2.3', '203.0.113.9, 10.9.9.9'))).toBe('203.0.113.9');
  expect(of(from('127.0.0.1', '1.1.1.1, 203.0.113.9'))).toBe('203.0.113.9');
  expect(of(from('10.1.2.3', '127.0.0.1, 203.0.113.9'))).toBe('203.0.113.9');
  expect(of(from('2001:db8:1::5', '203.0.113.9'))).toBe('203.0.113.9');
  expect(of(from('198.51.100.7', '203.0.113.9'))).toBe('198.51.100.7');
  expect(of(from('10.1.2.3', 'no address at all'))).toBe('10.1.2.3');
});

test('all addresses of one IPv6 network count as one, in any form; an IPv4 address is itself in each form', () => {
  const of = clientAddress([]);
  const network = ['2001:db8::1', '2001:db8::9:8:7:6', '2001:db8:0:0:ffff::1', '2001:0db8:0000::5'].map((address) =>
    of(from(address)),
  );
  expect(new Set(network)).toEqual(new Set(['2001:db8:0:0::/64']));
  expect(of(from('2001:db8:0:1::1'))).not.toBe(network[0]);
  expect([of(from('::ffff:198.51.100.7')), of(from('198.51.100.7'))]).toEqual(['198.51.100.7', '198.51.100.7']);
});

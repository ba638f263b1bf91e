// The address of a request for rate limits: the other end of its connection. Behind a proxy that is the proxy's own.
// X-Forwarded-For is believed only from proxies that the operator names (TRUSTED_PROXIES), since anybody can send such
// a header.
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Context } from 'hono';
import ipaddr from 'ipaddr.js';
import proxyAddr from 'proxy-addr';

/**
 * A request header of ours that tells handlers the address. The server strips it from outside requests, and sets it.
 */
export const CLIENT_HEADER = 'x-heard-client';
/** The part of an IPv6 address that one household or restaurant has to itself, in groups of 16 bits. */
const NETWORK_GROUPS = 4;

/**
 * @param proxies addresses, networks (CIDR), and the names of proxy-addr: `loopback`, `linklocal`, `uniquelocal`
 * @throws where one is none of these
 */
export function clientAddress(proxies: readonly string[]): (request: IncomingMessage) => string {
  const trusted = proxyAddr.compile([...proxies]);
  return (request) => {
    const peer = request.socket.remoteAddress ?? '';
    // The nearest address that is not a proxy of ours: the entries before it came from outside.
    const said = proxyAddr(request, trusted);
    return shortened(isIP(said) ? said : peer);
  };
}

function shortened(address: string): string {
  if (!isIP(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed instanceof ipaddr.IPv6
    ? `${parsed.parts
        .slice(0, NETWORK_GROUPS)
        .map((part) => part.toString(16))
        .join(':')}::/64`
    : parsed.toString();
}

/** @returns empty in tests that call the app without a server */
export const addressOf = (c: Context): string => c.req.header(CLIENT_HEADER) ?? '';

// Where a request comes from, as far as limits care: the other end of its connection. That is a proxy's where one
// stands in front; what it says in X-Forwarded-For is believed only of proxies that the operator names
// (TRUSTED_PROXIES), since anybody can send such a header.
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Context } from 'hono';
import ipaddr from 'ipaddr.js';
import proxyAddr from 'proxy-addr';

/**
 * A request header of ours by which handlers learn it: the server takes it off whatever comes from outside, and sets
 * it.
 */
export const CLIENT_HEADER = 'x-heard-client';
/** Of an IPv6 address: what one household or restaurant has to itself, in groups of 16 bits. */
const NETWORK_GROUPS = 4;

/**
 * @param proxies addresses and networks (CIDR), and what proxy-addr has names for: `loopback`, `linklocal`,
 * `uniquelocal` @throws where one is none of these
 */
export function clientAddress(proxies: readonly string[]): (request: IncomingMessage) => string {
  const trusted = proxyAddr.compile([...proxies]);
  return (request) => {
    const peer = request.socket.remoteAddress ?? '';
    // Of several, the nearest one that is no proxy of ours: what stands before it came from outside.
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

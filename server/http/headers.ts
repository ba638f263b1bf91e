// The headers that keep an answer from being framed, sniffed, leaked, or turned into somebody else's script.
import { randomBytes } from 'node:crypto';
import type { Config } from '../config.ts';

export const newNonce = (): string => randomBytes(16).toString('base64');

/** The headers of every answer; a page's own policy, which has a nonce, replaces the one here. */
export function securityHeaders({ dev, http }: Pick<Config, 'dev' | 'http'>): [string, string][] {
  return [
    ['content-security-policy', "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"],
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'DENY'],
    ['referrer-policy', 'no-referrer'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    [
      'permissions-policy',
      [
        ...[
          'accelerometer',
          'bluetooth',
          'browsing-topics',
          'camera',
          'display-capture',
          'geolocation',
          'gyroscope',
          'magnetometer',
          'microphone',
          'midi',
          'payment',
          'serial',
          'usb',
        ].map((feature) => `${feature}=()`),
        // Screens stay awake, fill the tablet and make sounds.
        'autoplay=(self)',
        'fullscreen=(self)',
        'screen-wake-lock=(self)',
      ].join(', '),
    ],
    ...(http.publicUrl.startsWith('https:') && !dev
      ? [['strict-transport-security', 'max-age=63072000; includeSubDomains'] as [string, string]]
      : []),
  ];
}

/** The policy of files: a service worker obeys the policy that its own script came with, and fetches pages. */
export const FILE_POLICY =
  "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * A page's policy. Only scripts that we wrote into the page run, and the scripts that those load. Styles come from our
 * files, or carry the nonce. Styles that a script sets (React's `style`, in the browser) are not checked, but a style
 * attribute in the server's HTML would be refused.
 */
export function pagePolicy({ dev, http }: Pick<Config, 'dev' | 'http'>, nonce: string): string {
  // Not every browser takes 'self' to mean sockets, too.
  const socket = http.publicUrl.replace(/^http/, 'ws').replace(/^(wss?:\/\/[^/]+).*$/, '$1');
  return [
    "default-src 'self'",
    // Next's development tools evaluate text.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' ${dev ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "media-src 'self' data: blob:",
    "worker-src 'self'",
    "manifest-src 'self'",
    `connect-src 'self' ${socket}`,
    // Forms are sent by scripts: the browser itself is never to send one.
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

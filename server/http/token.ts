// The operator's token, compared in constant time, so that the speed of an answer reveals nothing.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { Problem } from './problems.ts';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** @throws Problem 401 where the request does not carry `Authorization: Bearer {token}` */
export function requireToken(token: string): MiddlewareHandler {
  const wanted = digest(token);
  return async (c, next) => {
    const given = /^bearer +(\S+) *$/i.exec(c.req.header('authorization') ?? '')?.[1];
    if (given === undefined || !timingSafeEqual(digest(given), wanted)) {
      throw new Problem(
        401,
        'Send the header "Authorization: Bearer" with the token that the server was started with (OPS_TOKEN).',
        {},
        { 'www-authenticate': 'Bearer' },
      );
    }
    await next();
  };
}

// Signing in and out, links that make accounts, and a person's own account.
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import type { PrismaClient } from '../db/client.ts';
import { Problem } from '../http/problems.ts';
import { answer } from '../http/answers.ts';
import { addRoute, label, readJson } from '../http/requests.ts';
import { LinkAsked, LinkView } from '../protocol/invitations.ts';
import { PersonView } from '../protocol/people.ts';
import { SessionList } from '../protocol/sessions.ts';
import type { Accounts, Visitor } from './accounts.ts';
import { addressOf } from './client-address.ts';
import { expiredSessionCookie, isUuid, sessionCookie } from './cookies.ts';
import { personOf } from './guard.ts';
import type { LostPasswords } from './lost-passwords.ts';
import { Password, PASSWORD_MAX } from './passwords.ts';
import type { PeopleWatch } from './people-watch.ts';
import { ABSOLUTE_SECONDS, type Sessions, type SignedIn } from './sessions.ts';

export interface AccountRoutesDeps {
  prisma: PrismaClient;
  accounts: Accounts;
  sessions: Sessions;
  lost: LostPasswords;
  watch: PeopleWatch;
}

/**
 * In small letters, since nobody remembers the case they typed. Characters that would make several addresses, or a
 * name, in a mail's header are refused.
 */
export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'must have at most 254 characters')
  .regex(/^[^\s@\p{Cc},;:<>()[\]"\\]+@[^\s@\p{Cc},;:<>()[\]"\\]+$/u, 'must be an e-mail address');
/** As typed into a form for an account that exists: it need not meet today's rules. */
const Typed = z.string().min(1, 'must not be empty').max(PASSWORD_MAX, `must have at most ${PASSWORD_MAX} characters`);
const Secret = z.string().regex(/^[\w-]{43}$/, 'must be the end of the link, after the #');

const SignIn = z.strictObject({ email: Email, password: Typed });
const Link = z.strictObject({ secret: Secret });
const Accept = z.strictObject({
  secret: Secret,
  name: label(80).nullable().default(null),
  email: Email.nullable().default(null),
  password: Password,
});
const Forgotten = z.strictObject({ email: Email });
const Change = z.strictObject({ present: Typed, next: Password });

const KEEP_ALIVE_MS = 15_000;

const visitorOf = (c: Context): Visitor => ({
  address: addressOf(c),
  agent: c.req.header('user-agent'),
  cookie: c.req.header('cookie'),
});

export function addAccountRoutes(app: Hono, deps: AccountRoutesDeps): void {
  const { accounts, lost, sessions } = deps;
  const signedIn = (c: Context, token: string): Response => {
    c.header('set-cookie', sessionCookie(token, ABSOLUTE_SECONDS, sessions.secure));
    return c.body(null, 204);
  };
  const signedOut = (c: Context): Response => {
    c.header('set-cookie', expiredSessionCookie(sessions.secure));
    // The pages in this browser's cache go, too.
    c.header('clear-site-data', '"cache"');
    return c.body(null, 204);
  };

  addRoute(app, '/auth/sign-in', {
    POST: async (c) => {
      const { email, password } = await readJson(c, SignIn);
      return signedIn(c, await accounts.signIn(email, password, visitorOf(c)));
    },
  });
  addRoute(app, '/auth/sign-out', {
    POST: async (c) => {
      await accounts.signOut(c.req.header('cookie'));
      return signedOut(c);
    },
  });
  addRoute(app, '/auth/link', {
    POST: async (c) => answer(c, LinkView, await accounts.describe((await readJson(c, Link)).secret, visitorOf(c))),
  });
  addRoute(app, '/auth/accept', {
    POST: async (c) => {
      const { secret, ...given } = await readJson(c, Accept);
      return signedIn(c, await accounts.accept(secret, given, visitorOf(c)));
    },
  });

  addRoute(app, '/auth/forgotten', {
    POST: async (c) => answer(c, LinkAsked, await lost.ask((await readJson(c, Forgotten)).email, addressOf(c)), 202),
  });
  addRoute(app, '/api/v1/password-links', {
    POST: async (c) => c.json(await lost.linkFor((await readJson(c, Forgotten)).email), 201),
  });

  addRoute(app, '/manage/api/me', { GET: async (c) => answer(c, PersonView, await whoIs(deps.prisma, personOf(c))) });
  addRoute(app, '/manage/api/watch', { GET: (c) => watch(c, deps) });
  addRoute(app, '/manage/api/password', {
    PUT: async (c) => {
      const { present, next } = await readJson(c, Change);
      return signedIn(c, await accounts.changePassword(personOf(c), present, next));
    },
  });
  addRoute(app, '/manage/api/sessions', {
    GET: async (c) => {
      const me = personOf(c);
      return answer(c, SessionList, {
        sessions: (await sessions.list(me.id)).map((session) => ({ ...session, here: session.id === me.sessionId })),
      });
    },
    DELETE: async (c) => {
      const me = personOf(c);
      await sessions.endAll(deps.prisma, me.id);
      sessions.changed([me.id]);
      return signedOut(c);
    },
  });
  addRoute(app, '/manage/api/sessions/:id', {
    DELETE: async (c) => {
      const id = c.req.param('id') ?? '';
      if (!isUuid(id) || !(await sessions.end(personOf(c).id, id)))
        throw new Problem(404, 'There is no such session of yours.');
      return c.body(null, 204);
    },
  });
}

/** @returns restaurants by name; all of them for an operator, 200 at most */
export async function whoIs(prisma: PrismaClient, person: SignedIn): Promise<PersonView> {
  const where = person.operator ? {} : { id: { in: Object.keys(person.roles) } };
  const restaurants = await prisma.restaurant.findMany({
    where,
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 200,
    select: { id: true, name: true },
  });
  return {
    id: person.id,
    name: person.name,
    email: person.email,
    operator: person.operator,
    restaurants: restaurants.map((restaurant) => ({
      ...restaurant,
      role: person.operator ? 'operator' : person.roles[restaurant.id]!,
    })),
  };
}

/** A stream that stays silent until the session is over: then the page says so, within a second. */
function watch(c: Context, { watch: people }: AccountRoutesDeps): Response {
  const { sessionId } = personOf(c);
  const restaurantId = c.req.query('restaurant') || null;
  const text = new TextEncoder();
  let stop = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(text.encode(': watching\n\n'));
      const alive = setInterval(() => controller.enqueue(text.encode(': \n\n')), KEEP_ALIVE_MS);
      const remove = people.add({ sessionId, restaurantId }, () => {
        clearInterval(alive);
        try {
          controller.enqueue(text.encode('event: over\ndata: over\n\n'));
          controller.close();
        } catch {
          /* the page went away just now */
        }
      });
      stop = () => {
        clearInterval(alive);
        remove();
      };
    },
    cancel: () => stop(),
  });
  return c.body(body, 200, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
}

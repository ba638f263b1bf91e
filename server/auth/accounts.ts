// Accounts with an e-mail address and a password. People come in by signing in, or by a link that works once
// (invitations.ts): it makes their account, or lets them choose a new password.
import { randomUUID } from 'node:crypto';
import type { PrismaClient } from '../db/client.ts';
import type { Logger } from '../logger.ts';
import { type Actor, audit } from '../db/audit.ts';
import { Problem } from '../http/problems.ts';
import type { LinkView } from '../protocol/invitations.ts';
import { readSession } from './cookies.ts';
import { linkGone, type Invitations } from './invitations.ts';
import type { AttemptLimits } from './limits.ts';
import { hashSecret, verifySecret, weakness, weaknessWords } from './passwords.ts';
import { hashOf } from './secrets.ts';
import type { Sessions, SignedIn } from './sessions.ts';

/** The origin of a request: for rate limits, and for the list of sessions. */
export interface Visitor {
  address: string;
  agent: string | undefined;
  cookie: string | undefined;
}

const WRONG = 'The e-mail address or the password is not right.';

export class Accounts {
  constructor(
    private readonly deps: {
      prisma: PrismaClient;
      sessions: Sessions;
      limits: AttemptLimits;
      invitations: Invitations;
      log: Logger;
    },
  ) {}

  /**
   * @returns the new session's token
   * @throws Problem 401 where address or password are wrong, 429 after too many tries
   */
  async signIn(email: string, password: string, visitor: Visitor): Promise<string> {
    const { prisma, limits, log } = this.deps;
    const [here, account] = [
      { limit: 'sign-in:address', key: visitor.address },
      { limit: 'sign-in:account', key: email },
    ] as const;
    await limits.take(here, account);
    const [person] = await prisma.$queryRaw<{ id: string; name: string; passwordHash: string | null }[]>`
      SELECT id, name, password_hash AS "passwordHash" FROM people WHERE email = ${email} AND revoked_at IS NULL`;
    if (!(await verifySecret(person?.passwordHash ?? null, password)) || !person) {
      // The typed address is not logged: people type passwords into the wrong field.
      log.warn({ personId: person?.id ?? null }, 'somebody could not sign in');
      throw new Problem(401, WRONG);
    }
    await limits.forget(account);
    await limits.takeBack(here);
    return this.#opened(person, 'session.open', visitor);
  }

  /** Ends the session of this browser, if it has one. */
  async signOut(cookie: string | undefined): Promise<void> {
    const person = await this.deps.sessions.find(cookie);
    if (person) await this.deps.sessions.end(person.id, person.sessionId);
  }

  /**
   * All other sessions end, and this one goes on under a new token.
   * @returns the new token
   * @throws Problem 400 where the new password is weak, 403 where the present one is wrong
   */
  async changePassword(me: SignedIn, present: string, next: string): Promise<string> {
    const { prisma, limits, sessions, invitations } = this.deps;
    const limit = { limit: 'password:person', key: me.id } as const;
    await limits.take(limit);
    const row = await prisma.person.findUnique({ where: { id: me.id }, select: { passwordHash: true } });
    if (!(await verifySecret(row?.passwordHash ?? null, present)))
      throw new Problem(403, 'That is not your present password.', {
        errors: [{ field: 'present', message: 'is not your present password' }],
      });
    const hash = await this.#hashed(next, [me.name, me.email ?? '']);
    await limits.forget(limit);
    const token = await prisma.$transaction(async (tx) => {
      await tx.$executeRaw`UPDATE people SET password_hash = ${hash} WHERE id = ${me.id}::uuid`;
      await invitations.endOf(tx, me.id);
      await audit(tx, me, 'password.change', `person ${me.id}`, {});
      return sessions.endOthers(tx, me);
    });
    sessions.changed([me.id]);
    return token;
  }

  /** @throws Problem 410 where the link does not work */
  async describe(secret: string, visitor: Visitor): Promise<LinkView> {
    const { prisma, limits, invitations } = this.deps;
    await limits.take({ limit: 'link:address', key: visitor.address });
    const found = await invitations.find(secret);
    const ids = found.grants.map(({ restaurantId }) => restaurantId);
    const restaurants = await prisma.restaurant.findMany({
      where: { id: { in: ids } },
      select: { name: true },
      orderBy: { name: 'asc' },
    });
    const known =
      found.personId === null &&
      found.email !== null &&
      (await prisma.person.findFirst({ where: { email: found.email, revokedAt: null }, select: { id: true } })) !==
        null;
    return {
      kind: found.personId ? 'password' : known ? 'join' : 'new',
      name: found.name,
      email: found.email,
      operator: found.operator,
      restaurants: restaurants.map(({ name }) => name),
    };
  }

  /**
   * Uses a link up.
   * @param password the new one, or the present one of an account that exists already
   * @returns the token of a new session
   * @throws Problem 410 where the link does not work, 400 where the password is weak, 401 where it is not that
   * account's
   */
  async accept(
    secret: string,
    given: { name: string | null; email: string | null; password: string },
    visitor: Visitor,
  ): Promise<string> {
    const { prisma, limits, sessions, invitations } = this.deps;
    await limits.take({ limit: 'link:address', key: visitor.address });
    const found = await invitations.find(secret);
    const email = found.email ?? given.email;
    const known =
      found.personId !== null
        ? await prisma.person.findFirst({ where: { id: found.personId, revokedAt: null } })
        : email === null
          ? null
          : await prisma.person.findFirst({ where: { email } });
    if (found.personId !== null && !known) throw linkGone();
    if (found.personId === null && email === null)
      throw new Problem(400, 'email: must be an e-mail address', {
        errors: [{ field: 'email', message: 'must be an e-mail address' }],
      });
    let hash: string | undefined;
    if (found.personId === null && known) {
      const account = { limit: 'sign-in:account', key: email! } as const;
      await limits.take(account);
      if (known.revokedAt || !(await verifySecret(known.passwordHash, given.password))) throw new Problem(401, WRONG);
      await limits.forget(account);
    } else {
      const name = known?.name ?? given.name ?? found.name;
      if (!name)
        throw new Problem(400, 'name: must not be empty', {
          errors: [{ field: 'name', message: 'must not be empty' }],
        });
      hash = await this.#hashed(given.password, [name, email ?? known?.email ?? '']);
    }
    const person = { id: known?.id ?? randomUUID(), name: known?.name ?? given.name ?? found.name ?? '' };
    await prisma.$transaction(async (tx) => {
      await invitations.useUp(tx, found);
      if (!known) {
        const made = await tx.$executeRaw`
            INSERT INTO people (id, name, email, password_hash, created_at)
            VALUES (${person.id}::uuid, ${person.name}, ${email}, ${hash}, now())
            ON CONFLICT DO NOTHING
          `;
        if (!made) throw new Problem(409, 'Somebody just made an account with this address: open the link again.');
      } else if (hash) await tx.$executeRaw`UPDATE people SET password_hash = ${hash} WHERE id = ${person.id}::uuid`;
      if (found.operator) await tx.$executeRaw`UPDATE people SET operator = true WHERE id = ${person.id}::uuid`;
      for (const { restaurantId, role } of found.grants) {
        await tx.$executeRaw`
          INSERT INTO memberships (person_id, restaurant_id, role, created_at)
          VALUES (${person.id}::uuid, ${restaurantId}, ${role}, now())
          ON CONFLICT (person_id, restaurant_id) DO UPDATE SET role = EXCLUDED.role
        `;
        await audit(tx, person, 'invitation.accept', `person ${person.id}`, { role }, restaurantId);
      }
      if (found.personId !== null) await sessions.endAll(tx, person.id);
      // Also after an account gained roles: the maker of an older link was to have power over a lesser one.
      if (known) await invitations.endOf(tx, person.id);
      if (!found.grants.length)
        await audit(tx, person, found.personId ? 'password.reset' : 'invitation.accept', `person ${person.id}`, {
          operator: found.operator,
        });
    });
    sessions.changed([person.id]);
    return this.#opened(person, 'session.open', visitor);
  }

  /** @throws Problem 400 where it is weak */
  async #hashed(password: string, personal: string[]): Promise<string> {
    const why = await weakness(password, personal);
    if (why)
      throw new Problem(400, `password: ${weaknessWords[why]}`, {
        errors: [{ field: 'password', message: weaknessWords[why], code: why }],
      });
    return hashSecret(password);
  }

  /** The browser's earlier session ends with it: a token never lives on through a sign-in. */
  async #opened(person: Exclude<Actor, string>, action: string, { agent, cookie }: Visitor): Promise<string> {
    const { prisma, sessions } = this.deps;
    const before = readSession(cookie, sessions.secure);
    return prisma.$transaction(async (tx) => {
      if (before !== undefined)
        await tx.$executeRaw`
          UPDATE sessions
          SET revoked_at = now()
          WHERE token_hash = decode(${hashOf(before)}, 'hex') AND revoked_at IS NULL
        `;
      await audit(tx, person, action, `person ${person.id}`, {});
      return (await sessions.open(tx, person.id, agent)).token;
    });
  }
}

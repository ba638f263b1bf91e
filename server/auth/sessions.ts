// Sessions of signed-in people. A session is a random token in a cookie; the database has its hash. Every request asks
// the database, and so does every second of an open page or socket: a revoked session ends at once in every process.
//
//   signed in --12 h without a request, or 7 days--> over
//        `------ signed out, here or everywhere; password changed; person revoked ------> over
import { randomUUID } from 'node:crypto';
import type { Bus } from '../db/bus.ts';
import type { PrismaClient, Sql } from '../db/client.ts';
import type { Sent } from '../http/answers.ts';
import type { PersonRole } from '../protocol/domain.ts';
import type { SessionView } from '../protocol/sessions.ts';
import { readSession } from './cookies.ts';
import { may, type Allowed, callersOf, type Roles } from './permissions.ts';
import { hashOf, newSecret } from './secrets.ts';

const IDLE_SECONDS = 12 * 3600;
export const ABSOLUTE_SECONDS = 7 * 24 * 3600;
/** A request is recorded as a sign of life at most this often. */
const TOUCH_SECONDS = 60;
const AGENT_CHARS = 200;

/** The signed-in person. */
export interface SignedIn extends Roles {
  id: string;
  name: string;
  email: string | null;
  sessionId: string;
  roles: Record<string, PersonRole>;
}
/** An open page or socket: its session, and the restaurant whose managers it is for, if any. */
export interface Watched {
  sessionId: string;
  restaurantId: string | null;
}

export class Sessions {
  readonly secure: boolean;
  constructor(private readonly deps: { prisma: PrismaClient; bus: Pick<Bus, 'publish'>; publicUrl: string }) {
    this.secure = deps.publicUrl.startsWith('https:');
  }

  /** A new session with a token of its own, never one that was there before. @returns its id, and the cookie's token */
  async open(tx: Sql, personId: string, agent: string | undefined): Promise<{ id: string; token: string }> {
    const [id, token] = [randomUUID(), newSecret()];
    await tx.$executeRaw`
      INSERT INTO sessions (id, token_hash, person_id, agent, created_at, last_seen_at, expires_at)
      VALUES (
        ${id}::uuid, decode(${hashOf(token)}, 'hex'), ${personId}::uuid, ${(agent ?? '').slice(0, AGENT_CHARS)},
        now(), now(), now() + make_interval(secs => ${ABSOLUTE_SECONDS})
      )
    `;
    return { id, token };
  }

  /** The sender of this Cookie header. @returns null where nobody is signed in */
  async find(cookieHeader: string | undefined): Promise<SignedIn | null> {
    const token = readSession(cookieHeader, this.secure);
    if (token === undefined) return null;
    const [row] = await this.deps.prisma.$queryRaw<(SignedIn & { stale: boolean })[]>`
      SELECT
        p.id, p.name, p.email, p.operator, s.id AS "sessionId",
        s.last_seen_at < now() - make_interval(secs => ${TOUCH_SECONDS}) AS stale,
        coalesce(
          (SELECT jsonb_object_agg(m.restaurant_id, m.role) FROM memberships m WHERE m.person_id = p.id), '{}'::jsonb
        ) AS roles
      FROM sessions s
      JOIN people p ON p.id = s.person_id
      WHERE s.token_hash = decode(${hashOf(token)}, 'hex')
        AND s.revoked_at IS NULL
        AND p.revoked_at IS NULL
        AND s.expires_at > now()
        AND s.last_seen_at > now() - make_interval(secs => ${IDLE_SECONDS})
    `;
    if (!row) return null;
    const { stale, ...person } = row;
    if (stale)
      await this.deps.prisma.$executeRaw`UPDATE sessions SET last_seen_at = now() WHERE id = ${person.sessionId}::uuid`;
    return person;
  }

  /** Which of these are over: signed out, timed out, person removed, or no longer a manager there. */
  async over(watched: readonly Watched[]): Promise<Watched[]> {
    if (!watched.length) return [];
    const rows = await this.deps.prisma.$queryRaw<(Roles & { sessionId: string })[]>`
      SELECT
        s.id AS "sessionId", p.operator,
        coalesce(
          (SELECT jsonb_object_agg(m.restaurant_id, m.role) FROM memberships m WHERE m.person_id = p.id), '{}'::jsonb
        ) AS roles
      FROM sessions s
      JOIN people p ON p.id = s.person_id
      WHERE s.id = ANY(${[...new Set(watched.map(({ sessionId }) => sessionId))]}::uuid[])
        AND s.revoked_at IS NULL
        AND p.revoked_at IS NULL
        AND s.expires_at > now()
        AND s.last_seen_at > now() - make_interval(secs => ${IDLE_SECONDS})
    `;
    const live = new Map(rows.map((row) => [row.sessionId, row]));
    const managers: Allowed = ['manager', 'operator'];
    return watched.filter(({ sessionId, restaurantId }) => {
      const row = live.get(sessionId);
      return !row || (restaurantId !== null && !may(managers, callersOf(row, restaurantId)));
    });
  }

  /** Latest first; those that are over are left out. */
  async list(personId: string): Promise<Omit<Sent<SessionView>, 'here'>[]> {
    return this.deps.prisma.$queryRaw<Omit<Sent<SessionView>, 'here'>[]>`
      SELECT id, agent, created_at AS "createdAt", last_seen_at AS "lastSeenAt"
      FROM sessions
      WHERE person_id = ${personId}::uuid
        AND revoked_at IS NULL
        AND expires_at > now()
        AND last_seen_at > now() - make_interval(secs => ${IDLE_SECONDS})
      ORDER BY last_seen_at DESC, id LIMIT 100
    `;
  }

  /** Ends one session of this person's. @returns false where they have no such session */
  async end(personId: string, sessionId: string): Promise<boolean> {
    const ended = await this.deps.prisma.$executeRaw`
        UPDATE sessions
        SET revoked_at = now()
        WHERE id = ${sessionId}::uuid AND person_id = ${personId}::uuid AND revoked_at IS NULL
      `;
    this.changed([personId]);
    return ended > 0;
  }

  /** Ends all sessions of a person. @param tx the transaction of the reason; call `changed` after its commit */
  async endAll(tx: Sql, personId: string): Promise<void> {
    await tx.$executeRaw`
      UPDATE sessions SET revoked_at = now() WHERE person_id = ${personId}::uuid AND revoked_at IS NULL
    `;
  }

  /** Has every process check the open pages and sockets of these people now. */
  changed(personIds: Iterable<string>): void {
    this.deps.bus.publish('people', personIds);
  }

  /**
   * All other sessions of this person end, and this one goes on under a new token.
   * @returns the new token; tell `changed` after the commit
   */
  async endOthers(tx: Sql, { id, sessionId }: SignedIn): Promise<string> {
    const token = newSecret();
    await tx.$executeRaw`
      UPDATE sessions
      SET revoked_at = now()
      WHERE person_id = ${id}::uuid AND id <> ${sessionId}::uuid AND revoked_at IS NULL
    `;
    await tx.$executeRaw`
      UPDATE sessions SET token_hash = decode(${hashOf(token)}, 'hex') WHERE id = ${sessionId}::uuid
    `;
    return token;
  }
}

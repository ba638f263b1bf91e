// The people of a restaurant, as its managers see and change them. A PIN belongs to a person in one restaurant, so
// setting it gives no power elsewhere. Things that a person has in several restaurants can be changed only by a manager
// of all of those.
import { randomUUID } from 'node:crypto';
import { invitationEmail } from '../mail/mails.ts';
import type { Bus } from '../db/bus.ts';
import type { PrismaClient, Sql } from '../db/client.ts';
import { writeMail } from '../db/outbox.ts';
import { audit } from '../db/audit.ts';
import type { Sent } from '../http/answers.ts';
import { Problem } from '../http/problems.ts';
import type { PersonRole } from '../protocol/domain.ts';
import type { MadeLink, OpenInvitation } from '../protocol/invitations.ts';
import type { TeamMember } from '../protocol/people.ts';
import type { Grant, Invitations, NewInvitation } from './invitations.ts';
import type { AttemptLimits } from './limits.ts';
import { hashSecret } from './passwords.ts';
import { callersOf, may } from './permissions.ts';
import type { Sessions, SignedIn } from './sessions.ts';

interface Deps {
  prisma: PrismaClient;
  bus: Pick<Bus, 'publish'>;
  sessions: Sessions;
  invitations: Invitations;
  limits: AttemptLimits;
  mails: boolean;
  onMail?: (() => void) | undefined;
}

const nobodyHere = () => new Problem(404, 'There is no such person here.');

export class People {
  constructor(private readonly deps: Deps) {}

  list(restaurantId: string): Promise<Sent<TeamMember>[]> {
    return this.deps.prisma.$queryRaw<Sent<TeamMember>[]>`
      SELECT
        p.id, p.name, p.email, m.role, m.pin_hash IS NOT NULL AS "hasPin",
        p.password_hash IS NOT NULL AS "hasAccount", p.operator, m.created_at AS since
      FROM memberships m
      JOIN people p ON p.id = m.person_id
      WHERE m.restaurant_id = ${restaurantId} AND p.revoked_at IS NULL
      ORDER BY lower(p.name), p.id
    `;
  }

  /** Adds a person for paired devices only. @param pin null: they cannot choose their name yet */
  async add(
    me: SignedIn,
    restaurantId: string,
    { name, role, pin }: { name: string; role: PersonRole; pin: string | null },
  ): Promise<{ id: string }> {
    const [id, pinHash] = [randomUUID(), pin === null ? null : await hashSecret(pin)];
    await this.deps.prisma.$transaction(async (tx) => {
      await tx.$executeRaw`INSERT INTO people (id, name, created_at) VALUES (${id}::uuid, ${name}, now())`;
      await tx.$executeRaw`
        INSERT INTO memberships (person_id, restaurant_id, role, pin_hash, created_at)
        VALUES (${id}::uuid, ${restaurantId}, ${role}, ${pinHash}, now())
      `;
      await audit(tx, me, 'person.add', `person ${id}`, { name, role, pin: pin !== null }, restaurantId);
    });
    return { id };
  }

  /** @throws Problem 404, or 403 where the name is not only theirs to change, or 409 for one's own role */
  async change(
    me: SignedIn,
    restaurantId: string,
    id: string,
    { name, role }: { name?: string | undefined; role?: PersonRole | undefined },
  ): Promise<void> {
    await this.#at(me, restaurantId, id, async (tx, person) => {
      if (name !== undefined && name !== person.name) {
        if (!(await covers(tx, me, id)))
          throw new Problem(
            403,
            'They work in other restaurants, too: only a manager of all of those can rename them.',
          );
        await tx.$executeRaw`UPDATE people SET name = ${name} WHERE id = ${id}::uuid`;
      }
      if (role !== undefined && role !== person.role) {
        if (id === me.id && !me.operator)
          throw new Problem(409, 'Nobody can change their own role: ask another manager.');
        await tx.$executeRaw`
          UPDATE memberships SET role = ${role} WHERE person_id = ${id}::uuid AND restaurant_id = ${restaurantId}
        `;
        if (person.role === 'manager') await endInvitations(tx, id);
      }
      await audit(
        tx,
        me,
        'person.change',
        `person ${id}`,
        {
          was: { name: person.name, role: person.role },
          ...(name !== undefined && { name }),
          ...(role !== undefined && { role }),
        },
        restaurantId,
      );
    });
  }

  /** @param pin null takes it away */
  async setPin(me: SignedIn, restaurantId: string, id: string, pin: string | null): Promise<void> {
    const hash = pin === null ? null : await hashSecret(pin);
    await this.#at(me, restaurantId, id, async (tx) => {
      await tx.$executeRaw`
        UPDATE memberships SET pin_hash = ${hash} WHERE person_id = ${id}::uuid AND restaurant_id = ${restaurantId}
      `;
      await endSignIns(tx, id, restaurantId);
      await audit(tx, me, pin === null ? 'person.pin-removed' : 'person.pin-set', `person ${id}`, {}, restaurantId);
    });
  }

  /**
   * Removes a person from this restaurant. A person without any restaurant, unless an operator, is signed out for good.
   */
  async remove(me: SignedIn, restaurantId: string, id: string): Promise<void> {
    if (id === me.id) throw new Problem(409, 'Nobody can take themselves out: ask another manager.');
    await this.#at(me, restaurantId, id, async (tx, person) => {
      await tx.$executeRaw`DELETE FROM memberships WHERE person_id = ${id}::uuid AND restaurant_id = ${restaurantId}`;
      await endSignIns(tx, id, restaurantId);
      await endInvitations(tx, id);
      const gone = await tx.$executeRaw`
        UPDATE people
        SET revoked_at = now(), password_hash = NULL, email = NULL
        WHERE id = ${id}::uuid
          AND NOT operator
          AND NOT EXISTS (SELECT 1 FROM memberships WHERE person_id = ${id}::uuid)
      `;
      if (gone) await this.deps.sessions.endAll(tx, id);
      await audit(tx, me, 'person.remove', `person ${id}`, { name: person.name, role: person.role }, restaurantId);
    });
  }

  // ---- links

  /**
   * @returns the link, which is shown this once; `mailed` where it also went out by e-mail
   * @throws Problem 403 where the caller gives a right that they do not have
   */
  async invite(me: SignedIn, { name, email, operator, grants }: NewInvitation): Promise<MadeLink> {
    if (operator && !me.operator) throw new Problem(403, 'Only an operator can invite an operator.');
    for (const { restaurantId } of grants) {
      if (!may(['manager', 'operator'], callersOf(me, restaurantId)))
        throw new Problem(404, `There is no restaurant ${restaurantId} here.`);
    }
    return this.#send(me, { name, email, operator, grants }, 'invitation.create', { email, operator, grants }, grants);
  }

  /** A link for a new password. @throws Problem 403 where the person has more rights than the caller */
  async passwordLink(me: SignedIn, restaurantId: string, id: string): Promise<MadeLink> {
    const { prisma } = this.deps;
    const [person] = await prisma.$queryRaw<
      { name: string; email: string | null; operator: boolean; hasAccount: boolean }[]
    >`
      SELECT p.name, p.email, p.operator, p.password_hash IS NOT NULL AS "hasAccount"
      FROM people p
      JOIN memberships m ON m.person_id = p.id
      WHERE p.id = ${id}::uuid AND m.restaurant_id = ${restaurantId} AND p.revoked_at IS NULL
    `;
    if (!person) throw nobodyHere();
    if (!person.hasAccount)
      throw new Problem(409, 'They have no account with a password: invite them by e-mail instead.');
    if ((person.operator && !me.operator) || !(await covers(prisma, me, id)))
      throw new Problem(403, 'They may do more than you here: only a manager of all of their restaurants can do that.');
    return this.#send(
      me,
      { personId: id, name: person.name, email: person.email, operator: false, grants: [] },
      'password.link',
      { person: id },
      [{ restaurantId }],
    );
  }

  invitations(restaurantId: string): Promise<Sent<OpenInvitation>[]> {
    const here = JSON.stringify([{ restaurantId }]);
    return this.deps.prisma.$queryRaw<Sent<OpenInvitation>[]>`
      SELECT
        i.id, i.name, i.email,
        (
          SELECT g ->> 'role'
          FROM jsonb_array_elements(i.grants) AS g
          WHERE g ->> 'restaurantId' = ${restaurantId} LIMIT 1
        ) AS role,
        i.created_at AS "createdAt", i.expires_at AS "expiresAt"
      FROM invitations i
      WHERE i.grants @> ${here}::jsonb AND i.used_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now()
      ORDER BY i.created_at DESC LIMIT 100
    `;
  }

  async endInvitation(me: SignedIn, restaurantId: string, id: string): Promise<void> {
    const here = JSON.stringify([{ restaurantId }]);
    await this.deps.prisma.$transaction(async (tx) => {
      const ended = await tx.$executeRaw`
          UPDATE invitations
          SET revoked_at = now()
          WHERE id = ${id}::uuid AND grants @> ${here}::jsonb AND used_at IS NULL AND revoked_at IS NULL
        `;
      if (!ended) throw new Problem(404, 'There is no such invitation here.');
      await audit(tx, me, 'invitation.revoke', `invitation ${id}`, {}, restaurantId);
    });
  }

  async #send(
    me: SignedIn,
    invitation: NewInvitation,
    action: string,
    detail: object,
    where: readonly Pick<Grant, 'restaurantId'>[],
  ) {
    const { prisma, invitations, limits, mails } = this.deps;
    await limits.take({ limit: 'invite:person', key: me.id });
    const mailed = mails && invitation.email !== null;
    const { id, secret } = await prisma.$transaction(async (tx) => {
      const made = await invitations.make(tx, invitation, me.id);
      if (mailed)
        await writeMail(tx, invitationEmail({ by: me.name, password: invitation.personId !== undefined }), {
          recipient: invitation.email!,
          invitationId: made.id,
        });
      for (const { restaurantId } of where) await audit(tx, me, action, `invitation ${made.id}`, detail, restaurantId);
      if (!where.length) await audit(tx, me, action, `invitation ${made.id}`, detail);
      return made;
    });
    if (mailed) this.deps.onMail?.();
    return { id, link: invitations.linkOf(secret), mailed };
  }

  /** Changes a person of this restaurant, and has their open pages checked again. */
  async #at(
    me: SignedIn,
    restaurantId: string,
    id: string,
    change: (tx: Sql, person: { name: string; role: PersonRole }) => Promise<void>,
  ): Promise<void> {
    const { prisma, sessions } = this.deps;
    await prisma.$transaction(async (tx) => {
      const [person] = await tx.$queryRaw<{ name: string; role: PersonRole; operator: boolean }[]>`
        SELECT p.name, m.role, p.operator FROM memberships m JOIN people p ON p.id = m.person_id
        WHERE p.id = ${id}::uuid AND m.restaurant_id = ${restaurantId} AND p.revoked_at IS NULL FOR UPDATE OF p`;
      if (!person) throw nobodyHere();
      if (person.operator && !me.operator)
        throw new Problem(403, 'They are an operator: only an operator can change that.');
      await change(tx, person);
    });
    sessions.changed([id]);
  }
}

/** Does `me` manage every restaurant that this person works in? */
async function covers(sql: Sql, me: SignedIn, personId: string): Promise<boolean> {
  const rows = await sql.$queryRaw<
    { restaurantId: string }[]
  >`SELECT restaurant_id AS "restaurantId" FROM memberships WHERE person_id = ${personId}::uuid`;
  return rows.every(({ restaurantId }) => may(['manager', 'operator'], callersOf(me, restaurantId)));
}

/** Ends the invitations of a person that may not invite any more. */
const endInvitations = (tx: Sql, personId: string) =>
  tx.$executeRaw`
    UPDATE invitations
    SET revoked_at = now()
    WHERE created_by = ${personId} AND used_at IS NULL AND revoked_at IS NULL
  `;

const endSignIns = (tx: Sql, personId: string, restaurantId: string) => tx.$executeRaw`
  UPDATE staff_sign_ins s
  SET ended_at = now(), open_on = NULL
  FROM devices d
  WHERE s.person_id = ${personId}::uuid
    AND s.open_on IS NOT NULL
    AND d.id = s.device_id
    AND d.restaurant_id = ${restaurantId}
`;

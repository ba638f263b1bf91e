// Links that work once: each makes an account, adds roles to one, or lets its person choose a new password. The
// database has the hash of a link's secret. The server prints the link of the very first account when it starts and
// nobody can sign in.
import { randomUUID } from 'node:crypto';
import type { PrismaClient, Sql } from '../db/client.ts';
import { Problem } from '../http/problems.ts';
import type { Logger } from '../logger.ts';
import type { PersonRole } from '../protocol/domain.ts';
import { hashOf, newSecret } from './secrets.ts';

const LINK_SECONDS = 72 * 3600;
const FIRST_LINK_SECONDS = 24 * 3600;
/** The maker of the first account's link. */
const FIRST = 'first start';

export interface Grant {
  restaurantId: string;
  role: PersonRole;
}

export interface NewInvitation {
  personId?: string;
  name: string | null;
  email: string | null;
  operator: boolean;
  grants: Grant[];
}

/** A link that works. Without a person it makes an account. */
export interface OpenedInvitation extends Required<Omit<NewInvitation, 'personId'>> {
  id: string;
  personId: string | null;
  createdBy: string;
}

export const linkGone = () =>
  new Problem(410, 'This link does not work any more: it was used, or is too old. Ask for a new one.');

export class Invitations {
  constructor(private readonly deps: { prisma: PrismaClient; log: Logger; publicUrl: string }) {}

  /** @returns the link's secret, which is kept nowhere, and the invitation's id */
  async make(
    tx: Sql,
    invitation: NewInvitation,
    createdBy: string,
    seconds = LINK_SECONDS,
  ): Promise<{ id: string; secret: string }> {
    const [id, secret] = [randomUUID(), newSecret()];
    await tx.$executeRaw`
      INSERT INTO invitations (
        id, token_hash, person_id, name, email, operator, grants, created_by, created_at, expires_at
      )
      VALUES (
        ${id}::uuid, decode(${hashOf(secret)}, 'hex'), ${invitation.personId ?? null}::uuid, ${invitation.name},
        ${invitation.email}, ${invitation.operator}, ${JSON.stringify(invitation.grants)}::jsonb, ${createdBy}, now(),
        now() + make_interval(secs => ${seconds})
      )
    `;
    return { id, secret };
  }

  /**
   * The link for an e-mail, made when the mail is sent, so that it waits nowhere.
   * @returns null where the invitation is over
   */
  async mailedLink(invitationId: string): Promise<string | null> {
    const secret = newSecret();
    const live = await this.deps.prisma.$executeRaw`
      UPDATE invitations
      SET mail_token_hash = decode(${hashOf(secret)}, 'hex')
      WHERE id = ${invitationId}::uuid AND used_at IS NULL AND revoked_at IS NULL AND expires_at > now()
    `;
    return live ? this.linkOf(secret) : null;
  }

  linkOf(secret: string): string {
    return `${this.deps.publicUrl}/invite#${secret}`;
  }

  /** Writes the link of the first account to the log, as long as nobody can sign in. */
  async printFirstLink(): Promise<void> {
    const { prisma, log } = this.deps;
    if (await somebodyIn(prisma)) return;
    const { secret } = await this.make(
      prisma,
      { name: null, email: null, operator: true, grants: [] },
      FIRST,
      FIRST_LINK_SECONDS,
    );
    // The one secret that is written down: a reader of the server's output owns the server. It works once, and for
    // nobody once somebody can sign in.
    log.warn(
      { link: this.linkOf(secret) },
      "nobody can sign in yet: this link makes the operator's account (it works once, for 24 hours)",
    );
  }

  /** @throws Problem 410 where the link does not work */
  async find(secret: string): Promise<OpenedInvitation> {
    const { prisma } = this.deps;
    const [row] = await prisma.$queryRaw<OpenedInvitation[]>`
      SELECT id, person_id AS "personId", name, email, operator, grants, created_by AS "createdBy"
      FROM invitations
      WHERE (token_hash = decode(${hashOf(secret)}, 'hex') OR mail_token_hash = decode(${hashOf(secret)}, 'hex'))
        AND used_at IS NULL
        AND revoked_at IS NULL
        AND expires_at > now()
    `;
    if (!row || (row.createdBy === FIRST && (await somebodyIn(prisma)))) throw linkGone();
    return row;
  }

  /** @throws Problem 410 where another request used it first */
  async useUp(tx: Sql, { id, createdBy }: OpenedInvitation): Promise<void> {
    // Two first accounts at once would each believe to be the only one.
    if (createdBy === FIRST) {
      await tx.$executeRaw`LOCK TABLE people IN EXCLUSIVE MODE`;
      if (await somebodyIn(tx)) throw linkGone();
    }
    const used = await tx.$executeRaw`
      UPDATE invitations
      SET used_at = now(), token_hash = NULL, mail_token_hash = NULL
      WHERE id = ${id}::uuid AND used_at IS NULL AND revoked_at IS NULL
    `;
    if (!used) throw linkGone();
  }

  /** Ends a person's open links to a new password: they have one now. */
  async endOf(tx: Sql, personId: string): Promise<void> {
    await tx.$executeRaw`
      UPDATE invitations
      SET revoked_at = now()
      WHERE person_id = ${personId}::uuid AND used_at IS NULL AND revoked_at IS NULL
    `;
  }
}

async function somebodyIn(sql: Sql): Promise<boolean> {
  const found = await sql.$queryRaw<unknown[]>`
    SELECT 1 FROM people WHERE password_hash IS NOT NULL AND operator AND revoked_at IS NULL LIMIT 1
  `;
  return found.length > 0;
}

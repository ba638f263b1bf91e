// A way back in after a lost password: a link that works once, mailed to the account's own address, or made by the
// server's operator. The answer is the same with and without such an account, and is given before anything is looked
// up.
import { forgottenEmail } from '../mail/mails.ts';
import type { PrismaClient } from '../db/client.ts';
import { writeMail } from '../db/outbox.ts';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { audit } from '../db/audit.ts';
import { Problem } from '../http/problems.ts';
import { OPERATOR } from '../http/requests.ts';
import type { Invitations } from './invitations.ts';
import type { AttemptLimits } from './limits.ts';

/** How long such a link works. */
const LINK_SECONDS = 3600;
/** The maker of the link in the audit, where nobody has proved their identity. */
const ANYBODY = 'somebody at the sign-in';

interface Deps {
  prisma: PrismaClient;
  invitations: Invitations;
  limits: AttemptLimits;
  log: Logger;
  onMail?: (() => void) | undefined;
}

export class LostPasswords {
  constructor(private readonly deps: Deps) {}

  /**
   * @returns whether this server sends e-mails at all; not whether one went out
   * @throws Problem 429 after too many requests from there, or for this address
   */
  async ask(email: string, address: string): Promise<{ mails: boolean }> {
    const { limits, log, onMail } = this.deps;
    await limits.take({ limit: 'forgotten:address', key: address }, { limit: 'forgotten:account', key: email });
    if (!onMail) return { mails: false };
    // Not awaited: how long it takes would tell whether there is such an account.
    this.#make(email, ANYBODY, true).catch((error: unknown) =>
      log.warn({ error: messageOf(error) }, 'a link for a new password could not be made'),
    );
    return { mails: true };
  }

  /** For a caller with the operator's token. @throws Problem 404 where nobody signs in with this address */
  async linkFor(email: string): Promise<{ link: string; expiresAt: Date }> {
    const made = await this.#make(email, OPERATOR, false);
    if (!made) throw new Problem(404, 'Nobody signs in with this address.');
    return { link: this.deps.invitations.linkOf(made.secret), expiresAt: new Date(Date.now() + LINK_SECONDS * 1000) };
  }

  async #make(email: string, by: string, mail: boolean): Promise<{ secret: string } | null> {
    const { prisma, invitations, onMail } = this.deps;
    const made = await prisma.$transaction(async (tx) => {
      const [person] = await tx.$queryRaw<{ id: string; name: string }[]>`
        SELECT id, name
        FROM people
        WHERE email = ${email} AND password_hash IS NOT NULL AND revoked_at IS NULL
        FOR UPDATE
      `;
      if (!person) return null;
      // The latest mail's link is the one that works: an older one may have gone astray.
      await tx.$executeRaw`
        UPDATE invitations
        SET revoked_at = now()
        WHERE person_id = ${person.id}::uuid AND created_by = ${by} AND used_at IS NULL AND revoked_at IS NULL
      `;
      const invitation = await invitations.make(
        tx,
        { personId: person.id, name: person.name, email, operator: false, grants: [] },
        by,
        LINK_SECONDS,
      );
      if (mail) await writeMail(tx, forgottenEmail(), { recipient: email, invitationId: invitation.id });
      await audit(tx, by, 'password.forgotten', `person ${person.id}`, { mailed: mail });
      return invitation;
    });
    if (made && mail) onMail?.();
    return made;
  }
}

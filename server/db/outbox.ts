// The one writer of e-mails: a row in the outbox, written by the transaction that gives cause for the e-mail
// (transactional outbox). mail/ sends it after the commit.
import type { Sql } from './client.ts';

export interface Mail {
  subject: string;
  body: string;
}

/** To the given address, or else to the one that alerts go to. With an invitation, the sender puts its link in. */
export interface Addressed {
  recipient: string;
  invitationId: string;
}

/** Wake the sender after the commit, or it finds the row at its next look. */
export async function writeMail(tx: Sql, { subject, body }: Mail, to?: Addressed): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO outbox (subject, body, recipient, invitation_id, created_at, next_attempt_at)
    VALUES (${subject}, ${body}, ${to?.recipient ?? null}, ${to?.invitationId ?? null}::uuid, now(), now())
  `;
}

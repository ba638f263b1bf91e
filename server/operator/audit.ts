// Who changed what by hand: written in the transaction that makes the change.
import type { Sql } from '../db/client.ts';

/** @param subject what was changed, such as `restaurant r-1` */
export async function audit(tx: Sql, actor: string, action: string, subject: string, detail: unknown): Promise<void> {
  await tx.$executeRaw`INSERT INTO audit (at, actor, action, subject, detail) VALUES (now(), ${actor}, ${action}, ${subject}, ${JSON.stringify(detail)}::jsonb)`;
}

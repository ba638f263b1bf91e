// The accepted taps. Each command id has one row with its result, so a tap that is sent twice is carried out once.
import { isUuid } from '../auth/cookies.ts';
import { Prisma, type Sql } from '../db/client.ts';
import { orderIdOf, type Command, type Why } from '../protocol/commands.ts';
import type { ScreenIdentity } from '../protocol/views.ts';

/** The person or device of a tap, and its screen. */
export interface TapAuthor {
  screen: ScreenIdentity;
  personId: string | null;
  by: string;
}
export interface Stored {
  outcome: 'done' | 'conflict';
  why?: Why;
}

/** A person's own browser is a screen without a device. */
const deviceOf = ({ screen }: TapAuthor): string | null => (isUuid(screen.deviceId) ? screen.deviceId : null);

/** The stored result of this command id; `another's` where another screen used it. */
export async function findAction(tx: Sql, id: string, author: TapAuthor): Promise<Stored | "another's" | null> {
  const [row] = await tx.$queryRaw<{ result: Stored; deviceId: string | null; personId: string | null }[]>`
    SELECT result, device_id AS "deviceId", person_id AS "personId" FROM kitchen_actions WHERE id = ${id}::uuid`;
  if (!row) return null;
  // The person may have signed out on the device since, so only the device must be the same.
  const same = row.deviceId === deviceOf(author) && (row.deviceId !== null || row.personId === author.personId);
  return same ? row.result : "another's";
}

/** @param at RFC 3339 */
export async function recordAction(
  tx: Sql,
  command: Command,
  author: TapAuthor,
  at: string,
  result: Stored,
): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO kitchen_actions (id, restaurant_id, order_id, kind, command, device_id, person_id, by, at, result)
    VALUES (
      ${command.id}::uuid, ${author.screen.restaurant.id}, ${orderIdOf(command)}, ${command.kind},
      ${JSON.stringify(command)}::jsonb, ${deviceOf(author)}::uuid, ${author.personId}::uuid, ${author.by},
      ${at}::timestamptz, ${JSON.stringify(result)}::jsonb
    )
  `);
}

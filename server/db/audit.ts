// The audit log of changes by hand. An entry is written in the transaction that makes the change.
import type { Sql } from './client.ts';

/** A signed-in person; or, by name, the operator's token or the server itself. */
export type Actor = string | { id: string; name: string };

/**
 * @param subject the thing that was changed, such as `restaurant r-1`
 * @param restaurantId its managers may see this entry; null for an entry about several restaurants, or about none
 */
export async function audit(
  tx: Sql,
  actor: Actor,
  action: string,
  subject: string,
  detail: unknown,
  restaurantId: string | null = null,
): Promise<void> {
  const [name, personId] = typeof actor === 'string' ? [actor, null] : [actor.name, actor.id];
  await tx.$executeRaw`
    INSERT INTO audit (at, actor, person_id, restaurant_id, action, subject, detail)
    VALUES (
      now(), ${name}, ${personId}::uuid, ${restaurantId}, ${action}, ${subject}, ${JSON.stringify(detail)}::jsonb
    )
  `;
}

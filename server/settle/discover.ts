// An order for a restaurant that nobody set up is not refused: the restaurant is made, with one station, and flagged to
// managers.
import type { Bus } from '../db/bus.ts';
import type { PrismaClient } from '../db/client.ts';

const DISCOVERED_STATION = 'Kitchen';

/**
 * Makes those of the restaurants that do not exist. Outside of any transaction, so that it holds no lock that others
 * wait for.
 */
export async function ensureRestaurants(
  prisma: PrismaClient,
  restaurantIds: readonly string[],
  known: Set<string>,
  bus: Bus,
): Promise<void> {
  const unknown = [...new Set(restaurantIds)].filter((id) => !known.has(id)).sort();
  if (!unknown.length) return;
  const ids = JSON.stringify(unknown);
  const made = await prisma.$queryRaw<{ id: string }[]>`
    INSERT INTO restaurants (id, name, discovered)
    SELECT id, id, true
    FROM jsonb_array_elements_text(${ids}::jsonb) AS id
    ON CONFLICT (id) DO NOTHING
    RETURNING id
  `;
  // Also where a process died between the two statements. The set-up of a restaurant keeps it with a station at all
  // times.
  await prisma.$executeRaw`
    INSERT INTO stations (id, restaurant_id, name, position, fallback)
    SELECT gen_random_uuid(), r.id, ${DISCOVERED_STATION}, 0, true
    FROM restaurants r
    WHERE r.id IN (SELECT jsonb_array_elements_text(${ids}::jsonb))
      AND NOT EXISTS (SELECT FROM stations s WHERE s.restaurant_id = r.id AND s.retired_at IS NULL)
    ON CONFLICT (restaurant_id, name) DO NOTHING
  `;
  for (const id of unknown) known.add(id);
  bus.publish(
    'feed',
    made.map(({ id }) => id),
  );
}

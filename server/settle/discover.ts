// Makes a restaurant that an order names and nobody has set up, with one station. Managers are told of it.
import type { Bus } from '../db/bus.ts';
import type { PrismaClient } from '../db/client.ts';

const DISCOVERED_STATION = 'Kitchen';

/**
 * Makes the restaurants that do not exist yet. It runs outside of any transaction, so that no other transaction waits
 * for its locks.
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
  // Runs for restaurants that exist, too: a process may have died between the two statements. A restaurant that is set
  // up always has a station.
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

// The dishes that a restaurant has cooked lately, for the list in which dishes are marked as sold out. They are read
// from the times of its dishes, which are kept for 30 days, and only the newest of them, so that a busy year costs nothing.
import type { PrismaClient } from '../db/client.ts';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { skuOf } from '../protocol/domain.ts';
import type { DishesResult } from '../protocol/dishes.ts';

const NEWEST = 5000;
const MOST = 300;

/** Never throws. */
export async function recentDishes(
  { prisma, log }: { prisma: PrismaClient; log: Logger },
  restaurantId: string,
): Promise<DishesResult> {
  try {
    const rows = await prisma.$queryRaw<{ key: string; name: string }[]>`
      SELECT dish_key AS key, (array_agg(name ORDER BY ready_at DESC))[1] AS name
      FROM (
        SELECT dish_key, name, ready_at
        FROM dish_times
        WHERE restaurant_id = ${restaurantId}
        ORDER BY ready_at DESC
        LIMIT ${NEWEST}
      ) newest
      GROUP BY dish_key
      ORDER BY count(*) DESC, dish_key
      LIMIT ${MOST}
    `;
    return { outcome: 'dishes', dishes: rows.map(({ key, name }) => ({ sku: skuOf(key), name })) };
  } catch (error) {
    log.warn({ error: messageOf(error) }, 'the dishes of a restaurant could not be listed');
    return { outcome: 'unavailable' };
  }
}

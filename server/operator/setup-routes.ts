// Managers see their restaurant's set-up, try a change, and save it.
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { actorOf } from '../auth/guard.ts';
import type { Bus } from '../db/bus.ts';
import type { PrismaClient } from '../db/client.ts';
import { ORDER_TYPES } from '../protocol/domain.ts';
import { DishRouted, SetupEffects, SetupNow } from '../protocol/setup.ts';
import { Problem } from '../http/problems.ts';
import { answer } from '../http/answers.ts';
import { addRoute, readJson } from '../http/requests.ts';
import { RestaurantSetup } from './restaurant-setup.ts';
import { setUpRestaurant } from './restaurants.ts';
import { effectsOf, readSetup, tryDish } from './setup-now.ts';

const text = z.string().max(1000).nullable();
const Change = z.strictObject({ setup: RestaurantSetup, version: z.string().max(64) });
const Asked = z.strictObject({ setup: RestaurantSetup });
const Trial = z.strictObject({
  setup: RestaurantSetup,
  dish: z.strictObject({ category: text, sku: text }),
  type: z.enum(ORDER_TYPES).nullable(),
});

export function addSetupRoutes(app: Hono, deps: { prisma: PrismaClient; bus: Pick<Bus, 'publish'> }): void {
  const { prisma } = deps;
  const base = '/manage/api/restaurants/:restaurant';
  const idOf = (c: Context) => c.req.param('restaurant') ?? '';
  const now = async (id: string) => {
    const setup = await readSetup(prisma, id);
    if (!setup) throw new Problem(404, 'There is no such restaurant here.');
    return setup;
  };
  addRoute(app, `${base}/setup`, {
    GET: async (c) => answer(c, SetupNow, await now(idOf(c))),
    PUT: async (c) => {
      const { setup, version } = await readJson(c, Change);
      await now(idOf(c));
      await setUpRestaurant(deps, idOf(c), setup, actorOf(c), version);
      return answer(c, SetupNow, await now(idOf(c)));
    },
  });
  addRoute(app, `${base}/setup/effects`, {
    POST: async (c) => answer(c, SetupEffects, await effectsOf(prisma, idOf(c), (await readJson(c, Asked)).setup)),
  });
  addRoute(app, `${base}/setup/try`, {
    POST: async (c) => {
      const { setup, dish, type } = await readJson(c, Trial);
      return answer(c, DishRouted, tryDish(setup, dish, type));
    },
  });
}

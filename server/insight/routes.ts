// The HTTP answers for a manager's pages. They stand under two addresses: for signed-in people (of a restaurant that
// they manage), and for a paired manager's screen (of its own restaurant).
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { personOf, screenOf } from '../auth/guard.ts';
import type { PrismaClient } from '../db/client.ts';
import { OrderFinder } from '../kitchen/find.ts';
import type { Logger } from '../logger.ts';
import type { PipelineStatus } from '../monitor/ports.ts';
import { Problem } from '../http/problems.ts';
import { answer } from '../http/answers.ts';
import { addRoute, check, hasNoRow } from '../http/requests.ts';
import { readLimit } from '../http/paging.ts';
import { CHANGE_KINDS, ChangePage } from '../protocol/changes.ts';
import { FindResult } from '../protocol/find.ts';
import { ParkedOrders } from '../protocol/parked-orders.ts';
import { Story } from '../protocol/story.ts';
import { TimesReport, Usual } from '../protocol/times.ts';
import { readChangers, readChangePage } from './changes.ts';
import { timesCsv } from './csv.ts';
import { isTheirs, readParkedOrders } from './parked-orders.ts';
import { readTimes, readUsual } from './reports.ts';
import { readStory } from './story.ts';

/** The restaurant of the question. `all`: the asker also sees orders whose restaurant is not known. */
interface Asker {
  restaurantId: string;
  all: boolean;
}

const byPerson = (c: Context): Asker => ({ restaurantId: c.req.param('restaurant') ?? '', all: personOf(c).operator });
const byScreen = (c: Context): Asker => ({ restaurantId: screenOf(c).restaurant.id, all: false });

const MOST_DAYS = 31;
const Day = z.iso.date('must be a day, YYYY-MM-DD');
const Days = z
  .object({ from: Day, to: Day })
  .refine(({ from, to }) => from <= to, 'from must not be after to')
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) < MOST_DAYS * 86_400_000, `at most ${MOST_DAYS} days`);

const Text = z.string().min(1).max(100);
const By = z
  .string()
  .max(200)
  .refine((name) => !hasNoRow(name), 'must not have NUL or half characters')
  .optional();
const Kind = z.enum(CHANGE_KINDS, `must be one of ${CHANGE_KINDS.join(', ')}`).optional();

export function addInsightRoutes(
  app: Hono,
  { prisma, log, status }: { prisma: PrismaClient; log: Logger; status: Pick<PipelineStatus, 'health'> },
): void {
  const finder = new OrderFinder({ prisma, log, health: () => status.health() });
  for (const [base, whoOf] of [
    ['/manage/api/restaurants/:restaurant', byPerson],
    ['/screen/api/:device', byScreen],
  ] as const) {
    addRoute(app, `${base}/parked-orders`, {
      GET: async (c) => {
        const { restaurantId, all } = whoOf(c);
        return answer(c, ParkedOrders, await readParkedOrders(prisma, restaurantId, all));
      },
    });
    addRoute(app, `${base}/usual`, {
      GET: async (c) => answer(c, Usual, await readUsual(prisma, whoOf(c).restaurantId)),
    });
    addRoute(app, `${base}/times`, {
      GET: async (c) => {
        const { from, to } = daysOf(c);
        return answer(c, TimesReport, await readTimes(prisma, whoOf(c).restaurantId, from, to));
      },
    });
    addRoute(app, `${base}/times.csv`, {
      GET: (c) => {
        const { from, to } = daysOf(c);
        return c.body(timesCsv(prisma, whoOf(c).restaurantId, from, to), 200, {
          'content-type': 'text/csv; charset=utf-8; header=present',
          'content-disposition': `attachment; filename="times-${from}-${to}.csv"`,
        });
      },
    });
    addRoute(app, `${base}/find`, {
      GET: async (c) =>
        answer(c, FindResult, await finder.find(whoOf(c).restaurantId, check(Text, c.req.query('text'), 'text'))),
    });
    addRoute(app, `${base}/orders/:order/story`, {
      GET: async (c) => {
        const { restaurantId, all } = whoOf(c);
        const found = await readStory(prisma, c.req.param('order') ?? '');
        if (!found || !isTheirs(found.restaurantIds, restaurantId, all))
          throw new Problem(404, 'There is no such order here.');
        return answer(c, Story, found.story);
      },
    });
  }
  addRoute(app, '/manage/api/restaurants/:restaurant/changes', {
    GET: async (c) => {
      const { restaurantId } = byPerson(c);
      const { limit, cursor } = { limit: readLimit(c), cursor: c.req.query('cursor') };
      const page = await readChangePage(prisma, {
        restaurantId,
        kind: check(Kind, c.req.query('kind') || undefined, 'kind') ?? null,
        by: check(By, c.req.query('by') || undefined, 'by') ?? null,
        limit,
        cursor,
      });
      return answer(c, ChangePage, cursor ? page : { ...page, people: await readChangers(prisma, restaurantId) });
    },
  });
}

const daysOf = (c: Context) => check(Days, { from: c.req.query('from'), to: c.req.query('to') }, 'the days');

// The simulator's own address: its page, the dials and figures as JSON, actions, and orders handed in by another
// process (a replay).
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import type { Life, Step } from './life.ts';
import type { Change, NewOrder } from './order.ts';
import { page } from './page.ts';
import type { Platform } from './platform.ts';
import type { Restaurant } from './restaurants/index.ts';

const MAX_JOB = 400_000;
const steps = {
  cancel: 'cancel',
  'add-dish': 'add',
  'void-line': 'void',
  'vanish-line': 'vanish',
  'move-table': 'move',
  rush: 'rush',
} as const satisfies Record<string, Step>;

const Count = z.object({ count: z.number().int().min(1).max(20_000).default(200) });
const JobRequest = z.object({
  messages: z.number().int().min(1).max(MAX_JOB),
  of: z.enum(['touched', 'known', 'archived']).default('archived'),
});
const OrderRequest = z.looseObject({
  restaurantId: z.string().min(1).max(64),
  items: z.array(z.looseObject({ name: z.string().min(1), quantity: z.number().int().min(1).default(1) })).min(1),
});
const ChangeRequest = z.object({ change: z.enum(['pay', 'complete', 'cancel', 'touch', 'rush']) });

export function pageApp(platform: Platform, life: Life, restaurants: Restaurant[], crewAtWork: () => number): Hono {
  const app = new Hono();
  const figures = () => ({
    ordersOpen: platform.book.openCount,
    ordersKnown: platform.book.size,
    messagesSent: platform.messagesSent,
    messagesQueued: platform.messagesQueued,
    kafka: platform.kafkaWaiting ?? null,
    requests: platform.traffic.requests,
    requestsPerSecond: platform.traffic.perSecond(),
    inFlight: platform.traffic.inFlight,
    maxInFlight: platform.traffic.maxInFlight,
    answers: Object.fromEntries([...platform.traffic.answers].sort()),
    job: platform.job ?? null,
    crew: crewAtWork(),
  });

  // Protects against cross-site requests: a page elsewhere cannot send JSON by a form, so it cannot turn dials through
  // somebody's browser.
  app.use(async (c, next) => {
    if (c.req.method !== 'GET' && !c.req.header('content-type')?.startsWith('application/json'))
      throw new HTTPException(415, { message: 'send application/json' });
    await next();
  });
  app.get('/', (c) => c.html(page(platform.dials, restaurants)));
  app.get('/livez', (c) => c.json({ ok: true, simulator: 'ordering-platform' }));
  app.get('/figures', (c) => c.json(figures()));
  app.get('/dials', (c) => c.json(platform.dials));
  app.put('/dials', async (c) => c.json(platform.turn(await c.req.json())));
  app.post('/actions/replay', async (c) =>
    c.json({ said: `${platform.replay(Count.parse(await c.req.json()).count)} old messages are sent again` }),
  );
  app.post('/actions/job', async (c) => {
    platform.startJob(JobRequest.parse(await c.req.json()));
    return c.json({ said: 'the job has begun' });
  });
  app.post('/actions/reset-figures', (c) => {
    platform.traffic.reset();
    return c.json({ said: 'counting begins anew' });
  });
  app.post('/actions/new-order', (c) => {
    const { number, restaurantId } = life.order();
    return c.json({ said: `order ${number} at ${restaurants.find(({ id }) => id === restaurantId)?.name}` });
  });
  for (const [name, step] of Object.entries(steps)) {
    app.post(`/actions/${name}`, (c) => {
      const order = life.stepSomewhere(step);
      return c.json({ said: order ? `done to order ${order.number}` : 'there is no order for that' });
    });
  }
  app.post('/orders', async (c) => {
    // The simulator assigns the id and the version. A caller's own might name an order that exists.
    const { id: _id, version: _version, ...order } = OrderRequest.parse(await c.req.json());
    return c.json({ id: platform.place(order as NewOrder).id }, 201);
  });
  app.post('/orders/:id/changes', async (c) => {
    const change: Change = ChangeRequest.parse(await c.req.json()).change;
    if (!platform.book.get(c.req.param('id'))) throw new HTTPException(404, { message: 'there is no such order' });
    return c.json({ version: platform.change(c.req.param('id'), change).version });
  });
  app.onError((error, c) => {
    if (error instanceof HTTPException) return c.json({ error: error.message }, error.status);
    if (error instanceof z.ZodError) return c.json({ error: z.prettifyError(error) }, 400);
    if (error instanceof SyntaxError) return c.json({ error: 'not JSON' }, 400);
    return c.json({ error: error.message }, 500);
  });
  return app;
}

// Two processes' settlers on a database of a test's own, and messages of one order after another.
import { Prisma, type PrismaClient } from '../server/db/client.ts';
import type { OrderEvent } from '../server/upstream/message.ts';
import { loadOrders } from '../server/order/order-rows.ts';
import type { KitchenOrder } from '../server/order/order.ts';
import type { OrderDetail } from '../server/upstream/detail.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { detail, event } from './made.ts';
import { startSettler, type TestSettler } from './pipeline.ts';

export interface Settlers {
  database: TestDatabase;
  prisma: PrismaClient;
  one: TestSettler;
  two: TestSettler;
  /** @returns the id of an order that no test has used; messages and details are its from now on */
  nextOrder(): string;
  /** Each at an offset of its own. */
  event(version: number | null, more?: Partial<OrderEvent>): OrderEvent;
  detail(version: number | null, more?: Partial<OrderDetail>): OrderDetail;
  /** As the database has it. */
  order(orderId?: string): Promise<KitchenOrder | undefined>;
  stop(): Promise<void>;
}

export async function startSettlers(): Promise<Settlers> {
  const database = await createTestDatabase();
  const { prisma } = database;
  const [one, two] = await Promise.all([startSettler(database.url), startSettler(database.url)]);
  const placedAt = new Date().toISOString();
  let [offsets, orders, id] = [0, 0, ''];
  return {
    database,
    prisma,
    one,
    two,
    nextOrder: () => (id = `order-${(orders += 1)}`),
    event: (version, more = {}) => event((offsets += 1), { orderId: id, version, ...more }),
    detail: (version, more = {}) => detail(version, { id, placedAt, ...more }),
    order: async (orderId = id) => (await loadOrders(prisma, Prisma.sql`o.id = ${orderId}`))[0],
    stop: async () => {
      await Promise.all([one.stop(), two.stop()]);
      await database.drop();
    },
  };
}

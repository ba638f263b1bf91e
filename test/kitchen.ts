// A restaurant with two stations on a database of a test's own: orders come as settlements, screens tap.
import { randomUUID } from 'node:crypto';
import { Prisma, type PrismaClient } from '../server/db/client.ts';
import { KitchenCommands } from '../server/kitchen/commands.ts';
import { loadOrders } from '../server/order/order-rows.ts';
import type { KitchenOrder } from '../server/order/order.ts';
import type { OrderDetail } from '../server/upstream/detail.ts';
import type { Command, CommandResult } from '../server/protocol/commands.ts';
import type { Role } from '../server/protocol/domain.ts';
import type { ScreenIdentity } from '../server/protocol/views.ts';
import { RetryControl } from '../server/retry/control.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { detail, event } from './made.ts';
import { arrived, log, startSettler, type TestSettler } from './pipeline.ts';
import { UNSET_STATION } from '../server/protocol/facts.ts';

type Omitted<T> = T extends unknown ? Omit<T, 'id'> : never;

export interface TestKitchen {
  database: TestDatabase;
  prisma: PrismaClient;
  part: TestSettler;
  commands: KitchenCommands;
  stations: Record<'Bar' | 'Kitchen', { id: string; name: string }>;
  screen(
    role: Role,
    options?: { name?: string; station?: { id: string; name: string } | null; restaurantId?: string },
  ): Promise<ScreenIdentity>;
  /** A new detail of this order arrives. @returns the order as the kitchen then has it */
  arrive(id: string, version: number, more?: Partial<OrderDetail>): Promise<KitchenOrder>;
  read(id: string): Promise<KitchenOrder>;
  tap(screen: ScreenIdentity, command: Omitted<Command>, id?: string): Promise<CommandResult>;
  stop(): Promise<void>;
}

/** @param people names of the people signed in everywhere, by id */
export async function startKitchen(
  people: Record<string, string> = {},
  options?: Parameters<typeof createTestDatabase>[0],
): Promise<TestKitchen> {
  const database = await createTestDatabase(options);
  const { prisma } = database;
  const part = await startSettler(database.url);
  const retry = new RetryControl({ prisma, bus: part.bus });
  const commands = new KitchenCommands({
    prisma,
    bus: part.bus,
    log,
    retryParked: (...asked) => retry.retryOrder(...asked),
    nameOfPerson: async (_, personId) => people[personId] ?? null,
  });
  await prisma.restaurant.createMany({ data: ['r-1', 'r-2'].map((id) => ({ id, name: id })) });
  const station = (name: string, restaurantId: string, fallback: boolean, category?: string) =>
    prisma.station.create({
      data: {
        id: randomUUID(),
        restaurantId,
        name,
        position: fallback ? 1 : 0,
        fallback,
        ...(category && { routes: { create: { id: randomUUID(), position: 0, category } } }),
      },
    });
  const stations = {
    Bar: await station('Bar', 'r-1', false, 'drinks'),
    Kitchen: await station('Kitchen', 'r-1', true),
  };
  await station('Kitchen', 'r-2', true);
  let offsets = 0;
  const read = async (id: string) => (await loadOrders(prisma, Prisma.sql`o.id = ${id}`))[0]!;
  return {
    database,
    prisma,
    part,
    commands,
    stations,
    read,
    screen: async (role, { name = role, station = null, restaurantId = 'r-1' } = {}) => {
      const { id } = await prisma.device.create({
        data: { id: randomUUID(), restaurantId, name, role, stationId: station?.id ?? null },
      });
      return {
        deviceId: id,
        deviceName: name,
        person: null,
        role,
        restaurant: { id: restaurantId, name: restaurantId, timeZone: 'UTC', discovered: false },
        publicUrl: 'https://heard.example',
        station: station && { id: station.id, name: station.name, ...UNSET_STATION },
      };
    },
    arrive: async (id, version, more = {}) => {
      await part.settler.settle(
        arrived(
          [event(version, { orderId: id, at: { offset: (offsets += 1) } })],
          detail(version, { id, placedAt: new Date().toISOString(), ...more }),
        ),
      );
      return read(id);
    },
    tap: (screen, command, id = randomUUID()) => commands.execute({ id, ...command } as Command, screen),
    stop: async () => {
      await part.stop();
      await database.drop();
    },
  };
}

// Carries out what screens ask for: under the order's lock, once for each command id, in the transaction that screens follow.
import type { Bus } from '../db/bus.ts';
import { Prisma, type PrismaClient } from '../db/client.ts';
import { messageOf } from '../errors.ts';
import { recordChanges } from '../feed/changes.ts';
import type { Logger } from '../logger.ts';
import { lockLanes } from '../orders/settle-rows.ts';
import { orderIdOf, type Command, type CommandKind, type CommandResult, type OrderCommand, type Why } from '../protocol/commands.ts';
import type { Role } from '../protocol/domain.ts';
import type { ScreenIdentity } from '../protocol/views.ts';
import { loadOrders, saveOrders } from './order-rows.ts';
import { toView, type KitchenOrder } from './order.ts';
import { perform } from './perform.ts';
import { refused, unavailable, wordsOf } from './why.ts';

/** Who may do what. A kitchen screen's commands are also bound to its station. */
export const allowedRoles: Record<CommandKind, readonly Role[]> = {
  start: ['kitchen', 'expo'], bump: ['kitchen', 'expo'], recall: ['kitchen', 'expo'], acknowledge: ['kitchen', 'expo'],
  serve: ['floor', 'expo'], unserve: ['floor', 'expo'],
  fire: [], hold: [], rush: [], transfer: [], 'sold-out': [], 'note-delay': [], 'retry-parked': [],
};

interface Stored { outcome: 'done' | 'conflict'; why?: Why }
type Tx = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0];

export class KitchenCommands {
  constructor(private readonly prisma: PrismaClient, private readonly bus: Bus, private readonly log: Logger) {}

  /** Never throws: what could not be decided is `unavailable`, and may be sent again. */
  async execute(command: Command, screen: ScreenIdentity): Promise<CommandResult> {
    if (!('orderId' in command) || !allowedRoles[command.kind].includes(screen.role)) return refused('not-this-screen');
    try {
      const result = await this.#execute(command, screen);
      if (result.outcome === 'done') this.bus.publish('feed', [screen.restaurant.id]);
      return result;
    } catch (error) {
      this.log.warn({ command: command.kind, orderId: orderIdOf(command), error: messageOf(error) }, 'a command could not be carried out');
      return unavailable('database-away');
    }
  }

  async #execute(command: OrderCommand, screen: ScreenIdentity): Promise<CommandResult> {
    const theirs = await this.prisma.order.findUnique({ where: { id: command.orderId }, select: { restaurantId: true } });
    if (theirs?.restaurantId !== screen.restaurant.id) return refused('no-such-order');
    return this.prisma.$transaction(async (tx): Promise<CommandResult> => {
      await lockLanes(tx, [command.orderId]);
      const [order] = await loadOrders(tx, Prisma.sql`o.id = ${command.orderId}`);
      if (!order) return refused('no-such-order');
      const stored = await tx.kitchenAction.findUnique({ where: { id: command.id }, select: { result: true, deviceId: true } });
      if (stored) return stored.deviceId === screen.deviceId ? this.#answer(tx, stored.result as unknown as Stored, order) : refused('id-used');
      if (screen.station && !atStation(order, command, screen.station.id)) return refused('other-station');
      const now = new Date((await tx.$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS now`)[0].now).toISOString();
      const performed = perform(order, command, now);
      const result: Stored = 'conflict' in performed ? { outcome: 'conflict', why: performed.conflict } : { outcome: 'done' };
      await tx.kitchenAction.create({ data: {
        id: command.id, restaurantId: order.restaurantId, orderId: order.id, kind: command.kind, command: command as unknown as Prisma.InputJsonObject,
        deviceId: screen.deviceId, by: screen.deviceName, at: now, result: result as unknown as Prisma.InputJsonObject } });
      if ('conflict' in performed) return this.#answer(tx, result, order);
      if (performed.after === order) return this.#answer(tx, result, order);
      await saveOrders(tx, [{ before: order, after: performed.after }]);
      // The last statement: every screen's change of this restaurant waits for the row that it locks.
      const revs = await recordChanges(tx, new Map([[order.restaurantId, [order.id]]]));
      return { outcome: 'done', order: toView(performed.after), rev: revs.get(order.restaurantId)! };
    });
  }

  async #answer(tx: Tx, { outcome, why = { code: 'ticket-gone' } }: Stored, order: KitchenOrder): Promise<CommandResult> {
    if (outcome === 'done') {
      const { rev } = await tx.restaurant.findUniqueOrThrow({ where: { id: order.restaurantId }, select: { rev: true } });
      return { outcome, order: toView(order), rev: Number(rev) };
    }
    const by = await lastDevice(tx, order.id);
    return { outcome, order: toView(order), reason: wordsOf(why), why, ...(by && { by }) };
  }
}

/** Whose tap changed the order last. */
async function lastDevice(tx: Tx, orderId: string): Promise<string | undefined> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT d.name FROM kitchen_actions a JOIN devices d ON d.id = a.device_id WHERE a.order_id = ${orderId} AND a.result->>'outcome' = 'done' ORDER BY a.at DESC LIMIT 1`;
  return rows[0]?.name;
}

function atStation(order: KitchenOrder, command: OrderCommand, stationId: string): boolean {
  if ('ticketId' in command && order.tickets.find(({ id }) => id === command.ticketId)?.stationId !== stationId) return false;
  const lineIds = 'lineIds' in command ? (command.lineIds ?? []) : [];
  return lineIds.every((id) => order.lines.find((line) => line.id === id)?.stationId === stationId);
}

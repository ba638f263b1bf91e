// Carries out the screens' commands: under the order's lock, once for each command id, in the same transaction as the
// change that screens follow.
import { randomUUID } from 'node:crypto';
import { mayCommand } from '../auth/permissions.ts';
import type { Bus } from '../db/bus.ts';
import { Prisma, type PrismaClient, type Sql } from '../db/client.ts';
import { messageOf } from '../errors.ts';
import { recordChanges } from '../feed/changes.ts';
import { coursesJson, leadsJson } from '../feed/facts.ts';
import type { Logger } from '../logger.ts';
import { lockLanes } from '../settle/settle-read.ts';
import { orderIdOf, type Command, type CommandResult, type OrderCommand } from '../protocol/commands.ts';
import type { ScreenIdentity } from '../protocol/views.ts';
import { findAction, recordAction, type TapAuthor, type Stored } from './actions.ts';
import { loadOrders, saveOrders } from '../order/order-rows.ts';
import { allergyReader } from '../allergies/reader.ts';
import { forScreens, type KitchenOrder } from '../order/order.ts';
import type { FiringRules } from '../protocol/rules/courses.ts';
import { perform, type KitchenCommand } from '../protocol/rules/perform.ts';
import type { PerformContext } from '../protocol/rules/performed.ts';
import { markSoldOut } from './sold-out.ts';
import { refused, unavailable, wordsOf } from './why.ts';

export interface KitchenCommandsDeps {
  prisma: PrismaClient;
  bus: Pick<Bus, 'publish'>;
  log: Logger;
  /**
   * Makes an order's parked message due at once.
   * @param alongside written in the same transaction
   * @returns false where none waits
   */
  retryParked: (orderId: string, actor: string, alongside: (tx: Sql) => Promise<void>) => Promise<boolean>;
  /** The person's name; null where that person is not signed in on this screen. */
  nameOfPerson: (screen: ScreenIdentity, personId: string) => Promise<string | null>;
}

type RetryCommand = Extract<OrderCommand, { kind: 'retry-parked' }>;

export class KitchenCommands {
  constructor(private readonly deps: KitchenCommandsDeps) {}

  /** Never throws. A command that could not be decided is `unavailable`, and may be sent again. */
  async execute(command: Command, screen: ScreenIdentity): Promise<CommandResult> {
    if (!mayCommand(command.kind, screen)) return refused('not-this-screen');
    try {
      const author = await this.#author(command, screen);
      const result = await this.#execute(command, author);
      if (result.outcome === 'done') this.deps.bus.publish('feed', [screen.restaurant.id]);
      return result;
    } catch (error) {
      this.deps.log.warn(
        { command: command.kind, orderId: orderIdOf(command), error: messageOf(error) },
        'a command could not be carried out',
      );
      return unavailable('database-away');
    }
  }

  /** A tap is never refused because its person is not signed in there any more: it is then the device's. */
  async #author({ personId }: Command, screen: ScreenIdentity): Promise<TapAuthor> {
    const by = personId === undefined ? null : await this.deps.nameOfPerson(screen, personId);
    return by === null
      ? { screen, personId: screen.person?.id ?? null, by: screen.person?.name ?? screen.deviceName }
      : { screen, personId: personId!, by };
  }

  async #execute(command: Command, author: TapAuthor): Promise<CommandResult> {
    if (!('orderId' in command)) return this.deps.prisma.$transaction((tx) => markSoldOut(tx, command, author));
    if (command.kind === 'retry-parked') return this.#retryParked(command, author);
    const theirs = await this.deps.prisma.order.findUnique({
      where: { id: command.orderId },
      select: { restaurantId: true },
    });
    if (theirs?.restaurantId !== author.screen.restaurant.id) return refused('no-such-order');
    return this.deps.prisma.$transaction((tx) => this.#change(tx, command, author));
  }

  /** Changes the retry table only. The kitchen may not have the order yet. */
  async #retryParked(command: RetryCommand, author: TapAuthor): Promise<CommandResult> {
    const { prisma, retryParked } = this.deps;
    const { id: restaurantId } = author.screen.restaurant;
    const stored = await findAction(prisma, command.id, author);
    if (stored === "another's") return refused('id-used');
    if (!stored) {
      const known = await prisma.order.findUnique({ where: { id: command.orderId }, select: { restaurantId: true } });
      // Only the messages of an order that was never fetched may name its restaurant. Where none does, only an operator
      // may try it.
      const whose =
        author.screen.person?.role === 'operator'
          ? { OR: [{ restaurantId }, { restaurantId: null }] }
          : { restaurantId };
      const ours = known
        ? known.restaurantId === restaurantId
        : (await prisma.parkedMessage.count({ where: { orderId: command.orderId, ...whose } })) > 0;
      if (!ours) return refused('no-such-order');
      const record = (tx: Sql) => recordAction(tx, command, author, new Date().toISOString(), { outcome: 'done' });
      if (!(await retryParked(command.orderId, author.by, record))) return refused('nothing-parked');
    }
    const { rev } = await prisma.restaurant.findUniqueOrThrow({ where: { id: restaurantId }, select: { rev: true } });
    return { outcome: 'done', rev: Number(rev) };
  }

  async #change(tx: Sql, command: KitchenCommand, author: TapAuthor): Promise<CommandResult> {
    await lockLanes(tx, [command.orderId]);
    const [order] = await loadOrders(tx, Prisma.sql`o.id = ${command.orderId}`);
    if (!order) return refused('no-such-order');
    const stored = await findAction(tx, command.id, author);
    if (stored === "another's") return refused('id-used');
    if (stored) return answer(tx, stored, order);
    const { station } = author.screen;
    if (station && !atStation(order, command, station.id)) return refused('other-station');
    const context = await contextOf(tx, author);
    const performed = perform(order, command, context);
    const result: Stored =
      'conflict' in performed ? { outcome: 'conflict', why: performed.conflict } : { outcome: 'done' };
    await recordAction(tx, command, author, context.now, result);
    if ('conflict' in performed || performed.after === order) return answer(tx, result, order);
    await saveOrders(tx, [{ before: order, after: performed.after }]);
    // The last statement, since every other change of this restaurant waits for the row that it locks.
    const revs = await recordChanges(tx, new Map([[order.restaurantId, [order.id]]]));
    return { outcome: 'done', order: forScreens(performed.after), rev: revs.get(order.restaurantId)! };
  }
}

async function contextOf(tx: Sql, { screen, by }: TapAuthor): Promise<PerformContext> {
  const [row] = await tx.$queryRaw<[FiringRules & { now: Date; stations: string[]; allergySeen: boolean }]>`
    SELECT
      clock_timestamp() AS now, ${coursesJson} AS courses, ${leadsJson} AS leads, r.allergy_seen AS "allergySeen",
      ARRAY(SELECT s.id::text FROM stations s WHERE s.restaurant_id = r.id AND s.retired_at IS NULL) AS stations
    FROM restaurants r
    WHERE r.id = ${screen.restaurant.id}
  `;
  return {
    ...row,
    now: row.now.toISOString(),
    by,
    stationId: screen.station?.id ?? null,
    newId: randomUUID,
    reader: allergyReader,
  };
}

async function answer(
  tx: Sql,
  { outcome, why = { code: 'ticket-gone' } }: Stored,
  order: KitchenOrder,
): Promise<CommandResult> {
  if (outcome === 'done') {
    const [{ rev }] = await tx.$queryRaw<
      [{ rev: bigint }]
    >`SELECT rev FROM restaurants WHERE id = ${order.restaurantId}`;
    return { outcome, order: forScreens(order), rev: Number(rev) };
  }
  const by = await lastHand(tx, order.id);
  return { outcome, order: forScreens(order), reason: wordsOf(why), why, ...(by && { by }) };
}

/** The name of the last tap that changed the order. */
async function lastHand(tx: Sql, orderId: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ by: string | null }[]>`
    SELECT COALESCE(a.by, d.name) AS by FROM kitchen_actions a LEFT JOIN devices d ON d.id = a.device_id
    WHERE a.order_id = ${orderId} AND a.result->>'outcome' = 'done' ORDER BY a.at DESC LIMIT 1`;
  return rows[0]?.by ?? null;
}

/** A station's screen commands its own tickets and dishes. It fires and holds tickets of its own, never a whole order. */
function atStation(order: KitchenOrder, command: OrderCommand, stationId: string): boolean {
  if (
    'ticketId' in command &&
    command.ticketId !== undefined &&
    order.tickets.find(({ id }) => id === command.ticketId)?.stationId !== stationId
  )
    return false;
  if ((command.kind === 'fire' || command.kind === 'hold') && command.ticketId === undefined) return false;
  // At the hand-over, a station has nothing to say.
  if (command.kind === 'see-allergy' && command.ticketId === undefined) return false;
  const lineIds = 'lineIds' in command ? (command.lineIds ?? []) : [];
  return lineIds.every((id) => order.lines.find((line) => line.id === id)?.stationId === stationId);
}

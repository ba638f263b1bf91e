// Sends tickets again that no screen of their station has confirmed.
import type { PrismaClient } from '../db/client.ts';
import { readOrders } from '../feed/board.ts';
import type { FeedFollower } from '../feed/follower.ts';
import type { Part } from '../lib/part.ts';
import { Rounds } from '../lib/rounds.ts';
import { troublesOf } from '../lib/troubles.ts';
import type { Logger } from '../logger.ts';
import type { ServerMessage } from '../protocol/messages.ts';
import type { ScreenIdentity } from '../protocol/views.ts';
import { Audience } from './audience.ts';
import type { Confirmations } from './confirmations.ts';

export interface RedeliveryDeps {
  prisma: PrismaClient;
  log: Logger;
  confirmations: Confirmations;
  follower: Pick<FeedFollower, 'exclusive' | 'isAt'>;
  /** Of the sockets that are open now. */
  screens: () => ScreenIdentity[];
  sendTo: (room: string, message: ServerMessage) => void;
  onRedelivered?: ((tickets: number) => void) | undefined;
}

const EVERY_MS = 1000;
/** Orders that are sent again at once to one restaurant. */
const MOST = 50;

export class TicketRedelivery implements Part {
  readonly #rounds = new Rounds({
    everyMs: EVERY_MS,
    work: () => this.#attend(),
    watched: () => troublesOf(this.deps.log).watch('what screens have not confirmed could not be read'),
  });

  constructor(private readonly deps: RedeliveryDeps) {}

  start(): void {
    this.#rounds.start();
  }

  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  async #attend(): Promise<void> {
    const screens = this.deps.screens();
    const stations = new Map(
      screens.flatMap(({ station, restaurant }) => (station ? [[station.id, restaurant.id] as const] : [])),
    );
    await this.deps.confirmations.read([...new Set(screens.map(({ restaurant }) => restaurant.id))]);
    for (const restaurantId of new Set(stations.values())) await this.#redeliver(restaurantId, stations);
  }

  /**
   * In the restaurant's own turn, and only while nothing newer is on its way: a screen takes no orders of another rev
   * than its own.
   */
  async #redeliver(restaurantId: string, stations: ReadonlyMap<string, string>): Promise<void> {
    const { prisma, confirmations, follower, sendTo, onRedelivered } = this.deps;
    const due = confirmations
      .due(restaurantId)
      .filter(({ stationId }) => stations.has(stationId))
      .slice(0, MOST);
    if (!due.length) return;
    await follower.exclusive(restaurantId, async () => {
      const read = await readOrders(
        prisma,
        restaurantId,
        due.map(({ orderId }) => orderId),
      );
      if (!read || !follower.isAt(restaurantId, read)) return;
      const { orders, ...at } = read;
      for (const stationId of new Set(due.map((ticket) => ticket.stationId))) {
        const here = orders.filter(({ tickets }) => tickets.some((ticket) => ticket.stationId === stationId));
        sendTo(Audience.roomOfStation(stationId), { type: 'redelivery', ...at, orders: here });
      }
      confirmations.sentAgain(due);
      onRedelivered?.(due.length);
    });
  }
}

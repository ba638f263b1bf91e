// Another tablet of the restaurant without a browser: it is paired like any device and taps over a socket. It stands
// for other people's actions.
import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { Command, CommandResult } from '../server/protocol/commands.ts';
import { PROTOCOL_VERSION, ServerMessage } from '../server/protocol/messages.ts';
import type { OrderView } from '../server/protocol/views.ts';
import type { Restaurant, DeviceSetup } from './restaurant.ts';

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

export class Tablet {
  readonly #orders = new Map<string, OrderView>();
  #waiting: (() => void)[] = [];

  private constructor(private readonly socket: Socket) {
    socket.on('message', (raw: unknown) => {
      const message = ServerMessage.safeParse(raw).data;
      if (message?.type === 'welcome') socket.emit('message', { type: 'subscribe', rev: null });
      if (message?.type !== 'snapshot' && message?.type !== 'delta') return;
      for (const order of message.orders) this.#orders.set(order.id, order);
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  /** @param name the name that others read beside its taps */
  static async pair(
    restaurant: Restaurant,
    role: DeviceSetup['role'],
    { station, name }: { station?: string; name?: string } = {},
  ): Promise<Tablet> {
    const { id, url } = await restaurant.world.newDevice({
      restaurantId: restaurant.id,
      role,
      ...(station && { station }),
      ...(name && { name }),
    });
    const answer = await fetch(url, { redirect: 'manual' });
    const cookie = answer.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    return new Tablet(
      io(restaurant.world.address, {
        transports: ['websocket'],
        forceNew: true,
        auth: { protocolVersion: PROTOCOL_VERSION, deviceId: id },
        extraHeaders: { cookie },
      }),
    );
  }

  /** The order on this tablet, as soon as it satisfies the condition. */
  async order(id: string, isSo: (order: OrderView) => boolean = () => true): Promise<OrderView> {
    for (const until = Date.now() + 15_000; Date.now() < until;) {
      const order = this.#orders.get(id);
      if (order && isSo(order)) return order;
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
        setTimeout(resolve, 500);
      });
    }
    throw new Error(`order ${id} did not become so: ${JSON.stringify(this.#orders.get(id))?.slice(0, 500)}`);
  }

  /** @throws Error unless the command was carried out */
  async tap(command: WithoutId<Command>): Promise<void> {
    const result: CommandResult = await this.socket
      .timeout(10_000)
      .emitWithAck('message', { type: 'command', command: { id: randomUUID(), ...command } });
    if (result.outcome !== 'done')
      throw new Error(`${command.kind}: ${result.outcome}, ${'reason' in result ? result.reason : ''}`);
  }

  /** Bumps all open tickets of these orders at all stations. */
  async bump(...orderIds: string[]): Promise<void> {
    for (const orderId of orderIds) {
      const { tickets } = await this.order(orderId);
      for (const ticket of tickets)
        if (ticket.state === 'open') await this.tap({ kind: 'bump', orderId, ticketId: ticket.id });
    }
  }

  close(): void {
    this.socket.disconnect();
  }
}

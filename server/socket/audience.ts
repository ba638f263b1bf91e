// The view of a screen: sockets with the same view are one room. A station's screens are told of its own orders. The
// floor and the expo are also given the links of guests, which no other screen needs.
import type { BoardChanges } from '../feed/board.ts';
import type { GuestTokens } from '../guest/tokens.ts';
import type { ServerMessage } from '../protocol/messages.ts';
import type { OrderView, ScreenIdentity } from '../protocol/views.ts';

export class Audience {
  readonly room: string;
  readonly stationId: string | null;
  readonly #guests: Pick<GuestTokens, 'tokenOf'> | null;

  constructor({ restaurant, station, role }: ScreenIdentity, guests: Pick<GuestTokens, 'tokenOf'>) {
    const hosts = role === 'floor' || role === 'expo';
    this.stationId = station?.id ?? null;
    this.#guests = hosts ? guests : null;
    this.room = station
      ? Audience.roomOfStation(station.id) + (hosts ? ':hosts' : '')
      : `restaurant:${restaurant.id}${hosts ? ':hosts' : ''}`;
  }

  static roomOfStation(stationId: string): string {
    return `station:${stationId}`;
  }

  view(order: OrderView): OrderView {
    return this.#guests ? { ...order, guestToken: this.#guests.tokenOf(order.id) } : order;
  }

  /** A station's screen is sent the orders that have a ticket there, and told that the others are none of its own. */
  delta({ orders, ...changes }: BoardChanges): ServerMessage {
    const here = (order: OrderView) =>
      this.stationId === null || order.tickets.some((ticket) => ticket.stationId === this.stationId);
    return {
      type: 'delta',
      ...changes,
      orders: orders.filter(here).map((order) => this.view(order)),
      gone: orders.filter((order) => !here(order)).map(({ id }) => id),
    };
  }
}

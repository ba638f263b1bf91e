// The board of a screen, as a pure reducer over the server's messages. Its states are always consistent: a snapshot
// replaces everything, and a delta applies unless it starts after the board's rev. That is a gap, which the caller closes
// by subscribing again. Orders that did not change keep their object, so that their cards need not be drawn again.
import type { Delta, ServerMessage, Snapshot, Unconfirmed } from '../../../server/protocol/messages.ts';
import { CLOSED_FOR_MS, shownUntil } from '../../../server/protocol/limits.ts';
import {
  NO_FACTS,
  type BoardFacts,
  type Health,
  type OrderView,
  type ScreenIdentity,
  type StaffHere,
} from '../../../server/protocol/views.ts';
import { same } from './same.ts';

export interface BoardState {
  /** The newest change on the board; null until the first snapshot. */
  readonly rev: number | null;
  /** When that change was written: another database has another change under the same rev. Null where it is not known. */
  readonly revAt: string | null;
  /** The newest change that the server has told of. */
  readonly headRev: number | null;
  /** The server's time at which the board was last known to be complete. */
  readonly confirmedAt: number | null;
  readonly orders: ReadonlyMap<string, OrderView>;
  readonly facts: BoardFacts;
  readonly screen: ScreenIdentity | null;
  readonly health: Health | null;
  /** Tickets that no screen of their station has confirmed; the expo and managers are told. */
  readonly unconfirmed: Unconfirmed | null;
  /** The person at this device; null while the server has not told. */
  readonly staff: StaffHere | null;
}

export type Step = { readonly state: BoardState; readonly gap: boolean };

export function emptyBoard(screen: ScreenIdentity | null): BoardState {
  return {
    rev: null,
    revAt: null,
    headRev: null,
    confirmedAt: null,
    orders: new Map(),
    facts: { ...NO_FACTS, stations: screen?.station ? [screen.station] : [] },
    screen,
    health: null,
    unconfirmed: null,
    staff: null,
  };
}

export function reduce(state: BoardState, message: ServerMessage): Step {
  switch (message.type) {
    case 'welcome':
      // Another identity may see other orders: nothing of the former one may stay.
      if (state.screen && !sameBoard(state.screen, message.screen))
        return { state: emptyBoard(message.screen), gap: false };
      return { state: { ...state, screen: keep(state.screen, message.screen) }, gap: false };
    case 'snapshot':
      return { state: takeSnapshot(state, message), gap: false };
    case 'delta':
      if (state.rev !== null && message.rev <= state.rev) return { state, gap: false };
      // One that begins earlier is as good: it carries whole orders, as they are at its rev.
      if (state.rev === null || message.fromRev > state.rev) return { state, gap: true };
      return { state: takeDelta(state, message), gap: false };
    case 'redelivery': {
      // At another rev it may be older than the board, or hide that something is missing.
      if (state.rev === null || message.rev > state.rev) return { state, gap: true };
      if (message.rev < state.rev) return { state, gap: false };
      const orders = new Map(state.orders);
      for (const order of message.orders) orders.set(order.id, keep(state.orders.get(order.id), order));
      return { state: { ...state, orders }, gap: false };
    }
    case 'pulse': {
      const confirms = state.rev !== null && message.rev <= state.rev && message.health.database === 'ok';
      const confirmedAt = confirms ? latest(state.confirmedAt, message.serverTime) : state.confirmedAt;
      return {
        state: {
          ...state,
          headRev: message.rev,
          confirmedAt,
          health: keep(state.health, message.health),
          unconfirmed: keep(state.unconfirmed, message.unconfirmed ?? state.unconfirmed),
        },
        gap: false,
      };
    }
    case 'staff':
      return { state: { ...state, staff: keep(state.staff, message.here) }, gap: false };
    case 'revoked':
      return { state: emptyBoard(null), gap: false };
  }
}

function takeSnapshot(state: BoardState, message: Snapshot): BoardState {
  const orders = new Map(message.orders.map((order) => [order.id, keep(state.orders.get(order.id), order)]));
  return {
    ...state,
    rev: message.rev,
    revAt: message.revAt ?? null,
    headRev: message.rev,
    confirmedAt: latest(null, message.serverTime),
    orders,
    facts: keep(state.facts, message.facts),
  };
}

function takeDelta(state: BoardState, message: Delta): BoardState {
  const orders = new Map(state.orders);
  for (const id of message.gone) orders.delete(id);
  for (const order of message.orders) orders.set(order.id, keep(state.orders.get(order.id), order));
  forgetOld(orders, Date.parse(message.serverTime));
  const headRev = Math.max(message.rev, state.headRev ?? 0);
  return {
    ...state,
    rev: message.rev,
    revAt: message.revAt ?? null,
    headRev,
    confirmedAt: headRev === message.rev ? latest(state.confirmedAt, message.serverTime) : state.confirmedAt,
    orders,
    facts: keep(state.facts, message.facts ?? state.facts),
  };
}

/**
 * Removes the orders that a snapshot would leave out. Without this, a page that is open for days would hold every order of
 * these days, and a job upstream that touches old orders would fill the board with them.
 */
function forgetOld(orders: Map<string, OrderView>, now: number): void {
  for (const [id, order] of orders) if (now > endOf(order)) orders.delete(id);
}

/** Computed once for each order, because all orders are asked at each change. */
const ends = new WeakMap<OrderView, number>();

/** In ms since 1970. */
function endOf(order: OrderView): number {
  let end = ends.get(order);
  if (end === undefined) {
    const { closedAt } = order;
    end = Math.min(closedAt === null ? Infinity : Date.parse(closedAt) + CLOSED_FOR_MS, shownUntil(order));
    ends.set(order, end);
  }
  return end;
}

const keep = <T>(before: T | null | undefined, next: T): T =>
  before !== undefined && before !== null && same(before, next) ? before : next;

function latest(before: number | null, serverTime: string): number | null {
  const at = Date.parse(serverTime);
  return Number.isNaN(at) ? before : Math.max(before ?? at, at);
}

/** Whether two identities may see the same orders, and tap under the same name. */
export function sameBoard(a: ScreenIdentity, b: ScreenIdentity): boolean {
  return (
    a.deviceId === b.deviceId &&
    a.person?.id === b.person?.id &&
    a.role === b.role &&
    a.restaurant.id === b.restaurant.id &&
    a.station?.id === b.station?.id
  );
}

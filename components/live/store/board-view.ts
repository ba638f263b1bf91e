// The view that components draw: the board as the server has it, with the pending taps laid over it.
import { orderIdOf } from '../../../server/protocol/commands.ts';
import type { BoardFacts, OrderView, ScreenIdentity } from '../../../server/protocol/views.ts';
import type { BoardState } from '../board/board-state.ts';
import type { PendingCommand } from './command-queue.ts';
import type { Cause, Connection } from '../connection/connection-machine.ts';
import type { BoardMessage } from './notices.ts';
import { predict, predictFacts, type TappedOn } from '../board/predict.ts';
import { same } from '../board/same.ts';

export interface BoardView extends BoardState {
  readonly connection: Connection;
  /** Why the screen is not live; null when it is. */
  readonly cause: Cause | null;
  /** The server's time at which the shown board was last known to be complete; null when that was never known. */
  readonly rightAsOf: number | null;
  /** The seconds in which a server that is behind will have caught up; null where that cannot be told. */
  readonly backIn: number | null;
  /**
   * Set while the view is the board that an earlier page stored on this device, because the server has not been reached
   * yet. `leftOut` is the number of orders that were not stored.
   */
  readonly restored: { readonly leftOut: number } | null;
  /** This device does not keep up with the board's changes. */
  readonly slow: boolean;
  /** The device draws within a frame, and so can draw much at once. */
  readonly quick: boolean;
  /** The device draws within two frames, and not all the time: cards may glide to their new place. */
  readonly motion: boolean;
  readonly pending: readonly PendingCommand[];
  readonly messages: readonly BoardMessage[];
}

/** The view before the server has said anything. */
export const firstView = (state: BoardState): BoardView => ({
  ...state,
  connection: 'stale',
  cause: { kind: 'connecting' },
  rightAsOf: null,
  backIn: null,
  restored: null,
  slow: false,
  quick: true,
  motion: true,
  pending: [],
  messages: [],
});

/** @returns the view before where nothing differs, so that components compare by identity */
export function sameView(before: BoardView, next: BoardView): BoardView {
  const cause = same(next.cause, before.cause) ? before.cause : next.cause;
  const view = cause === next.cause ? next : { ...next, cause };
  return (Object.keys(view) as (keyof BoardView)[]).every((key) => view[key] === before[key]) ? before : view;
}

interface Laid {
  readonly base: OrderView;
  readonly facts: BoardFacts;
  readonly commands: readonly PendingCommand[];
  readonly shown: OrderView;
}

/**
 * Lays the pending taps over the board. An order without a tap keeps its object, and so does an order whose taps did not
 * change.
 */
export class Overlay {
  #last = new Map<string, Laid>();

  over(
    { orders, facts }: Pick<BoardState, 'orders' | 'facts'>,
    pending: readonly PendingCommand[],
    screen: ScreenIdentity | null,
  ): Pick<BoardState, 'orders' | 'facts'> {
    const by = screen?.person?.name ?? screen?.deviceName ?? null;
    return {
      orders: this.#orders(orders, pending, { by, stationId: screen?.station?.id ?? null, facts }),
      facts: this.#facts(facts, pending, by),
    };
  }

  #orders(
    orders: ReadonlyMap<string, OrderView>,
    pending: readonly PendingCommand[],
    screen: TappedOn,
  ): ReadonlyMap<string, OrderView> {
    if (!pending.length) {
      this.#last.clear();
      return orders;
    }
    const shown = new Map(orders);
    const next = new Map<string, Laid>();
    for (const [orderId, commands] of byOrder(pending)) {
      const base = orders.get(orderId);
      if (!base) continue;
      const last = this.#last.get(orderId);
      const unchanged =
        last?.base === base &&
        last.facts === screen.facts &&
        last.commands.length === commands.length &&
        commands.every((entry, index) => entry.command === last.commands[index]?.command);
      const laid = unchanged
        ? last.shown
        : commands.reduce(
            (order, { command, at }) => ('orderId' in command ? predict(order, command, at, screen) : order),
            base,
          );
      next.set(orderId, { base, facts: screen.facts, commands, shown: laid });
      shown.set(orderId, laid);
    }
    this.#last = next;
    return shown;
  }

  #lastFacts: {
    readonly base: BoardFacts;
    readonly pending: readonly PendingCommand[];
    readonly shown: BoardFacts;
  } | null = null;

  #facts(facts: BoardFacts, pending: readonly PendingCommand[], by: string | null): BoardFacts {
    const last = this.#lastFacts;
    if (last?.base === facts && last.pending === pending) return last.shown;
    const shown = pending.reduce((before, { command, at }) => predictFacts(before, command, at, by), facts);
    this.#lastFacts = { base: facts, pending, shown };
    return shown;
  }
}

function byOrder(pending: readonly PendingCommand[]): Map<string, PendingCommand[]> {
  const grouped = new Map<string, PendingCommand[]>();
  for (const entry of pending) {
    const orderId = orderIdOf(entry.command);
    if (orderId === null) continue;
    const group = grouped.get(orderId);
    if (group) group.push(entry);
    else grouped.set(orderId, [entry]);
  }
  return grouped;
}

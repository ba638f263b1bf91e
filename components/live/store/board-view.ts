// What components see: the board as the server has it, with the taps that are still on their way laid over it.
import { orderIdOf } from '../../../server/protocol/commands.ts';
import type { BoardFacts, OrderView } from '../../../server/protocol/views.ts';
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
  /** The server's time as of which what is shown is known to be everything; null when that was never known. */
  readonly rightAsOf: number | null;
  /** In how many seconds a server that is behind will have caught up, as far as that can be told. */
  readonly backIn: number | null;
  /**
   * Shown is what this device kept of an earlier page, since the server has not been reached yet: how many orders of it
   * are missing.
   */
  readonly restored: { readonly leftOut: number } | null;
  /** This device does not keep up. */
  readonly slow: boolean;
  /** It draws within a frame, and so can draw much at once. */
  readonly quick: boolean;
  /** It draws within two frames, and not all the time: things may glide to their new place. */
  readonly motion: boolean;
  readonly pending: readonly PendingCommand[];
  readonly messages: readonly BoardMessage[];
}

/** The view, keeping the objects of the one before where they say the same. */
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
 * The orders with the pending taps over them. Those without a tap keep their object; so does one whose taps did not
 * change.
 */
export class Overlay {
  #last = new Map<string, Laid>();

  lay(
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

  #facts: {
    readonly base: BoardFacts;
    readonly pending: readonly PendingCommand[];
    readonly shown: BoardFacts;
  } | null = null;

  /** The same for what is known beside the orders. */
  layFacts(facts: BoardFacts, pending: readonly PendingCommand[], by: string | null): BoardFacts {
    const last = this.#facts;
    if (last?.base === facts && last.pending === pending) return last.shown;
    const shown = pending.reduce((held, { command, at }) => predictFacts(held, command, at, by), facts);
    this.#facts = { base: facts, pending, shown };
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

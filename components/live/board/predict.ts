// The likely result of a tap, shown before the server has answered. It follows the server's own rules, with the facts
// that this screen has. The server's answer replaces it.
import { dishKey } from '../../../server/protocol/domain.ts';
import type { Command, OrderCommand } from '../../../server/protocol/commands.ts';
import { perform } from '../../../server/protocol/rules/perform.ts';
import type { BoardFacts, OrderView } from '../../../server/protocol/views.ts';
import { readerOf } from '../../../server/protocol/readings.ts';
import { isGone, isSameDish } from '../../../server/protocol/rules/sold-out.ts';

/** The screen on which a tap is made. */
export interface TappedOn {
  /** The name of its person or device. */
  readonly by: string | null;
  /** Its station; null where it has none. */
  readonly stationId: string | null;
  readonly facts: BoardFacts;
}

/** @param at RFC 3339 @returns the same order where the tap changes nothing that can be foretold */
export function predict(
  order: OrderView,
  command: OrderCommand,
  at: string,
  { by, stationId, facts }: TappedOn,
): OrderView {
  if (command.kind === 'retry-parked') return order;
  const performed = perform(order, command, {
    now: at,
    by,
    stationId,
    courses: facts.courses,
    leads: Object.fromEntries(facts.stations.map((station) => [station.id, station.lead])),
    stations: facts.stations.filter(({ retired }) => !retired).map(({ id }) => id),
    newId: () => 'new',
    allergySeen: facts.allergySeen,
    reader: readerOf(order),
  });
  if ('conflict' in performed) return order;
  const { after } = performed;
  // Only the server gives a new ticket its id. A tap on a ticket with another id would be lost.
  if (after.tickets.length > order.tickets.length) return order;
  // Only the server sets these times: a tap sends `changedAt` as the mark of the board that its screen showed.
  return { ...after, changedAt: order.changedAt, closedAt: order.closedAt };
}

/** The same for the facts beside the orders. */
export function predictFacts(facts: BoardFacts, command: Command, at: string, by: string | null = null): BoardFacts {
  if (command.kind !== 'sold-out') return facts;
  const { dish: asked, on, until = null, left = null } = command;
  const same = facts.soldOut.filter((dish) => isSameDish(dish, asked));
  if (on ? same.some((dish) => dish.until === until && dish.left === left) : !same.length) return facts;
  const others = facts.soldOut.filter((dish) => !same.includes(dish));
  if (!on) return { ...facts, soldOut: others };
  const gone = left === null ? same.find(isGone) : undefined;
  const mark = { key: dishKey(asked), ...asked, at: gone?.at ?? at, by: gone ? gone.by : by, until, left };
  return { ...facts, soldOut: [...others, mark] };
}

// Lines that came from another order: tables are joined, a bill is split. What the kitchen did to a dish goes along, so
// that nothing is cooked twice, and the order that it left does not call it voided. Pure.
import type { KitchenLine, KitchenOrder } from '../order/order.ts';
import type { LineState } from '../protocol/domain.ts';
import { mergeNotices, touched } from '../protocol/rules/order.ts';
import { isCooked } from '../protocol/rules/states.ts';
import { itemIdOf } from '../protocol/views.ts';
import { exact } from './quantities.ts';

/** A quantity of a line of the former order, as far as the kitchen was with it. */
export interface Share {
  of: KitchenLine;
  state: LineState;
  quantity: number;
}

/** How far the kitchen was with the line, also where upstream has taken it off since. */
export function stateBefore({ state, servedAt, readyAt, startedAt }: KitchenLine): LineState {
  if (state !== 'voided') return state;
  if (servedAt !== null) return 'served';
  if (readyAt !== null) return 'ready';
  return startedAt === null ? 'waiting' : 'cooking';
}

const FAR: readonly LineState[] = ['held', 'waiting', 'cooking', 'ready', 'served'];

/**
 * The parts of the former line that moved. Where less moves than there is, it is what the former order took off, and
 * then what is the least far: that order keeps the rest in the same way.
 * @param more what nobody has cooked: upstream's line is larger here than it was there
 */
export function sharesOf(former: KitchenOrder, itemId: string, quantity: number): { shares: Share[]; more: number } {
  const parts = former.lines
    .filter((line) => itemIdOf(line) === itemId)
    .map((of) => ({ of, state: stateBefore(of) }))
    .sort(
      (a, b) =>
        Number(b.of.state === 'voided') - Number(a.of.state === 'voided') ||
        FAR.indexOf(a.state) - FAR.indexOf(b.state),
    );
  const shares: Share[] = [];
  let more = quantity;
  for (const part of parts) {
    if (more <= 0) break;
    // A dish whose turn had not come is for this order to hold or to fire.
    if (part.state === 'held') continue;
    const taken = Math.min(more, part.of.quantity);
    shares.push({ ...part, quantity: taken });
    more = exact(more - taken);
  }
  return { shares, more };
}

/**
 * The order that dishes left, told where they are now: it need not be told that they are voided.
 * @param went the number of the other order, by the id of upstream's line here
 * @returns the same order where nothing changes
 */
export function toldOfMoved(order: KitchenOrder, went: ReadonlyMap<string, string>, now: string): KitchenOrder {
  const gone = order.lines.filter((line) => line.flag?.kind === 'voided' && went.has(itemIdOf(line)));
  if (!gone.length) return order;
  const lines = order.lines.map((line) => (gone.includes(line) ? { ...line, flag: null } : line));
  const tickets = order.tickets.map((ticket) => {
    const here = gone.filter((line) => line.ticketId === ticket.id);
    if (!here.length || ticket.state !== 'open') return ticket;
    const to = [...new Set(here.map((line) => went.get(itemIdOf(line))!))].join(', ');
    return { ...ticket, notices: mergeNotices(ticket.notices, [{ kind: 'went', at: now, from: to }]) };
  });
  return touched({ ...order, lines, tickets }, now);
}

/** Whether any of the shares is still to be cooked. */
export const isToCook = (shares: readonly Share[]): boolean => shares.some(({ state }) => !isCooked(state));

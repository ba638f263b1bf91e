// Puts lines that came from another order on tickets of their own, as far as the kitchen was with them there.
import type { KitchenLine, KitchenOrder } from '../order/order.ts';
import type { DetailItem } from '../upstream/detail.ts';
import { isToCook, sharesOf, type Share } from './moved.ts';
import { partId } from './parts.ts';
import type { MergeContext, TicketRack } from './ticket-rack.ts';

/** The lines, and the quantity that is to be cooked as of any new line. */
export function movedLines(
  item: DetailItem,
  position: number,
  ids: Set<string>,
  tickets: TicketRack,
  { origins, stations, now }: MergeContext,
): { lines: KitchenLine[]; more: number } {
  const origin = origins?.get(item.id);
  if (!origin) return { lines: [], more: item.quantity };
  const { former, itemId } = origin;
  const { shares, more } = sharesOf(former, itemId, item.quantity);
  // A station that is not in use any more cooks nothing: what is to be cooked is routed anew.
  const kept = shares.filter((one) => !isToCook([one]) || stations.some(({ id }) => id === one.of.stationId));
  const lost = shares.filter((one) => !kept.includes(one)).reduce((sum, { quantity }) => sum + quantity, 0);
  const { voided: _, ...fields } = item;
  const lines = kept.map(({ of, state, quantity }, n): KitchenLine => {
    const id = n === 0 ? item.id : partId(item.id, ids);
    ids.add(id);
    return {
      ...fields,
      id,
      partOf: n === 0 ? null : item.id,
      quantity,
      position,
      voided: false,
      stationId: of.stationId,
      ticketId: carried(of, kept, former, tickets),
      state,
      flag: null,
      addedAt: now,
      startedAt: of.startedAt,
      readyAt: of.readyAt,
      servedAt: of.servedAt,
    };
  });
  return { lines, more: more + lost };
}

/** The ticket here for the ticket that the line was on. */
function carried(of: KitchenLine, shares: readonly Share[], former: KitchenOrder, tickets: TicketRack): string {
  const ticket = former.tickets.find(({ id }) => id === of.ticketId)!;
  const toCook = isToCook(shares.filter((share) => share.of.ticketId === ticket.id));
  return tickets.carry(ticket, toCook, former.number ?? former.id).id;
}

// An order that comes back from the archive. What the kitchen had of it is over: no screen gets it again for that.
import type { KitchenLine, KitchenOrder } from './order.ts';
import type { TicketView } from '../protocol/views.ts';

/** Fields that orders were archived without before they had them. */
const order: Partial<KitchenOrder> = {
  customerName: null,
  channel: null,
  staffName: null,
  pickupCode: null,
  allergies: [],
  rush: null,
  hold: null,
  delayNote: null,
  allergySeen: null,
};
const line: Partial<KitchenLine> = { unit: null, allergies: [], movedFrom: null, unread: [], partOf: null };
const ticket: Partial<TicketView> = { course: null, heldFor: null, heldUntil: null, allergySeen: null };

/** @param document the order as it was when it was archived */
export function fromArchive(document: KitchenOrder): KitchenOrder {
  return {
    ...order,
    ...document,
    hold: null,
    closedAt: document.closedAt ?? document.changedAt,
    lines: document.lines.map((one) => ({ ...line, ...one, flag: null })),
    tickets: document.tickets.map((one) => ({
      ...ticket,
      ...one,
      state: 'closed',
      notices: [],
      heldFor: null,
      heldUntil: null,
    })),
  };
}

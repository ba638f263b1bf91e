// An order as the kitchen has it: upstream's lines with the kitchen's own states, and the tickets that they are on.
import { readingsOf } from '../allergies/readings.ts';
import type { LineView, OrderView } from '../protocol/views.ts';

/** A line as screens are shown it, and its place in upstream's list. */
export type KitchenLine = LineView & { position: number };

/**
 * An order as screens are shown it, with the two things that they need not know, and with upstream's number as it came:
 * screens are shown the id where there is none. Values are never changed in place: a line or ticket that is the same
 * object is unchanged.
 */
export type KitchenOrder = Omit<OrderView, 'guestToken' | 'lines' | 'number' | 'readings'> & {
  restaurantId: string;
  number: string | null;
  lines: KitchenLine[];
};

/**
 * The order without the server's own fields: the answer to a tap. The feed reads orders without them (orderViewJson).
 */
export function forScreens({ restaurantId: _, lines, tickets, ...order }: KitchenOrder): OrderView {
  return {
    ...order,
    number: order.number ?? order.id,
    lines: lines.map(({ position: __, ...line }) => line),
    tickets,
    readings: readingsOf({ ...order, lines }),
  };
}

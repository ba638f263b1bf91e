// All-day: the number of each dish still to be cooked over all open tickets. It is counted from the tickets on the
// board, never kept beside them, so it cannot disagree with the board.
import type { LineView } from '../../server/protocol/views.ts';
import type { StationTicket } from './station-tickets.ts';
import { ticketModifierWords, type BoardWords } from './ticket-words.ts';

export interface DishCount {
  readonly name: string;
  readonly count: number;
  /** The variants of the dish by their modifiers, the largest count first. Plain portions are not listed. */
  readonly variants: readonly { readonly words: string; readonly count: number }[];
}

/** The text of a chip: all variants if they are few words, else the number of portions that differ. */
export function chipWords(
  t: BoardWords,
  { name, count, variants }: DishCount,
): { name: string; count: number; extra: string } {
  const words = variants.map((variant) => `${variant.count}× ${variant.words}`).join(' · ');
  const different = variants.reduce((sum, variant) => sum + variant.count, 0);
  return { name, count, extra: words.length <= 24 ? words : t('allDay.different', { count: different }) };
}

const counts = new WeakMap<readonly StationTicket[], { t: BoardWords; dishes: readonly DishCount[] }>();

export function allDay(t: BoardWords, tickets: readonly StationTicket[]): readonly DishCount[] {
  let cached = counts.get(tickets);
  if (cached?.t !== t) counts.set(tickets, (cached = { t, dishes: count(t, tickets) }));
  return cached.dishes;
}

const isToCook = (line: LineView) => !line.voided && (line.state === 'waiting' || line.state === 'cooking');

interface ToCook {
  readonly name: string;
  readonly quantity: number;
  readonly words: string | null;
}

/** Cached by ticket object, so that a change of one order costs the work of one order. */
const ofTickets = new WeakMap<StationTicket, { t: BoardWords; dishes: readonly ToCook[] }>();

function toCook(t: BoardWords, card: StationTicket): readonly ToCook[] {
  let cached = ofTickets.get(card);
  if (cached?.t !== t) ofTickets.set(card, (cached = { t, dishes: dishesOf(t, card) }));
  return cached.dishes;
}

function dishesOf(t: BoardWords, { ticket, lines, state }: StationTicket): ToCook[] {
  if (ticket.state !== 'open' || state === 'canceled') return [];
  return lines
    .filter((line) => line.ticketId === ticket.id && isToCook(line))
    .map(({ name, quantity, modifiers }) => ({
      name,
      quantity,
      // Without the sign at its start: “2 – NO cream” would read as a sum.
      words: modifiers.length
        ? modifiers.map((modifier) => ticketModifierWords(t, modifier).text.replace(/^[+–−-] /, '')).join(', ')
        : null,
    }));
}

function count(t: BoardWords, tickets: readonly StationTicket[]): DishCount[] {
  const dishes = new Map<string, { count: number; variants: Map<string, number> }>();
  for (const ticket of tickets) {
    for (const { name, quantity, words } of toCook(t, ticket)) {
      let dish = dishes.get(name);
      if (!dish) dishes.set(name, (dish = { count: 0, variants: new Map() }));
      dish.count += quantity;
      if (words !== null) dish.variants.set(words, (dish.variants.get(words) ?? 0) + quantity);
    }
  }
  return [...dishes]
    .map(([name, dish]) => ({
      name,
      count: dish.count,
      variants: [...dish.variants]
        .map(([words, number]) => ({ words, count: number }))
        .sort((a, b) => b.count - a.count),
    }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

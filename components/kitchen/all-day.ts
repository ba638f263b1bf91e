// All-day: the number of each dish still to be cooked over all open tickets. It is counted from the tickets on the
// board, never kept beside them, so it cannot disagree with the board.
import { readerOf } from '../../server/protocol/readings.ts';
import type { LineView } from '../../server/protocol/views.ts';
import type { StationTicket } from './station-tickets.ts';
import { allergyRows } from '../order/allergies.ts';
import { modifierLine, type ModifierTexts } from '../order/modifier-words.ts';
import { quantityWords, sumOf } from '../../server/protocol/rules/quantity.ts';
import type { BoardWords } from './ticket-words.ts';

export interface DishCount {
  readonly name: string;
  readonly count: number;
  /** Null for a count. The same dish by weight and by the piece is counted apart. */
  readonly unit: string | null;
  /** The variants of the dish by their modifiers, the largest count first. Plain portions are not listed. */
  readonly variants: readonly { readonly words: string; readonly count: number }[];
}

/** The text of a chip: all variants if they are few words, else the number of portions that differ. */
export function chipWords(
  t: BoardWords,
  { name, count, unit, variants }: DishCount,
): { name: string; count: string; extra: string } {
  const words = variants.map((variant) => `${quantityWords(variant.count)}× ${variant.words}`).join(' · ');
  const different = sumOf(variants.map((variant) => variant.count));
  return {
    name,
    count: quantityWords(count, unit),
    extra: words.length <= 24 ? words : t('allDay.different', { count: quantityWords(different, unit) }),
  };
}

const counts = new WeakMap<readonly StationTicket[], { t: ModifierTexts; dishes: readonly DishCount[] }>();

export function allDay(t: ModifierTexts, tickets: readonly StationTicket[]): readonly DishCount[] {
  let cached = counts.get(tickets);
  if (cached?.t !== t) counts.set(tickets, (cached = { t, dishes: count(t, tickets) }));
  return cached.dishes;
}

const isToCook = (line: LineView) => !line.voided && (line.state === 'waiting' || line.state === 'cooking');

interface ToCook {
  readonly name: string;
  readonly quantity: number;
  readonly unit: string | null;
  readonly words: string | null;
}

/** Cached by ticket object, so that a change of one order costs the work of one order. */
const ofTickets = new WeakMap<StationTicket, { t: ModifierTexts; dishes: readonly ToCook[] }>();

function toCook(t: ModifierTexts, card: StationTicket): readonly ToCook[] {
  let cached = ofTickets.get(card);
  if (cached?.t !== t) ofTickets.set(card, (cached = { t, dishes: dishesOf(t, card) }));
  return cached.dishes;
}

function dishesOf(t: ModifierTexts, { order, ticket, lines, state }: StationTicket): ToCook[] {
  if (ticket.state !== 'open' || state === 'canceled') return [];
  return lines
    .filter((line) => line.ticketId === ticket.id && isToCook(line))
    .map((line) => {
      const { name, quantity, unit, modifiers } = line;
      // A guest's allergy makes a portion that is not like the others.
      const words = [
        ...allergyRows(t, order, [line]).map(({ title }) => title),
        ...(modifiers.length ? [modifierLine(t, modifiers, readerOf(order))] : []),
      ];
      return { name, quantity, unit, words: words.length ? words.join(', ') : null };
    });
}

function count(t: ModifierTexts, tickets: readonly StationTicket[]): DishCount[] {
  const dishes = new Map<string, { of: ToCook; counts: number[]; variants: Map<string, number[]> }>();
  for (const ticket of tickets) {
    for (const of of toCook(t, ticket)) {
      const key = `${of.unit ?? ''}\n${of.name}`;
      let dish = dishes.get(key);
      if (!dish) dishes.set(key, (dish = { of, counts: [], variants: new Map() }));
      dish.counts.push(of.quantity);
      if (of.words !== null) dish.variants.set(of.words, [...(dish.variants.get(of.words) ?? []), of.quantity]);
    }
  }
  return [...dishes.values()]
    .map(({ of: { name, unit }, counts, variants }) => ({
      name,
      unit,
      count: sumOf(counts),
      variants: [...variants]
        .map(([words, numbers]) => ({ words, count: sumOf(numbers) }))
        .sort((a, b) => b.count - a.count),
    }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

// How dishes are begun on the kitchen's screen: the effect of a tap on a dish, and the control that begins a ticket. Pure.
import { NO_START, type DishStart } from '../../server/protocol/facts.ts';
import type { LineView, StationView } from '../../server/protocol/views.ts';
import { onlyToSee, type StationTicket } from './station-tickets.ts';

/** The setting of the card's station. A station that is gone from the set-up has none. */
export const howBegun = ({ ticket }: StationTicket, stations: readonly StationView[]): DishStart =>
  stations.find(({ id }) => id === ticket.stationId)?.start ?? NO_START;

/** The command of a tap on a dish. Where a tap begins dishes, the first begins it and the second ends it. */
export function tapOn({ state }: Pick<LineView, 'state'>, { mode }: DishStart): 'start' | 'bump' | 'recall' {
  if (state === 'ready') return 'recall';
  return state === 'waiting' && mode === 'tap' ? 'start' : 'bump';
}

/** The dishes of the card that a begin of the whole ticket begins. */
export const toBegin = (card: StationTicket): LineView[] =>
  card.ticket.state === 'open' && !onlyToSee(card)
    ? card.lines.filter(({ ticketId, state }) => ticketId === card.ticket.id && state === 'waiting')
    : [];

/** The time since which the ticket is on the fire, in ms since 1970. Null where nothing of it was begun. */
export function begunAt({ ticket, lines }: StationTicket): number | null {
  const times = lines.flatMap(({ ticketId, startedAt }) =>
    ticketId === ticket.id && startedAt !== null ? [Date.parse(startedAt)] : [],
  );
  return times.length ? Math.min(...times) : null;
}

// How old a ticket is in three steps, by the two thresholds of its station for orders of its type.
import { thresholdOf } from '../../server/protocol/facts.ts';
import type { StationView } from '../../server/protocol/views.ts';
import type { StationTicket } from './station-tickets.ts';

export type Tone = 'fresh' | 'due' | 'late';

export interface Limits {
  /** Both in ms from the fire. */
  readonly due: number;
  readonly late: number;
}

export function limitsOf({ ticket, order }: Pick<StationTicket, 'ticket' | 'order'>, stations: readonly StationView[]): Limits {
  const { warnSeconds, lateSeconds } = thresholdOf(stations.find(({ id }) => id === ticket.stationId), order.type);
  return { due: warnSeconds * 1000, late: lateSeconds * 1000 };
}

export function toneOf(ageMs: number, { due, late }: Limits): Tone {
  if (ageMs >= late) return 'late';
  return ageMs >= due ? 'due' : 'fresh';
}

/** How many of the tickets are late at `now`. */
export function countLate(tickets: readonly StationTicket[], stations: readonly StationView[], now: number): number {
  return tickets.filter((card) => !card.held && now - card.firedAt >= limitsOf(card, stations).late).length;
}

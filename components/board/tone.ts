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

/** By station and type of order, for as long as the stations are the same: asked for by every card at every tick. */
const known = new WeakMap<readonly StationView[], Map<string, Limits>>();

export function limitsOf({ ticket, order }: Pick<StationTicket, 'ticket' | 'order'>, stations: readonly StationView[]): Limits {
  const ofStations = known.get(stations) ?? new Map<string, Limits>();
  known.set(stations, ofStations);
  const key = `${ticket.stationId} ${order.type}`;
  let limits = ofStations.get(key);
  if (!limits) {
    const { warnSeconds, lateSeconds } = thresholdOf(stations.find(({ id }) => id === ticket.stationId), order.type);
    ofStations.set(key, (limits = { due: warnSeconds * 1000, late: lateSeconds * 1000 }));
  }
  return limits;
}

export function toneOf(ageMs: number, { due, late }: Limits): Tone {
  if (ageMs >= late) return 'late';
  return ageMs >= due ? 'due' : 'fresh';
}

/** How many of the tickets are late at `now`. */
export function countLate(tickets: readonly StationTicket[], stations: readonly StationView[], now: number): number {
  return tickets.filter((card) => !card.held && now - card.firedAt >= limitsOf(card, stations).late).length;
}

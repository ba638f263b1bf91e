// How old a ticket is in three steps, by the two thresholds of its station for orders of its type.
import { thresholdOf } from '../../server/protocol/facts.ts';
import type { OrderView, StationView, TicketView } from '../../server/protocol/views.ts';

export type Tone = 'fresh' | 'due' | 'late';

export interface Limits {
  /** Both in ms from the fire. */
  readonly due: number;
  readonly late: number;
}

interface Limited {
  readonly ticket: Pick<TicketView, 'stationId'>;
  readonly order: Pick<OrderView, 'type'>;
}

interface Cooked extends Limited {
  /** Waits to be fired: it has no age. */
  readonly held: boolean;
  /** Ms since 1970. */
  readonly firedAt: number;
}

/** For as long as the ticket and the stations are the same: asked for by every card at every tick. */
const known = new WeakMap<Limited, { stations: readonly StationView[]; limits: Limits }>();

export function limitsOf(card: Limited, stations: readonly StationView[]): Limits {
  const held = known.get(card);
  if (held?.stations === stations) return held.limits;
  const { warnSeconds, lateSeconds } = thresholdOf(
    stations.find(({ id }) => id === card.ticket.stationId),
    card.order.type,
  );
  const limits = { due: warnSeconds * 1000, late: lateSeconds * 1000 };
  known.set(card, { stations, limits });
  return limits;
}

export function toneOf(ageMs: number, { due, late }: Limits): Tone {
  if (ageMs >= late) return 'late';
  return ageMs >= due ? 'due' : 'fresh';
}

/** When each of the tickets is late, in ms since 1970; those that are held never are. */
export function lateTimes(tickets: readonly Cooked[], stations: readonly StationView[]): readonly number[] {
  return tickets.flatMap((card) => (card.held ? [] : [card.firedAt + limitsOf(card, stations).late]));
}

// The tone of a ticket: its age in three steps, by the two thresholds that its station has for orders of its type.
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
  /** A held ticket waits to be fired, so it has no age. */
  readonly held: boolean;
  /** Ms since 1970. */
  readonly firedAt: number;
}

/** Cached while the ticket and the stations are the same objects, because every card asks at every tick. */
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

/** The times at which these tickets become late, in ms since 1970. Held tickets never do. */
export function lateTimes(tickets: readonly Cooked[], stations: readonly StationView[]): readonly number[] {
  return tickets.flatMap((card) => (card.held ? [] : [card.firedAt + limitsOf(card, stations).late]));
}

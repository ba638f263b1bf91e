// The tone of a ticket: its age in three steps, by its station's thresholds or by the order's due time.
import { lateLimits } from '../../server/protocol/rules/late.ts';
import type { OrderView, StationView, TicketView } from '../../server/protocol/views.ts';

export type Tone = 'fresh' | 'warn' | 'late';

export interface ToneLimits {
  /** Both in ms from the fire; negative where the order was due before it. */
  readonly warn: number;
  readonly late: number;
}

interface Limited {
  readonly ticket: Pick<TicketView, 'stationId' | 'firedAt'>;
  readonly order: Pick<OrderView, 'type' | 'dueAt'>;
}

interface Cooked extends Limited {
  /** A held ticket waits to be fired, so it has no age. */
  readonly held: boolean;
  /** Ms since 1970. */
  readonly firedAt: number;
}

/** Cached while the ticket and the stations are the same objects, because every card asks at every tick. */
const cache = new WeakMap<Limited, { stations: readonly StationView[]; limits: ToneLimits }>();

export function limitsOf(card: Limited, stations: readonly StationView[]): ToneLimits {
  const cached = cache.get(card);
  if (cached?.stations === stations) return cached.limits;
  const { firedAt, stationId } = card.ticket;
  const { warn, late } = lateLimits(
    firedAt,
    card.order,
    stations.find(({ id }) => id === stationId),
  );
  const fired = Date.parse(firedAt);
  const limits = { warn: warn - fired, late: late - fired };
  cache.set(card, { stations, limits });
  return limits;
}

export function toneOf(ageMs: number, { warn, late }: ToneLimits): Tone {
  if (ageMs >= late) return 'late';
  return ageMs >= warn ? 'warn' : 'fresh';
}

/** The times at which these tickets become late, in ms since 1970. Held tickets never do. */
export function lateTimes(tickets: readonly Cooked[], stations: readonly StationView[]): readonly number[] {
  return tickets.flatMap((card) => (card.held ? [] : [card.firedAt + limitsOf(card, stations).late]));
}

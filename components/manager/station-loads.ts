// The load of each station: the tickets open there now, and the oldest of them.
import type { Lead, Thresholds } from '../../server/protocol/facts.ts';
import type { OrderView, StationView } from '../../server/protocol/views.ts';

export interface StationLoad {
  id: string;
  name: string;
  retired: boolean;
  thresholds: Thresholds;
  lead: Lead;
  /** Whether the station says when it begins a dish. */
  starts: boolean;
  open: number;
  oldestFiredAt: number | null;
}

/** From so many open tickets on, a station is late because of their number and not because of one of them. */
export const OVERLOADED_FROM = 8;

/** Every station of the set-up, busiest first; a retired one only while tickets are left at it. */
export function stationLoads(orders: Iterable<OrderView>, stations: Iterable<StationView>): StationLoad[] {
  const loads = new Map<string, StationLoad>();
  for (const { id, name, retired, thresholds, lead, start } of stations) {
    const starts = start.mode !== 'off';
    loads.set(id, { id, name, retired, thresholds, lead, starts, open: 0, oldestFiredAt: null });
  }
  for (const order of orders) {
    for (const ticket of order.tickets) {
      const load = loads.get(ticket.stationId);
      if (ticket.state !== 'open' || load === undefined) continue;
      const firedAt = Date.parse(ticket.firedAt);
      load.open += 1;
      load.oldestFiredAt = Math.min(load.oldestFiredAt ?? firedAt, firedAt);
    }
  }
  return [...loads.values()].filter((load) => !load.retired || load.open > 0).sort((a, b) => b.open - a.open);
}

// Everything that the manager's "Now" view counts, derived in one pass from the one store, so that tiles and list cannot differ.
import type { Health, OrderView, StationView } from '../../server/protocol/views.ts';
import { cardState } from '../floor/floor-cards.ts';
import { stationLoads, type StationLoad } from './station-loads.ts';
import { whyLate, type Late } from './why-late.ts';

export interface LateRow {
  /** Null: the orders that no screen shows yet. */
  order: OrderView | null;
  late: Late;
}

export interface NowFigures {
  open: number;
  /** Those of them that are not late; a cancelled order that nobody has seen is late, but not open. */
  onTime: number;
  /** Longest late first. */
  rows: LateRow[];
  /** Delayed orders, all of them and by where. */
  delayed: number;
  late: Record<Late['where'], number>;
  loads: StationLoad[];
}

export function nowFigures(orders: readonly OrderView[], stations: readonly StationView[], health: Health | null, now: number): NowFigures {
  const loads = stationLoads(orders, stations);
  const rows: LateRow[] = [];
  const late = { kitchen: 0, floor: 0, pipeline: 0 };
  let open = 0;
  let onTime = 0;
  for (const order of orders) {
    const state = cardState(order);
    const isOpen = state !== 'canceled' && state !== 'served';
    if (isOpen) open += 1;
    const found = whyLate(order, loads, health, now);
    if (found === null) {
      if (isOpen) onTime += 1;
      continue;
    }
    rows.push({ order, late: found });
    late[found.where] += 1;
  }
  const unseen = whyLate(null, loads, health, now);
  if (unseen !== null) {
    rows.push({ order: null, late: unseen });
    // How many orders wait in Kafka cannot be known before they are read; that some do counts as one.
    late.pipeline += Math.max(1, health?.parkedOrders ?? 0);
  }
  rows.sort((a, b) => a.late.since - b.late.since);
  return { open, onTime, rows, delayed: late.kitchen + late.floor + late.pipeline, late, loads };
}

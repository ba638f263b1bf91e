// Why an order is late: the one place that decides it, so that the tiles, the list and later the reports say the same.
//
//   canceled, and the kitchen has not seen it for 3 min     -> kitchen: not seen
//   a ticket with dishes to make, fired more than 8 min ago -> kitchen: a change not seen, else station overloaded, else cooking, else not started
//   dishes ready for more than 3 min                        -> floor:   not picked up
//   no order: what no screen shows yet                      -> pipeline: order service down, else parked, else behind in Kafka
//
// A late kitchen goes before a late floor: dishes that are ready often wait for the last one. What is specific to the order goes before
// the station's load, since it is what somebody can put right at once.
import type { Health, LineView, OrderView, TicketView } from '../../server/protocol/views.ts';
import { isCanceled, isLive } from '../floor/floor-cards.ts';
import { COLD_MS, LATE_MS } from '../floor/thresholds.ts';
import { OVERLOADED_FROM, type StationLoad } from './station-loads.ts';

const MINUTE = 60_000;
export const LATE_AFTER = { ticket: LATE_MS, pickUp: COLD_MS, cancelSeen: 3 * MINUTE, changeSeen: MINUTE, pipeline: 10_000 } as const;

export type Why =
  | { kind: 'overloaded'; station: string; open: number }
  | { kind: 'change-not-seen'; station: string; change: 'added' | 'changed' | 'voided'; at: number }
  | { kind: 'not-picked-up'; readyAt: number }
  | { kind: 'cancel-not-seen'; station: string; at: number }
  | { kind: 'cooking'; station: string; startedAt: number }
  | { kind: 'not-started'; station: string }
  | { kind: 'order-service-down' }
  | { kind: 'parked' }
  | { kind: 'behind-in-kafka'; messages: number };

export interface Late {
  where: 'kitchen' | 'floor' | 'pipeline';
  why: Why;
  /** When it began to be late. */
  since: number;
  /** The dishes that the guest does not have because of it. */
  missing: LineView[];
}

/** `order` null asks about the orders that are not on any screen yet. Null: not late. */
export function whyLate(order: OrderView | null, stations: readonly StationLoad[], health: Health | null, now: number): Late | null {
  if (order === null) return latePipeline(health, now);
  if (isCanceled(order)) return lateCancellation(order, stations, now);
  return lateKitchen(order, stations, now) ?? lateFloor(order, now);
}

function lateCancellation(order: OrderView, stations: readonly StationLoad[], now: number): Late | null {
  let first: { ticket: TicketView; at: number } | null = null;
  for (const ticket of order.tickets) {
    const notice = ticket.state === 'open' ? ticket.notices.find((one) => one.kind === 'canceled') : undefined;
    if (notice !== undefined && (first === null || Date.parse(notice.at) < first.at)) first = { ticket, at: Date.parse(notice.at) };
  }
  if (first === null || now - first.at <= LATE_AFTER.cancelSeen) return null;
  const why: Why = { kind: 'cancel-not-seen', station: nameOf(stations, first.ticket.stationId), at: first.at };
  return { where: 'kitchen', why, since: first.at + LATE_AFTER.cancelSeen, missing: [] };
}

function lateKitchen(order: OrderView, stations: readonly StationLoad[], now: number): Late | null {
  const toMake = order.lines.filter((line) => isLive(line) && (line.state === 'waiting' || line.state === 'cooking'));
  const busy = new Set(toMake.map((line) => line.ticketId));
  const [ticket] = order.tickets.filter((one) => one.state === 'open' && busy.has(one.id)).sort((a, b) => Date.parse(a.firedAt) - Date.parse(b.firedAt));
  if (ticket === undefined) return null;
  const since = Date.parse(ticket.firedAt) + LATE_AFTER.ticket;
  if (now <= since) return null;
  return { where: 'kitchen', why: whyAtStation(order, ticket, stations, now), since, missing: toMake };
}

function whyAtStation(order: OrderView, ticket: TicketView, stations: readonly StationLoad[], now: number): Why {
  const station = nameOf(stations, ticket.stationId);
  const lines = order.lines.filter((line) => line.ticketId === ticket.id);
  const change = unseenChange(ticket, lines);
  if (change !== null && now - change.at > LATE_AFTER.changeSeen) return { kind: 'change-not-seen', station, ...change };
  const open = stations.find((load) => load.id === ticket.stationId)?.open ?? 0;
  if (open >= OVERLOADED_FROM) return { kind: 'overloaded', station, open };
  const started = lines.filter((line) => isLive(line) && line.state === 'cooking' && line.startedAt !== null).map((line) => Date.parse(line.startedAt ?? ''));
  return started.length > 0 ? { kind: 'cooking', station, startedAt: Math.min(...started) } : { kind: 'not-started', station };
}

/** The oldest upstream change that the station has not tapped away. */
function unseenChange(ticket: TicketView, lines: readonly LineView[]): { change: 'added' | 'changed' | 'voided'; at: number } | null {
  const changes = [
    ...lines.flatMap((line) => (line.flag === null ? [] : [{ change: line.flag.kind === 'moved' ? 'added' as const : line.flag.kind, at: Date.parse(line.flag.at) }])),
    ...ticket.notices.filter((notice) => notice.kind !== 'canceled').map((notice) => ({ change: 'changed' as const, at: Date.parse(notice.at) })),
  ];
  return changes.sort((a, b) => a.at - b.at)[0] ?? null;
}

function lateFloor(order: OrderView, now: number): Late | null {
  const ready = order.lines.filter((line) => isLive(line) && line.state === 'ready' && line.readyAt !== null);
  if (ready.length === 0) return null;
  const readyAt = Math.min(...ready.map((line) => Date.parse(line.readyAt ?? '')));
  const since = readyAt + LATE_AFTER.pickUp;
  return now <= since ? null : { where: 'floor', why: { kind: 'not-picked-up', readyAt }, since, missing: ready };
}

function latePipeline(health: Health | null, now: number): Late | null {
  if (health === null) return null;
  const behind = health.lag !== null && health.lag.messages > 0 ? now - health.lag.seconds * 1000 : now;
  const parked = health.oldestParkedAt !== null && health.parkedOrders > 0 ? Date.parse(health.oldestParkedAt) : now;
  const since = Math.min(behind, parked);
  if (now - since <= LATE_AFTER.pipeline) return null;
  return { where: 'pipeline', why: whyInPipeline(health, parked < behind), since, missing: [] };
}

function whyInPipeline({ orderApi, lag }: Health, parkedLongest: boolean): Why {
  if (orderApi.state === 'down') return { kind: 'order-service-down' };
  return parkedLongest ? { kind: 'parked' } : { kind: 'behind-in-kafka', messages: lag?.messages ?? 0 };
}

const nameOf = (stations: readonly StationLoad[], id: string): string => stations.find((load) => load.id === id)?.name ?? 'a station that was removed';

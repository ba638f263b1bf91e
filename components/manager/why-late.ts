// The reason why an order is late. This one place decides it, so that the tiles, the list and later the reports agree.
// The rules are a list, and the first that applies gives the reason: every late order has exactly one.
//
//   1 canceled, and the kitchen has not seen it for 3 min     -> kitchen:  cancel-not-seen
//   2 a message of it waits or has FAILED for 10 s            -> pipeline: failed | order-service-down | parked
//   3 no screen of its station has confirmed a ticket         -> kitchen:  not-on-screen
//   4 a ticket has had dishes to make for longer than its     -> kitchen:  a change not seen, else station overloaded,
//     station's threshold for that type of order, or the                   else past its due time, else cooking, else
//     order's due time is past                                             not started or not ready
//   5 all that is left has been held for 10 min               -> kitchen:  held
//   6 dishes have been ready for more than 3 min              -> floor:    not-picked-up
//   7 no order: messages have been unread for 10 s            -> pipeline: order-service-down | behind-in-kafka
//
// Dishes cooked in error come first, then tickets that nobody in the kitchen can see. A late kitchen goes before a late
// floor, since ready dishes often wait for the last one. A reason of the order itself goes before the station's load,
// since somebody can put it right at once.
import { thresholdOf } from '../../server/protocol/facts.ts';
import { lateLimits } from '../../server/protocol/rules/late.ts';
import type { ParkedOrder } from '../../server/protocol/parked-orders.ts';
import type { Health, LineView, OrderView, TicketView } from '../../server/protocol/views.ts';
import { isLive } from '../order/cards.ts';
import { COLD_MS } from '../order/thresholds.ts';
import { OVERLOADED_FROM, type StationLoad } from './station-loads.ts';
import { isCanceled } from '../../server/protocol/status.ts';

const MINUTE = 60_000;
const LATE_AFTER = {
  pickUp: COLD_MS,
  cancelSeen: 3 * MINUTE,
  changeSeen: MINUTE,
  held: 10 * MINUTE,
  pipeline: 10_000,
} as const;

export type LateReason =
  | { kind: 'cancel-not-seen'; station: string | null; at: number }
  | { kind: 'failed'; attempts: number; error: string | null }
  | { kind: 'order-service-down' }
  | { kind: 'parked'; attempts: number; error: string | null; nextAt: number | null }
  | { kind: 'not-on-screen'; station: string | null }
  | { kind: 'change-not-seen'; station: string | null; change: 'added' | 'changed' | 'voided'; at: number }
  | { kind: 'overloaded'; station: string | null; open: number }
  | { kind: 'past-due'; station: string | null; dueAt: number }
  | { kind: 'cooking'; station: string | null; startedAt: number }
  | { kind: 'not-started'; station: string | null }
  /** The station does not say when it begins, so that nobody knows whether it has. */
  | { kind: 'not-ready'; station: string | null; firedAt: number }
  | { kind: 'held'; by: string | null; course: number | null; since: number }
  | { kind: 'not-picked-up'; readyAt: number }
  | { kind: 'behind-in-kafka'; messages: number };

export interface Late {
  where: 'kitchen' | 'floor' | 'pipeline';
  why: LateReason;
  /** The begin of the delay. */
  since: number;
  /** The dishes that the guest lacks because of it. */
  missing: LineView[];
}

/**
 * Everything about an order that may be late. Both `order` and `parked` null: the orders that the server has not read
 * yet.
 */
export interface Situation {
  /** Null: the kitchen does not have the order, or no longer. */
  order: OrderView | null;
  /** A message of it waits in the retry table, or has FAILED there. */
  parked: ParkedOrder | null;
  /** Tickets of the order that no screen has confirmed, and since when. */
  unconfirmed: readonly { stationId: string; since: string }[];
  stations: readonly StationLoad[];
  health: Health | null;
  now: number;
}

type LateRule = (situation: Situation) => Late | null;

/** Null: not late. */
export function whyLate(situation: Situation): Late | null {
  for (const rule of LATE_RULES) {
    const late = rule(situation);
    if (late !== null) return late;
  }
  return null;
}

const lateCancellation: LateRule = ({ order, stations, now }) => {
  if (order === null || !isCanceled(order)) return null;
  let first: { ticket: TicketView; at: number } | null = null;
  for (const ticket of order.tickets) {
    const notice = ticket.state === 'closed' ? undefined : ticket.notices.find((one) => one.kind === 'canceled');
    if (notice !== undefined && (first === null || Date.parse(notice.at) < first.at))
      first = { ticket, at: Date.parse(notice.at) };
  }
  if (first === null || now - first.at <= LATE_AFTER.cancelSeen) return null;
  const why: LateReason = { kind: 'cancel-not-seen', station: nameOf(stations, first.ticket.stationId), at: first.at };
  return { where: 'kitchen', why, since: first.at + LATE_AFTER.cancelSeen, missing: [] };
};

const lateMessage: LateRule = ({ order, parked, health, now }) => {
  if (parked === null) return null;
  const since = Date.parse(parked.parkedAt);
  if (now - since <= LATE_AFTER.pipeline) return null;
  const { attempts, lastError: error } = parked;
  const nextAt = parked.nextAttemptAt === null ? null : Date.parse(parked.nextAttemptAt);
  const down = health?.orderApi.state === 'down';
  const why: LateReason =
    parked.state === 'FAILED'
      ? { kind: 'failed', attempts, error }
      : down
        ? { kind: 'order-service-down' }
        : { kind: 'parked', attempts, error, nextAt };
  return { where: 'pipeline', why, since, missing: order === null || isCanceled(order) ? [] : toMakeOf(order) };
};

/**
 * Where a station has so many tickets that its board has pages, a new one stands on a later page, and is late only once it
 * has waited long enough to be nearly late.
 */
const unseenIsLateAfter = (stations: readonly StationLoad[], stationId: string): number => {
  const station = stations.find(({ id }) => id === stationId);
  return station !== undefined && station.open >= OVERLOADED_FROM ? thresholdOf(station, null).warnSeconds * 1000 : 0;
};

const notOnScreen: LateRule = ({ order, unconfirmed, stations, now }) => {
  if (order === null || isCanceled(order)) return null;
  const [first] = unconfirmed
    .map(({ stationId, since }) => ({
      stationId,
      since: Date.parse(since) + unseenIsLateAfter(stations, stationId),
    }))
    .filter(({ since }) => since < now)
    .sort((a, b) => a.since - b.since);
  if (first === undefined) return null;
  return {
    where: 'kitchen',
    why: { kind: 'not-on-screen', station: nameOf(stations, first.stationId) },
    since: first.since,
    missing: toMakeOf(order).filter(({ stationId }) => stationId === first.stationId),
  };
};

const lateKitchen: LateRule = ({ order, stations, now }) => {
  if (order === null || isCanceled(order)) return null;
  const toMake = toMakeOf(order).filter(({ state }) => state !== 'held');
  const busy = new Set(toMake.map((line) => line.ticketId));
  const lateAt = ({ stationId, firedAt }: TicketView) =>
    lateLimits(
      firedAt,
      order,
      stations.find(({ id }) => id === stationId),
    ).late;
  const [ticket] = order.tickets
    .filter((one) => one.state === 'open' && busy.has(one.id))
    .sort((a, b) => lateAt(a) - lateAt(b));
  if (ticket === undefined) return null;
  const since = lateAt(ticket);
  if (now <= since) return null;
  return { where: 'kitchen', why: whyAtStation(order, ticket, stations, now), since, missing: toMake };
};

/** All fired dishes are done, and the rest waits for somebody, or a timer, to fire it. */
const waitsForFire: LateRule = ({ order, now }) => {
  if (order === null || isCanceled(order)) return null;
  const held = order.lines.filter((line) => isLive(line) && line.state === 'held');
  if (
    held.length === 0 ||
    order.lines.some((line) => isLive(line) && (line.state === 'waiting' || line.state === 'cooking'))
  )
    return null;
  const tickets = order.tickets.filter(
    (ticket) => ticket.state === 'held' && held.some(({ ticketId }) => ticketId === ticket.id),
  );
  const done = order.lines.flatMap(({ readyAt }) => (readyAt === null ? [] : [Date.parse(readyAt)]));
  const idle = Math.max(
    ...done,
    ...(order.hold ? [Date.parse(order.hold.at)] : []),
    Math.min(...tickets.map(({ firedAt }) => Date.parse(firedAt))),
  );
  // A course or an order for later that fires by itself is late only after its time.
  const due = Math.max(
    ...tickets.map(({ heldFor, heldUntil }) =>
      heldUntil === null || (order.hold && heldFor !== 'due') ? -Infinity : Date.parse(heldUntil),
    ),
  );
  const since = Math.max(idle + LATE_AFTER.held, due);
  if (!Number.isFinite(since) || now <= since) return null;
  const courses = tickets.flatMap(({ course }) => (course === null ? [] : [course]));
  return {
    where: 'kitchen',
    why: {
      kind: 'held',
      by: order.hold?.by ?? null,
      course: courses.length ? Math.min(...courses) : null,
      since: idle,
    },
    since,
    missing: held,
  };
};

const lateFloor: LateRule = ({ order, now }) => {
  if (order === null || isCanceled(order)) return null;
  const ready = order.lines.filter((line) => isLive(line) && line.state === 'ready' && line.readyAt !== null);
  if (ready.length === 0) return null;
  const readyAt = Math.min(...ready.map((line) => Date.parse(line.readyAt ?? '')));
  const since = readyAt + LATE_AFTER.pickUp;
  return now <= since ? null : { where: 'floor', why: { kind: 'not-picked-up', readyAt }, since, missing: ready };
};

const unread: LateRule = ({ order, parked, health, now }) => {
  if (order !== null || parked !== null || health === null || health.lag === null || health.lag.messages === 0)
    return null;
  const { messages, seconds } = health.lag;
  if (seconds * 1000 <= LATE_AFTER.pipeline) return null;
  return {
    where: 'pipeline',
    why: health.orderApi.state === 'down' ? { kind: 'order-service-down' } : { kind: 'behind-in-kafka', messages },
    since: now - seconds * 1000,
    missing: [],
  };
};

/** In order of precedence. */
export const LATE_RULES: readonly LateRule[] = [
  lateCancellation,
  lateMessage,
  notOnScreen,
  lateKitchen,
  waitsForFire,
  lateFloor,
  unread,
];

const toMakeOf = (order: OrderView): LineView[] =>
  order.lines.filter(
    (line) => isLive(line) && (line.state === 'held' || line.state === 'waiting' || line.state === 'cooking'),
  );

function whyAtStation(order: OrderView, ticket: TicketView, stations: readonly StationLoad[], now: number): LateReason {
  const station = nameOf(stations, ticket.stationId);
  const lines = order.lines.filter((line) => line.ticketId === ticket.id);
  const change = unseenChange(ticket, lines);
  if (change !== null && now - change.at > LATE_AFTER.changeSeen)
    return { kind: 'change-not-seen', station, ...change };
  const { open = 0, starts = false } = stations.find((load) => load.id === ticket.stationId) ?? {};
  if (open >= OVERLOADED_FROM) return { kind: 'overloaded', station, open };
  if (order.dueAt !== null) return { kind: 'past-due', station, dueAt: Date.parse(order.dueAt) };
  const started = lines
    .filter((line) => isLive(line) && line.state === 'cooking' && line.startedAt !== null)
    .map((line) => Date.parse(line.startedAt ?? ''));
  if (started.length > 0) return { kind: 'cooking', station, startedAt: Math.min(...started) };
  return starts
    ? { kind: 'not-started', station }
    : { kind: 'not-ready', station, firedAt: Date.parse(ticket.firedAt) };
}

/** The oldest upstream change that the station has not acknowledged. */
function unseenChange(
  ticket: TicketView,
  lines: readonly LineView[],
): { change: 'added' | 'changed' | 'voided'; at: number } | null {
  const changes = [
    ...lines.flatMap((line) =>
      line.flag === null
        ? []
        : [{ change: line.flag.kind === 'moved' ? ('added' as const) : line.flag.kind, at: Date.parse(line.flag.at) }],
    ),
    ...ticket.notices
      .filter((notice) => notice.kind !== 'canceled')
      .map((notice) => ({ change: 'changed' as const, at: Date.parse(notice.at) })),
  ];
  return changes.sort((a, b) => a.at - b.at)[0] ?? null;
}

/** Null: the station is no longer in the set-up. */
const nameOf = (stations: readonly StationLoad[], id: string): string | null =>
  stations.find((load) => load.id === id)?.name ?? null;

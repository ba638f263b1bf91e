// The waiter's cards: one for each order, sorted by urgency. Pure, so that the floor and the expo screen cannot
// disagree.
import type { ToneLimits } from './tone.ts';
import type { StationView } from '../../server/protocol/facts.ts';
import { lateLimits } from '../../server/protocol/rules/late.ts';
import { isRushed, type LineView, type OrderView } from '../../server/protocol/views.ts';
import { isCanceled } from '../../server/protocol/status.ts';

export type OrderCardState = 'waiting' | 'cooking' | 'ready' | 'served' | 'canceled';

export interface FloorCard {
  order: OrderView;
  state: OrderCardState;
  /** The dishes that can be carried now. */
  ready: LineView[];
  /** The time at which the first of them was ready. From then on food gets cold. */
  readySince: number | null;
  /** The time at which the kitchen was first asked. The guest has waited since then. */
  firedAt: number;
  /** The course that can be fired next. Null if nothing is held. */
  next: FireNext | null;
}

/** A course that waits for its turn, or, if `course` is null, everything that a hold on the order keeps back. */
export interface FireNext {
  course: number | null;
}

const isSeenCancellation = (order: OrderView): boolean =>
  isCanceled(order) && order.tickets.every(({ state, notices }) => state !== 'open' && notices.length === 0);

/** A line that came with nothing of it, such as a till's line of -1, is no dish that anybody has heard of. */
export const isDish = ({ quantity }: LineView): boolean => quantity > 0;

/** A line that upstream voided is not to be carried, however far the kitchen had it. */
export const isLive = (line: LineView): boolean => !line.voided && line.state !== 'voided';

/** The card's one state. One ready dish makes the whole order ready, since somebody must act on it. */
export function cardState(order: OrderView): OrderCardState {
  if (isCanceled(order)) return 'canceled';
  const states = new Set(order.lines.filter(isLive).map((line) => line.state));
  if (states.has('ready')) return 'ready';
  if (states.has('cooking')) return 'cooking';
  if (states.has('waiting') || states.has('held')) return 'waiting';
  return 'served';
}

/** Whether the order waits for its due time: nothing of it is to be cooked or carried yet. */
export const isForLater = (order: OrderView): boolean =>
  order.tickets.some(({ heldFor }) => heldFor === 'due') &&
  order.tickets.every(({ state, notices }) => state !== 'open' && notices.length === 0) &&
  order.lines.every((line) => !isLive(line) || line.state !== 'ready');

const described = new WeakMap<OrderView, FloorCard>();

/** The same object for the same order, so that its height need not be measured again. */
export function floorCard(order: OrderView): FloorCard {
  let card = described.get(order);
  if (!card) described.set(order, (card = describe(order)));
  return card;
}

function describe(order: OrderView): FloorCard {
  const state = cardState(order);
  const ready = state === 'canceled' ? [] : order.lines.filter((line) => isLive(line) && line.state === 'ready');
  const readyTimes = ready.map((line) => Date.parse(line.readyAt ?? order.changedAt));
  // The clock of a held ticket shows when it arrived, not when it was fired, so held tickets count only if there are no
  // others.
  const fired = order.tickets.filter(({ state }) => state !== 'held');
  const firedTimes = (fired.length > 0 ? fired : order.tickets).map((ticket) => Date.parse(ticket.firedAt));
  return {
    order,
    state,
    ready,
    readySince: readyTimes.length > 0 ? Math.min(...readyTimes) : null,
    firedAt: firedTimes.length > 0 ? Math.min(...firedTimes) : Date.parse(order.receivedAt),
    next: state === 'canceled' ? null : fireNext(order),
  };
}

/** The lowest held course. A hold on the order is lifted first, and courses follow after that. */
export function fireNext(order: OrderView): FireNext | null {
  if (order.hold !== null) return { course: null };
  const courses = order.tickets.filter(({ state }) => state === 'held').map(({ course }) => course);
  if (courses.length === 0) return null;
  const numbers = courses.filter((course) => course !== null);
  return { course: numbers.length > 0 ? Math.min(...numbers) : null };
}

/** Whether a rush makes sense: a dish is still to be cooked, and nobody has asked for a rush yet. */
export const canRush = (order: OrderView): boolean =>
  !isCanceled(order) &&
  !isRushed(order) &&
  order.lines.some((line) => isLive(line) && (line.state === 'waiting' || line.state === 'cooking'));

/** The time at which the first of its open tickets becomes late. Null if nothing is being cooked. */
export const lateAt = (order: OrderView, stations: ReadonlyMap<string, StationView>): number | null =>
  limitsAt(order, stations)?.late ?? null;

/**
 * The times at which the order turns to warn and to late, in ms since 1970. The first of its open tickets decides each.
 * Null if nothing is being cooked.
 */
export function limitsAt(order: OrderView, stations: ReadonlyMap<string, StationView>): ToneLimits | null {
  const times = order.tickets
    .filter(({ state }) => state === 'open')
    .map(({ stationId, firedAt }) => lateLimits(firedAt, order, stations.get(stationId)));
  if (!times.length) return null;
  return { warn: Math.min(...times.map(({ warn }) => warn)), late: Math.min(...times.map(({ late }) => late)) };
}

const rank: Record<OrderCardState, number> = { ready: 0, canceled: 1, cooking: 2, waiting: 2, served: 3 };

/**
 * The cards of a floor. Ready orders come first, longest ready first, so that a newly ready order joins behind the
 * others and moves none of their buttons. Canceled orders follow, because they must be noticed. Then come all others,
 * oldest first. Fully served orders have left. So have canceled orders that every station has seen: nobody cooks or
 * carries them any more. Orders for later are not there yet (upcoming.ts).
 */
export function floorCards(orders: Iterable<OrderView>): FloorCard[] {
  const cards: FloorCard[] = [];
  for (const order of orders) {
    const card = floorCard(order);
    if (card.state !== 'served' && !isSeenCancellation(order) && !isForLater(order)) cards.push(card);
  }
  return cards.sort(
    (a, b) =>
      rank[a.state] - rank[b.state] ||
      (a.readySince ?? 0) - (b.readySince ?? 0) ||
      a.firedAt - b.firedAt ||
      compareIds(a.order.id, b.order.id),
  );
}

/**
 * The cards of the pass. Complete orders come first, longest complete first; then canceled ones; then rushes; then all
 * others. An order that becomes late before another one stands before it, so those that are late come first, and orders
 * with nothing on the fire last.
 */
export function expoCards(
  orders: Iterable<OrderView>,
  stations: ReadonlyMap<string, StationView> = new Map(),
): FloorCard[] {
  const sorted = floorCards(orders).map((card) => {
    const complete = allReady(card);
    const place = complete ? 0 : card.state === 'canceled' ? 1 : isRushed(card.order) ? 2 : 3;
    const since = complete
      ? Math.max(...card.ready.map(({ readyAt }) => Date.parse(readyAt ?? card.order.changedAt)))
      : place < 3
        ? card.firedAt
        : (lateAt(card.order, stations) ?? Infinity);
    return { card, place, since };
  });
  return sorted
    .sort(
      (a, b) =>
        a.place - b.place ||
        (a.since === b.since ? 0 : a.since - b.since) ||
        a.card.firedAt - b.card.firedAt ||
        compareIds(a.card.order.id, b.card.order.id),
    )
    .map(({ card }) => card);
}

const compareIds = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export interface StationProgress {
  stationId: string;
  done: number;
  total: number;
  /** True if all its remaining dishes are held. */
  held: boolean;
}

/** The progress of each station with an order. The stations come in the order in which its lines name them. */
export function stationProgress(order: OrderView): StationProgress[] {
  const byStation = new Map<string, StationProgress>();
  for (const line of order.lines) {
    if (!isLive(line)) continue;
    const progress = byStation.get(line.stationId) ?? { stationId: line.stationId, done: 0, total: 0, held: true };
    progress.total += 1;
    if (line.state === 'ready' || line.state === 'served') progress.done += 1;
    else if (line.state !== 'held') progress.held = false;
    byStation.set(line.stationId, progress);
  }
  return [...byStation.values()].map((progress) => ({
    ...progress,
    held: progress.held && progress.done < progress.total,
  }));
}

/**
 * True if every fired dish that is still to be carried is ready, so the expo may send the order out as one. Later
 * courses go out on their own. Dishes of a station that begins later are part of it.
 */
export function allReady(card: FloorCard): boolean {
  const { lines, tickets } = card.order;
  const due = new Set(tickets.filter(({ heldFor }) => heldFor === 'due').map(({ id }) => id));
  return (
    card.state === 'ready' &&
    lines.every(
      (line) =>
        !isLive(line) ||
        line.state === 'ready' ||
        line.state === 'served' ||
        (line.state === 'held' && !due.has(line.ticketId)),
    )
  );
}

// What a waiter is shown of the orders: one card each, in the order in which they should be dealt with. Pure, so that the floor and
// the expo screen cannot disagree.
import type { LineView, OrderView } from '../../server/protocol/views.ts';

export type CardState = 'waiting' | 'cooking' | 'ready' | 'served' | 'canceled';

export interface FloorCard {
  order: OrderView;
  state: CardState;
  /** What can be carried now. */
  ready: LineView[];
  /** When the first of them was ready: food gets cold from then on. */
  readySince: number | null;
  /** When the kitchen was first asked; the guest waits since then. */
  firedAt: number;
}

export const isCanceled = (order: OrderView): boolean => order.status === 'CANCELED';

const isSeenCancellation = (order: OrderView): boolean => isCanceled(order) && order.tickets.every(({ state, notices }) => state !== 'open' && notices.length === 0);

/** A line that upstream voided is not to be carried, whatever the kitchen had done with it. */
export const isLive = (line: LineView): boolean => !line.voided && line.state !== 'voided';

/** The card's one word. One ready dish makes the order ready, since that is what somebody must act on. */
export function cardState(order: OrderView): CardState {
  if (isCanceled(order)) return 'canceled';
  const states = new Set(order.lines.filter(isLive).map((line) => line.state));
  if (states.has('ready')) return 'ready';
  if (states.has('cooking')) return 'cooking';
  if (states.has('waiting') || states.has('held')) return 'waiting';
  return 'served';
}

export function floorCard(order: OrderView): FloorCard {
  const state = cardState(order);
  const ready = state === 'canceled' ? [] : order.lines.filter((line) => isLive(line) && line.state === 'ready');
  const readyTimes = ready.map((line) => Date.parse(line.readyAt ?? order.changedAt));
  const firedTimes = order.tickets.map((ticket) => Date.parse(ticket.firedAt));
  return {
    order,
    state,
    ready,
    readySince: readyTimes.length > 0 ? Math.min(...readyTimes) : null,
    firedAt: firedTimes.length > 0 ? Math.min(...firedTimes) : Date.parse(order.receivedAt),
  };
}

const rank: Record<CardState, number> = { ready: 0, canceled: 1, cooking: 2, waiting: 2, served: 3 };

/**
 * The cards of a floor: first what is ready, longest ready first, so that a newly ready order joins behind the others and moves none
 * of their buttons; then cancelled ones, which are to be noticed; then the rest, oldest first. What is all served has left, and so
 * has what was cancelled once every station has seen it: nobody cooks or carries it any more.
 */
export function floorCards(orders: Iterable<OrderView>): FloorCard[] {
  const cards: FloorCard[] = [];
  for (const order of orders) {
    const card = floorCard(order);
    if (card.state !== 'served' && !isSeenCancellation(order)) cards.push(card);
  }
  return cards.sort(
    (a, b) => rank[a.state] - rank[b.state] || (a.readySince ?? 0) - (b.readySince ?? 0) || a.firedAt - b.firedAt || compareIds(a.order.id, b.order.id),
  );
}

const compareIds = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export interface StationProgress {
  stationId: string;
  done: number;
  total: number;
}

/** How far each station is with an order, in the order in which its lines name them. */
export function stationProgress(order: OrderView): StationProgress[] {
  const byStation = new Map<string, StationProgress>();
  for (const line of order.lines) {
    if (!isLive(line)) continue;
    const progress = byStation.get(line.stationId) ?? { stationId: line.stationId, done: 0, total: 0 };
    progress.total += 1;
    if (line.state === 'ready' || line.state === 'served') progress.done += 1;
    byStation.set(line.stationId, progress);
  }
  return [...byStation.values()];
}

/** Everything that is still to be carried is ready: the expo may send it out as one. */
export function allReady(card: FloorCard): boolean {
  return card.state === 'ready' && card.order.lines.every((line) => !isLive(line) || line.state === 'ready' || line.state === 'served');
}

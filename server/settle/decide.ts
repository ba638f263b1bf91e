// Decides one settlement. The states are drawn in settlement.ts.
import { positionKey, type OrderEvent } from '../upstream/message.ts';
import type { KitchenOrder } from '../order/order.ts';
import { backoffMs, type BackoffPolicy } from './backoff.ts';
import type { OrderDetail } from '../upstream/detail.ts';
import { behindMessage, containsMessage, covers, olderThanStored } from '../upstream/freshness.ts';
import { mergeDetail } from './merge.ts';
import type { MergeContext } from './ticket-rack.ts';
import {
  nothing,
  type Decision,
  type Ended,
  type Finding,
  type LockedOrder,
  type ParkedRow,
  type Settlement,
} from './settlement.ts';

export interface DecideContext extends Omit<MergeContext, 'sentAt'> {
  retry: BackoffPolicy & { maxAttempts: number };
}

export function decide(settlement: Settlement, locked: LockedOrder, context: DecideContext): Decision {
  return settlement.lease
    ? decideTry(settlement, settlement.lease, locked, context)
    : decideArrivals(settlement, locked, context);
}

// ---- messages from the topic

/**
 * A process that keeps a partition when the group is joined anew reads it again from the committed offset. A message
 * can then be here twice, and must get one fate.
 */
function decideArrivals(
  { before, during, finding }: Settlement,
  locked: LockedOrder,
  context: DecideContext,
): Decision {
  const seen = new Set(locked.settled.keys());
  const isNew = ({ position }: OrderEvent) => {
    const key = positionKey(position);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  };
  const decision = decideNew(before.filter(isNew), during.filter(isNew), finding, locked, context);
  const open = new Set(decision.again.map(({ position }) => positionKey(position)));
  return { ...decision, again: [...before, ...during].filter(({ position }) => open.has(positionKey(position))) };
}

function decideNew(
  early: OrderEvent[],
  late: OrderEvent[],
  finding: Finding,
  locked: LockedOrder,
  context: DecideContext,
): Decision {
  if (!early.length && !late.length) return nothing();
  // The rule that keeps order: while an earlier message waits, each later message waits behind it.
  if (locked.lane.parked > 0) return parked([...early, ...late], locked, { waitMs: null, error: null });
  if (finding.kind === 'failed') {
    if (!early.length) return nothing(late);
    return { ...parked(early, locked, { waitMs: backoffMs(1, context.retry), error: finding.reason }), again: late };
  }
  if (finding.kind === 'seen' || olderThanStored(finding.detail, locked.order)) {
    const contained = (message: OrderEvent) => containsMessage(locked.order, message);
    const all = [...early, ...late];
    return {
      ...nothing(all.filter((message) => !contained(message))),
      ended: endings(all.filter(contained), false, locked),
    };
  }
  const { detail } = finding;
  const covered = [
    ...early.filter((message) => covers(detail, message, true)),
    ...late.filter((message) => covers(detail, message, false)),
  ];
  const again = [...early, ...late].filter((message) => !covered.includes(message));
  if (!covered.length) return nothing(again);
  const after = merged(detail, locked.order, { ...context, sentAt: newestOf(covered) });
  const superseded = supersededFailures(detail, locked);
  return {
    ...nothing(again),
    ...(after && { after, status: detail.status }),
    ended: [...endings(covered, after !== undefined, locked), ...superseded.map(supersededEnd)],
    updates: superseded.map(supersededUpdate),
  };
}

/** The first of `messages` becomes the head unless others wait already. Only a head has a time for its next try. */
function parked(
  messages: OrderEvent[],
  { lane }: LockedOrder,
  head: { waitMs: number | null; error: string | null },
): Decision {
  const rows = messages.map((message, i) => ({ message, ...(i === 0 ? head : { waitMs: null, error: null }) }));
  return { ...nothing(), park: rows, lane: { parked: lane.parked + rows.length, waitMs: head.waitMs } };
}

// ---- tries from the retry table

function decideTry(
  { finding }: Settlement,
  lease: { token: string; upTo: number },
  locked: LockedOrder,
  context: DecideContext,
): Decision {
  // A worker without the lease any more changes nothing.
  if (locked.lane.leaseToken !== lease.token) return nothing();
  const waiting = locked.live.filter((row) => row.state === 'PARKED');
  const head = waiting[0];
  if (!head) return { ...nothing(), lane: { parked: 0, waitMs: null } };
  if (finding.kind === 'seen') return { ...nothing(), lane: { parked: waitingIn(locked, waiting), waitMs: 0 } };
  if (finding.kind === 'failed') return failedTry(head, waiting, finding, locked, context);
  const { detail } = finding;
  const older = olderThanStored(detail, locked.order);
  const behind = older ? 'the order came older than the kitchen has it' : behindMessage(detail, head);
  if (behind && !(older && containsMessage(locked.order, head)))
    return failedTry(head, waiting, { reason: behind, outage: false }, locked, context);
  return successfulTry(detail, older, waiting, lease.upTo, locked, context);
}

function successfulTry(
  detail: OrderDetail,
  older: boolean,
  waiting: ParkedRow[],
  upTo: number,
  locked: LockedOrder,
  context: DecideContext,
): Decision {
  const taken = (row: ParkedRow) => (older ? containsMessage(locked.order, row) : covers(detail, row, row.id <= upTo));
  const firstLeft = waiting.findIndex((row) => !taken(row));
  const done = firstLeft < 0 ? waiting : waiting.slice(0, firstLeft);
  const after = older ? undefined : merged(detail, locked.order, { ...context, sentAt: newestOf(done) });
  const failures = older ? [] : supersededFailures(detail, locked);
  const [head, ...rest] = done as [ParkedRow, ...ParkedRow[]];
  const headKind = after && mayBeApplied(head, locked) ? 'APPLIED' : 'SUPERSEDED';
  const left = waitingIn(locked, waiting) - done.length;
  return {
    ...nothing(),
    ...(after && { after, status: detail.status }),
    ended: [{ message: head, kind: headKind, redelivery: false }, ...[...rest, ...failures].map(supersededEnd)],
    updates: [
      { id: head.id, state: headKind, attempts: head.attempts, waitMs: null, error: null },
      ...[...rest, ...failures].map(supersededUpdate),
    ],
    lane: { parked: left, waitMs: left ? 0 : null },
  };
}

/**
 * A try that an operator asked for counts as no attempt. Nor does a try of a message that has had all its attempts: an
 * operator sent it back. An outage says nothing about the message.
 */
function failedTry(
  head: ParkedRow,
  waiting: ParkedRow[],
  { reason, outage }: { reason: string; outage: boolean },
  locked: LockedOrder,
  { retry }: DecideContext,
): Decision {
  const { lane } = locked;
  const count = waitingIn(locked, waiting);
  const again = (attempts: number, waitMs: number, forced: boolean): Decision => ({
    ...nothing(),
    updates: [{ id: head.id, state: 'PARKED', attempts, waitMs, error: reason }],
    lane: { parked: count, waitMs, forced },
  });
  if (outage) return again(head.attempts, retry.baseMs, lane.forced);
  const attempts = lane.forced ? head.attempts : Math.min(head.attempts + 1, retry.maxAttempts);
  if (attempts < retry.maxAttempts) return again(attempts, backoffMs(attempts + 1, retry), false);
  const left = count - 1;
  return {
    ...nothing(),
    updates: [{ id: head.id, state: 'FAILED', attempts, waitMs: null, error: reason }],
    lane: { parked: left, waitMs: left ? 0 : null },
    ...(head.attempts < retry.maxAttempts && { failed: { row: head, attempts, error: reason } }),
  };
}

// ---- shared

/** When the newest of the messages was sent; null where one does not say it. */
function newestOf(messages: readonly Pick<OrderEvent, 'sentAt'>[]): number | null {
  return messages.some(({ sentAt }) => sentAt === null) ? null : Math.max(...messages.map(({ sentAt }) => sentAt!));
}

/** Of very many that wait, only the first are read. */
const waitingIn = ({ lane }: LockedOrder, waiting: readonly ParkedRow[]): number =>
  Math.max(lane.parked, waiting.length);

/**
 * The order with the detail merged into it; undefined when that changes nothing. An equal version is the same order.
 */
function merged(detail: OrderDetail, order: KitchenOrder | null, context: MergeContext): KitchenOrder | undefined {
  if (order && order.version !== null && order.version === detail.version) return undefined;
  const after = mergeDetail(order, detail, context);
  return after === order ? undefined : after;
}

/** Applied offsets of one partition strictly grow. */
function mayBeApplied({ position }: Pick<OrderEvent, 'position'>, { applied }: LockedOrder): boolean {
  return position.offset > (applied.get(`${position.incarnationId}/${position.partition}`) ?? -1);
}

/** One message is APPLIED for a change. The others are COVERED by it. */
function endings(messages: OrderEvent[], changed: boolean, locked: LockedOrder): Ended[] {
  const credited = changed ? messages.find((message) => mayBeApplied(message, locked)) : undefined;
  const digests = new Set(locked.endedDigests);
  return messages.map((message) => {
    const redelivery = message !== credited && digests.has(message.digest);
    digests.add(message.digest);
    return { message, kind: message === credited ? 'APPLIED' : 'COVERED', redelivery };
  });
}

/**
 * A FAILED message does not block its order. The next success supersedes it, unless that fetch is older than the
 * message.
 */
function supersededFailures(detail: OrderDetail, { live }: LockedOrder): ParkedRow[] {
  return live.filter((row) => row.state === 'FAILED' && covers(detail, row, true));
}
const supersededEnd = (row: ParkedRow): Ended => ({ message: row, kind: 'SUPERSEDED', redelivery: false });
const supersededUpdate = (row: ParkedRow) => ({
  id: row.id,
  state: 'SUPERSEDED' as const,
  attempts: row.attempts,
  waitMs: null,
  error: null,
});

// The rules of the model: the states that the rows may be in at every moment, and the changes that each call may make.
// Nothing here knows how the server decides; see docs/INVARIANTS.md for the sentences.
import type { OrderEvent } from '../../server/upstream/message.ts';
import type { Settlement } from '../../server/settle/settlement.ts';
import type { Claim } from '../../server/retry/claims.ts';
import { RETRY, type LaneRow, type ParkedRow, type Rows } from './store.ts';

export class RuleBroken extends Error {}

export function must(holds: boolean, rule: string, seen: unknown = ''): void {
  if (!holds) throw new RuleBroken(`${rule}: ${JSON.stringify(seen)}`);
}

export const waits = ({ state }: ParkedRow): boolean => state === 'PARKED';
const lives = ({ state }: ParkedRow): boolean => state === 'PARKED' || state === 'FAILED';
const placeOf = ({ partition, offset }: { partition: number; offset: number }): string => `${partition}/${offset}`;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const laneOf = (rows: Rows, orderId: string): LaneRow =>
  rows.lanes.find((lane) => lane.orderId === orderId) ?? {
    orderId,
    parked: 0,
    due: null,
    token: null,
    leased: false,
    forced: false,
  };

/** Places of messages that have a fate: they ended, they wait in the retry table or FAILED there, or were rejected. */
export const fatesOf = ({ history, parked, rejected }: Rows): string[] =>
  [...history, ...parked.filter(lives), ...rejected].map(placeOf);

/** The rules that hold at every moment. */
export function checkStanding(rows: Rows, versions: boolean): void {
  const fates = fatesOf(rows);
  must(new Set(fates).size === fates.length, 'no message has two fates', fates);
  for (const { orderId, parked, due, token } of rows.lanes) {
    const count = rows.parked.filter((row) => row.orderId === orderId && waits(row)).length;
    must(parked === count, 'a lane counts its parked messages', { orderId, parked, count });
    must(parked > 0 === (due !== null), 'an order is due at some time exactly while messages of it wait', {
      orderId,
      parked,
      due,
    });
    must(parked > 0 || token === null, 'where nothing waits nobody has a lease', { orderId, token });
  }
  for (const row of rows.parked) {
    must(row.attempts <= RETRY.maxAttempts, 'no message has more attempts than allowed', row);
    must(
      row.state !== 'FAILED' || row.attempts === RETRY.maxAttempts,
      'a message has FAILED after exactly so many attempts',
      row,
    );
    must(
      rows.parked.every((other) => other.id <= row.id || other.orderId !== row.orderId || other.offset > row.offset),
      'messages of an order wait in the order of their offsets',
      row,
    );
    must(
      lives(row) || rows.history.some((end) => placeOf(end) === placeOf(row) && end.kind === row.state),
      'what ended in the retry table has ended',
      row,
    );
  }
  for (const order of rows.orders) {
    const applied = rows.history.filter(({ orderId, kind }) => orderId === order.id && kind === 'APPLIED');
    for (const [i, row] of applied.slice(1).entries()) {
      must(row.offset > applied[i]!.offset, 'applied offsets strictly grow', applied);
      must(!versions || row.version! > applied[i]!.version!, 'applied versions strictly grow', applied);
    }
    must(
      !versions || order.version! >= (applied.at(-1)?.version ?? 0),
      'an order is never older than what was applied to it',
      { order, applied },
    );
  }
}

/** The changes that no call may make. @param revisionOf the revision that a message told of, by the message's place */
export function checkStep(before: Rows, after: Rows, versions: boolean, revisionOf: (place: string) => number): void {
  must(same(after.history.slice(0, before.history.length), before.history), 'what ended stays as it is', {
    before: before.history,
    after: after.history,
  });
  for (const [i, row] of before.parked.entries())
    must(lives(row) || same(after.parked[i], row), 'what ended in the retry table stays as it is', {
      before: row,
      after: after.parked[i],
    });
  must(after.rejected.length >= before.rejected.length, 'what was rejected is kept');
  for (const order of before.orders) {
    const now = after.orders.find(({ id }) => id === order.id);
    must(now !== undefined && (!versions || now.version! >= order.version!), 'an order never becomes older', {
      before: order,
      after: now,
    });
  }
  for (const end of after.history.slice(before.history.length)) {
    const has = orderOf(after, end.orderId)?.revision ?? 0;
    must(
      end.kind === 'DISCARDED' || has >= revisionOf(placeOf(end)),
      'what a message told is in the kitchen when it ends',
      { end, has },
    );
    if (end.kind !== 'APPLIED' && end.kind !== 'COVERED') continue;
    const earlier = after.parked.find(
      (row) => row.orderId === end.orderId && waits(row) && row.partition === end.partition && row.offset < end.offset,
    );
    must(!earlier, 'nothing of an order is applied while an earlier message of it waits', { end, earlier });
  }
  for (const row of after.parked) {
    const was = before.parked.find(({ id }) => id === row.id);
    must(
      row.state !== 'FAILED' ||
        was?.state === 'FAILED' ||
        was?.attempts === RETRY.maxAttempts ||
        after.emails.length === before.emails.length + 1,
      'who is to know of it is told when a message has FAILED',
      row,
    );
  }
  must(
    after.emails.length === before.emails.length ||
      after.parked.some(
        (row) => row.state === 'FAILED' && before.parked.find(({ id }) => id === row.id)!.attempts < RETRY.maxAttempts,
      ),
    'one e-mail for each message that has FAILED',
    after.emails,
  );
}

export interface Known {
  revisionOf: (place: string) => number;
  /** Lease -> the row that was to be tried when it was given. */
  heads: ReadonlyMap<string, number>;
}

export function checkSettled(
  { orderId, finding, before: early, during, lease }: Settlement,
  again: readonly OrderEvent[],
  before: Rows,
  after: Rows,
  { revisionOf, heads }: Known,
): void {
  const [lane, now] = [laneOf(before, orderId), laneOf(after, orderId)];
  const fresh = after.history.slice(before.history.length);
  const fates = new Set(fatesOf(after));
  must(others(before, orderId) === others(after, orderId), 'a settlement is about one order');
  for (const { position } of [...early, ...during])
    must(
      again.some((message) => placeOf(message.position) === placeOf(position)) || fates.has(placeOf(position)),
      'what is said to be settled has a fate',
      position,
    );
  if (finding.kind === 'detail' && fresh.length) {
    const revision = finding.detail.items[0]!.quantity;
    const left = after.parked.find(
      (row) => row.orderId === orderId && row.state === 'FAILED' && revisionOf(placeOf(row)) <= revision,
    );
    must(
      !left || revision < (orderOf(before, orderId)?.revision ?? 0),
      'a success takes over what had FAILED before it',
      { left, revision },
    );
  }
  if (!lease) {
    const changed = lane.parked > 0 && (fresh.length > 0 || !same(orderOf(before, orderId), orderOf(after, orderId)));
    must(!changed, 'while messages of an order wait, later ones wait behind them', { fresh, lane });
    must(
      lane.parked === 0 || same({ ...lane, parked: 0 }, { ...now, parked: 0 }),
      'what comes to wait behind others changes nothing about the head',
      { lane, now },
    );
    for (const row of before.parked) must(attemptsOf(after, row.id) === row.attempts, 'only tries are counted', row);
    return;
  }
  if (lane.token !== lease.token) {
    must(same(before, after), 'who has lost the lease changes nothing', { lease, lane });
    return;
  }
  const head = before.parked.find((row) => row.orderId === orderId && waits(row))!;
  must(head.id === heads.get(lease.token), 'a try is the try of the message that was the head when it began', {
    head,
    lease,
  });
  const tried = after.parked.find(({ id }) => id === head.id)!;
  const outage = finding.kind === 'failed' && finding.outage;
  const free = outage || lane.forced || head.attempts === RETRY.maxAttempts || !lives(tried);
  must(
    tried.attempts === head.attempts + (free ? 0 : 1),
    'each try in vain is one attempt, but for outages and for what an operator asked for',
    { head, tried },
  );
  must(
    outage || !lives(tried) || waits(tried) === tried.attempts < RETRY.maxAttempts,
    'the last try in vain is the one after which a message has FAILED',
    tried,
  );
  must(!outage || (waits(tried) && now.forced === lane.forced), 'after an outage the same try is still to come', {
    tried,
    now,
  });
  for (const row of before.parked)
    must(row.id === head.id || attemptsOf(after, row.id) === row.attempts, 'a try is counted for the head alone', row);
  must(now.token === null && (outage || !now.forced), 'a lease ends with its try', now);
}

export function checkClaimed(claims: Claim[], free: number, trying: string[], before: Rows, after: Rows): void {
  must(claims.length <= free, 'no more leases than there is room for', { claims, free });
  for (const { orderId, token, upTo } of claims) {
    const lane = laneOf(before, orderId);
    must(lane.due === true && lane.parked > 0, 'only what is due is tried', lane);
    must(!lane.leased, 'nobody is given a lease while another one runs', lane);
    must(!trying.includes(orderId), 'a process tries an order once at a time', { orderId, trying });
    must(laneOf(after, orderId).token === token, 'a lease stands in its lane', { token });
    must(
      upTo === after.parked.findLast((row) => row.orderId === orderId)?.id,
      'a lease knows the last message that waited when it was given',
      { upTo },
    );
  }
  const untouched = ({ lanes, ...rows }: Rows) => ({
    ...rows,
    lanes: lanes.filter(({ orderId }) => !claims.some((claim) => claim.orderId === orderId)),
  });
  must(same(untouched(before), untouched(after)), 'a claim changes leases alone');
}

export function checkOperated(says: 'retry' | 'discard', id: number, before: Rows, after: Rows): void {
  const [was, now] = [before.parked, after.parked].map((rows) => rows.find((row) => row.id === id)!) as [
    ParkedRow,
    ParkedRow,
  ];
  if (!lives(was)) {
    must(same(before, after), 'what has ended is nothing to operate on', was);
    return;
  }
  const [lane, next] = [laneOf(before, was.orderId), laneOf(after, was.orderId)];
  const isHead = waits(was) && before.parked.find((row) => row.orderId === was.orderId && waits(row))!.id === id;
  must(now.attempts === was.attempts, 'an operator changes no attempts', { was, now });
  if (says === 'retry') {
    must(
      now.state === 'PARKED' && next.due === true && next.forced && next.token === null,
      'what an operator retries is due at once, whoever has it in hand',
      { now, next },
    );
    return;
  }
  must(now.state === 'DISCARDED', 'what an operator discards is never tried again', now);
  if (isHead)
    must(
      next.token === null && next.due !== false && !next.forced,
      'after a discarded head the next one is due, and who was trying the head has lost it',
      next,
    );
  else
    must(same({ ...lane, parked: 0 }, { ...next, parked: 0 }), 'discarding one behind the head changes nothing else', {
      lane,
      next,
    });
}

const orderOf = (rows: Rows, orderId: string) => rows.orders.find(({ id }) => id === orderId);
const attemptsOf = (rows: Rows, id: number) => rows.parked.find((row) => row.id === id)!.attempts;
const others = ({ history, parked, lanes, orders }: Rows, orderId: string): string => {
  const not = (row: { orderId: string }) => row.orderId !== orderId;
  return JSON.stringify([
    history.filter(not),
    parked.filter(not),
    lanes.filter(not),
    orders.filter(({ id }) => id !== orderId),
  ]);
};

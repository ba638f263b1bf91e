// Judges a run: was anything lost, overtaken, doubled, or shown wrong? Pure. docs/INVARIANTS.md has the sentences
// behind it.
import type { KitchenOrder, Place, Produced, Records, Run, Shown, ShownOrder, Truth } from './records.ts';

/** Each entry describes one fault in words. */
export interface Verdict {
  lost: string[];
  overtaken: string[];
  doubled: string[];
  shownWrong: string[];
}

export const isClean = ({ lost, overtaken, doubled, shownWrong }: Verdict): boolean =>
  !lost.length && !overtaken.length && !doubled.length && !shownWrong.length;

const keyOf = ({ incarnationId, partition, offset }: Place): string => `${incarnationId}/${partition}/${offset}`;

export function check(run: Run): Verdict {
  const verdict: Verdict = { lost: [], overtaken: [], doubled: [], shownWrong: [] };
  checkFates(run, verdict);
  checkOrder(run, verdict);
  checkTruth(run, verdict);
  checkTickets(run, verdict);
  checkTaps(run, verdict);
  for (const shown of run.shown) checkScreen(shown, run.records, verdict);
  return verdict;
}

// ---- messages

/** A message's place under the database's incarnation id, or -1 if its topic was never read. */
function placesOf({ produced, records: { incarnations } }: Run): (Produced & Place & { incarnationId: number })[] {
  return produced.map((message) => ({ ...message, incarnationId: incarnations[message.topic] ?? -1 }));
}

/** Every message has exactly one fate, and every fate belongs to a message. */
function checkFates(run: Run, { lost, doubled }: Verdict): void {
  const {
    records: { incarnations, ended, parked, rejected, missing },
  } = run;
  const topics = new Set(run.produced.map(({ topic }) => topic)).size;
  if (incarnations.length !== topics) doubled.push(`${topics} topics were taken for ${incarnations.length}`);
  const fates = new Map<string, string[]>();
  const add = (place: Place, fate: string) => {
    const key = keyOf(place);
    fates.set(key, [...(fates.get(key) ?? []), fate]);
  };
  for (const end of ended) add(end, end.kind);
  for (const row of parked) if (row.state === 'PARKED' || row.state === 'FAILED') add(row, row.state);
  for (const place of rejected) add(place, 'REJECTED');
  const counted = new Set(
    missing.flatMap(({ incarnationId, partition, from, to }) =>
      Array.from({ length: to - from }, (_, i) => keyOf({ incarnationId, partition, offset: from + i })),
    ),
  );
  for (const key of counted) fates.set(key, [...(fates.get(key) ?? []), 'missing']);
  const produced = new Set<string>();
  for (const message of placesOf(run)) {
    const key = keyOf(message);
    produced.add(key);
    const its = fates.get(key);
    if (!its) lost.push(`${key} of ${message.key ?? 'nobody'} has no fate`);
    else if (its.length > 1) doubled.push(`${key} of ${message.key ?? 'nobody'} has the fates ${its.join(' and ')}`);
    else if (its[0] === 'PARKED') lost.push(`${key} of ${message.key ?? 'nobody'} still waits in the retry table`);
  }
  for (const [key, its] of fates)
    if (!produced.has(key)) doubled.push(`${key} was never produced, and is ${its.join(' and ')}`);
}

/** No message of an order overtakes another one of it, and nothing is committed before it has ended. */
function checkOrder(run: Run, { overtaken }: Verdict): void {
  const { ended, parked, rejected, missing } = run.records;
  const endedAt = new Map(ended.map((end) => [keyOf(end), end.seq]));
  const excused = new Set([...parked.filter(({ attempts }) => attempts >= run.maxAttempts), ...rejected].map(keyOf));
  const isMissing = (place: Place) =>
    missing.some(
      (gap) =>
        gap.incarnationId === place.incarnationId &&
        gap.partition === place.partition &&
        place.offset >= gap.from &&
        place.offset < gap.to,
    );
  const messages = groupBy(
    placesOf(run),
    ({ key, incarnationId, partition }) => `${key ?? ''}@${incarnationId}/${partition}`,
  );
  const applied = ended.filter(({ kind }) => kind === 'APPLIED').sort((a, b) => a.seq - b.seq);
  for (const [lane, rows] of groupBy(
    applied,
    ({ orderId, incarnationId, partition }) => `${orderId}@${incarnationId}/${partition}`,
  )) {
    for (const [i, row] of rows.entries()) {
      const former = rows[i - 1];
      if (former && row.offset <= former.offset)
        overtaken.push(`${row.orderId}: offset ${row.offset} was applied after ${former.offset}`);
      for (const earlier of messages.get(lane) ?? []) {
        if (earlier.offset >= row.offset || excused.has(keyOf(earlier)) || isMissing(earlier)) continue;
        const at = endedAt.get(keyOf(earlier));
        if (at === undefined || at > row.seq)
          overtaken.push(`${row.orderId}: offset ${row.offset} was applied while ${earlier.offset} waited`);
      }
    }
  }
  for (const [orderId, rows] of groupBy(applied, ({ orderId }) => orderId)) {
    for (const [i, { version }] of rows.entries()) {
      const former = rows[i - 1]?.version;
      if (i && typeof former === 'number' && version !== null && version <= former)
        overtaken.push(`${orderId}: version ${version} was applied after ${former}`);
    }
  }
  for (const { partition, committed, without } of run.overcommitted)
    overtaken.push(`${committed} of partition ${partition} was committed while ${without} before it had not ended`);
}

// ---- orders

/** In the end the kitchen has the platform's truth, except for messages recorded as missing. */
function checkTruth(run: Run, { lost, doubled }: Verdict): void {
  const announced = new Set(run.produced.flatMap(({ key }) => (key === null ? [] : [key])));
  const inKitchen = new Map(run.records.orders.map((order) => [order.id, order]));
  for (const truth of run.truth) {
    if (!announced.has(truth.id)) continue;
    const have = inKitchen.get(truth.id);
    if (isRecordedMissing(run, truth, have?.version ?? 0)) continue;
    if (!have) {
      lost.push(`${truth.id} is not in the kitchen`);
      continue;
    }
    if (have.version !== truth.version || have.status !== truth.status) {
      lost.push(
        `${truth.id} is ${have.status} of version ${have.version ?? 'unknown'}, ` +
          `and upstream ${truth.status} of ${truth.version}`,
      );
    } else if (have.table !== truth.table)
      lost.push(`${truth.id} is at table ${have.table ?? 'none'}, and upstream at ${truth.table ?? 'none'}`);
    // A canceled order may have lost its lines upstream.
    if (truth.status === 'CANCELED') continue;
    const [want, got] = [liveLines(truth.items), liveLines(have.lines)];
    for (const line of want) if (!got.includes(line)) lost.push(`${truth.id} lacks ${line}`);
    for (const line of got) if (!want.includes(line)) doubled.push(`${truth.id} has ${line}, which upstream has not`);
  }
  const upstream = new Set(run.truth.map(({ id }) => id));
  for (const { id } of run.records.orders)
    if (!upstream.has(id)) doubled.push(`${id} is in the kitchen, and upstream knows no such order`);
}

/** Whether a message newer than the kitchen's version of the order is recorded as missing. */
function isRecordedMissing(run: Run, { id }: Truth, version: number): boolean {
  return placesOf(run).some(
    (message) =>
      message.key === id &&
      (message.version ?? Infinity) > version &&
      run.records.missing.some(
        ({ incarnationId, partition, from, to }) =>
          incarnationId === message.incarnationId &&
          partition === message.partition &&
          message.offset >= from &&
          message.offset < to,
      ),
  );
}

/** By upstream's lines: parts that the kitchen cooks one after another are one of them. */
function liveLines(
  lines: readonly { id: string; partOf?: string | null; name: string; quantity: number; voided: boolean }[],
): string[] {
  const parts = groupBy(
    lines.filter(({ voided }) => !voided),
    ({ id, partOf }) => partOf ?? id,
  );
  return [...parts].map(
    ([id, its]) => `${its.reduce((sum, { quantity }) => sum + quantity, 0)} x ${its[0]!.name} (${id})`,
  );
}

/** No order is twice at a station, unless it was bumped there in between. */
function checkTickets(run: Run, { doubled }: Verdict): void {
  for (const { id, tickets } of run.records.orders) {
    for (const [stationId, rows] of groupBy(tickets, (ticket) => ticket.stationId)) {
      const open = rows.filter(({ state }) => state === 'open').length;
      if (open > 1) doubled.push(`${id} has ${open} open tickets at station ${stationId}`);
    }
  }
}

/** A tap that was confirmed to a screen was carried out, exactly once. */
function checkTaps({ tapped, records }: Run, { lost, doubled }: Verdict): void {
  const stored = groupBy(records.taps, ({ id }) => id);
  const tickets = new Map(
    records.orders.flatMap((order) => order.tickets.map((ticket) => [ticket.id, ticket] as const)),
  );
  for (const { id, orderId, ticketId } of tapped) {
    const times = stored.get(id)?.length ?? 0;
    if (times === 0) lost.push(`a tap on ${orderId} was confirmed, and is not stored`);
    if (times > 1) doubled.push(`a tap on ${orderId} is stored ${times} times`);
    const state = tickets.get(ticketId)?.state;
    if (state === undefined || state === 'open')
      lost.push(`ticket ${ticketId} of ${orderId} was bumped, and is ${state ?? 'gone'}`);
  }
}

// ---- screens

function checkScreen(
  { screen, restaurantId, stationId, rev, orders, backward }: Shown,
  records: Records,
  { shownWrong }: Verdict,
): void {
  for (const words of backward) shownWrong.push(`${screen}: ${words}`);
  if (rev !== records.revs[restaurantId])
    shownWrong.push(
      `${screen} shows rev ${rev ?? 'none'}, and the database has ${records.revs[restaurantId] ?? 'none'}`,
    );
  const shown = new Map(orders.map((order) => [order.id, order]));
  const inRestaurant = new Map(
    records.orders.filter((order) => order.restaurantId === restaurantId).map((order) => [order.id, order]),
  );
  const isHere = (order: KitchenOrder) =>
    stationId === null || order.lines.some((line) => line.stationId === stationId);
  for (const order of inRestaurant.values()) {
    const its = shown.get(order.id);
    if (!its && !order.closed && isHere(order)) shownWrong.push(`${screen} does not show ${order.id}`);
    if (its && pictureOf(its) !== pictureOf(order))
      shownWrong.push(`${screen} shows ${order.id} as ${pictureOf(its)}, and it is ${pictureOf(order)}`);
    if (its && !isHere(order)) shownWrong.push(`${screen} shows ${order.id}, which is not its station's`);
  }
  for (const id of shown.keys())
    if (!inRestaurant.has(id)) shownWrong.push(`${screen} shows ${id}, which the restaurant does not have`);
}

/** The fields of an order that matter, as a string that can be compared. */
function pictureOf({ status, version, table, lines, tickets }: ShownOrder): string {
  const sorted = (words: string[]) => words.sort().join(' ');
  return [
    `${status}/${version ?? '-'}/${table ?? '-'}`,
    sorted(lines.map(({ id, quantity, voided, state }) => `${id}:${quantity}${voided ? 'v' : ''}:${state}`)),
    sorted(tickets.map(({ id, state }) => `${id.slice(0, 8)}:${state}`)),
  ].join(' ');
}

function groupBy<T>(list: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

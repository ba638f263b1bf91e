// The rules of a history's end, when everything was made well again and nothing waits: nothing is missing.
import type { Group } from './group.ts';
import type { Process } from './process.ts';
import { fatesOf, must } from './rules.ts';
import { ORDERS } from './script.ts';
import type { Rows } from './store.ts';
import { orderName, placeOf, type Upstream } from './upstream.ts';

interface End {
  rows: Rows;
  upstream: Upstream;
  group: Group;
  processes: readonly Process[];
  /** Places of messages that an operator discarded. */
  discarded: ReadonlySet<string>;
}

/** @throws RuleBroken */
export function checkEnd({ rows, upstream, group, processes, discarded }: End): void {
  const fates = new Set(fatesOf(rows));
  for (const message of upstream.messages)
    must(fates.has(placeOf(message)), 'every message has a fate in the end', {
      message: placeOf(message),
      orderId: message.orderId,
    });
  must(
    rows.parked.every(({ state }) => state !== 'PARKED' && state !== 'FAILED'),
    'nothing waits in the end',
    rows.parked,
  );
  for (const [p, log] of upstream.partitions.entries())
    must(!log.length || group.committed.get(p) === log.at(-1)!.record.offset + 1, 'all is committed in the end', {
      p,
      committed: group.committed.get(p),
    });
  for (const { intake, lanes } of processes)
    must(intake.open === 0 && lanes.size === 0, 'no message is left in a process', {
      open: intake.open,
      size: lanes.size,
    });
  for (let order = 0; order < ORDERS; order += 1) {
    const orderId = orderName(order);
    const newest = upstream.newest(orderId);
    const told = upstream.messages.filter((message) => message.orderId === orderId && message.revision === newest);
    if (!newest || told.some((message) => discarded.has(placeOf(message)))) continue;
    const kitchen = rows.orders.find(({ id }) => id === orderId);
    const truth = upstream.detailOf(orderId, newest);
    must(
      kitchen?.revision === newest && kitchen.status === truth.status && kitchen.version === truth.version,
      'the kitchen has the truth in the end',
      { kitchen, truth: { revision: newest, status: truth.status } },
    );
  }
}

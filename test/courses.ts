// Orders of several courses, and taps on them: values that tests of courses are about.
import { mergeDetail } from '../server/settle/merge.ts';
import { wordsOf } from '../server/kitchen/why.ts';
import type { KitchenOrder } from '../server/order/order.ts';
import type { Courses } from '../server/protocol/facts.ts';
import type { FiringRules } from '../server/protocol/rules/courses.ts';
import { perform, type KitchenCommand } from '../server/protocol/rules/perform.ts';
import type { DetailItem } from '../server/upstream/detail.ts';
import { at, detail, item, mergeContext, performContext } from './made.ts';

export const MANUAL: Courses = { mode: 'manual', gapSeconds: 60 };
export const AFTER: Courses = { mode: 'after-previous', gapSeconds: 60 };
export const TIMED: Courses = { mode: 'timed', gapSeconds: 60 };
/** Starters of two stations, mains, a dessert. */
export const MENU = [
  item('s1', { course: 1 }),
  item('s2', { course: 1, category: 'drinks' }),
  item('m1', { course: 2 }),
  item('m2', { course: 2 }),
  item('d1', { course: 3 }),
];

/** The rules of firing where every station has the usual lead. */
export const rules = (courses: Courses): FiringRules => ({ courses, leads: {} });
export const merged = (order: KitchenOrder | null, items: DetailItem[], courses: Courses, seconds = 10, more = {}) =>
  mergeDetail(
    order,
    detail(Number(order?.version ?? 0) + 1, { items, ...more }),
    mergeContext({ courses, now: at(seconds), newId: () => `t${seconds}-${Math.random()}` }),
  );
export function did(order: KitchenOrder, command: object, courses: Courses, seconds: number): KitchenOrder {
  const result = perform(
    order,
    { id: 'x', orderId: order.id, ...command } as unknown as KitchenCommand,
    performContext(seconds, { courses }),
  );
  if ('conflict' in result) throw new Error(wordsOf(result.conflict));
  return result.after;
}
export const ticketOf = (order: KitchenOrder, lineId: string) =>
  order.tickets.find(({ id }) => id === order.lines.find((line) => line.id === lineId)!.ticketId)!;
export const bump = (order: KitchenOrder, lineId: string, courses: Courses, seconds: number) =>
  did(order, { kind: 'bump', ticketId: ticketOf(order, lineId).id }, courses, seconds);
export const shown = ({ tickets }: KitchenOrder) =>
  tickets.map(({ stationId, course, state }) => `${stationId} ${course ?? '-'} ${state}`).sort();
export const states = ({ lines }: KitchenOrder) => lines.map(({ id, state }) => `${id} ${state}`).join(', ');

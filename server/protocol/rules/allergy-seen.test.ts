// The "Seen" of an allergy: asked for before a bump and before a hand-over, with a name, and taken back by a new allergy.
import { describe, expect, test } from 'vitest';
import { at, detail, item, kitchenOrder, mergeContext, performContext } from '../../../test/made.ts';
import { mergeDetail } from '../../settle/merge.ts';
import type { KitchenOrder } from '../../order/order.ts';
import { perform, type KitchenCommand } from './perform.ts';

const UUID = '11111111-1111-4111-8111-111111111111';
const made = (more: Parameters<typeof detail>[1] = {}) =>
  kitchenOrder(detail(1, { note: 'nut allergy', items: [item('l1'), item('cola', { category: 'drinks' })], ...more }));
type Asked = KitchenCommand extends infer C ? (C extends KitchenCommand ? Omit<C, 'id' | 'orderId'> : never) : never;
const tried = (order: KitchenOrder, command: Asked, seconds: number, allergySeen = true) =>
  perform(
    order,
    { id: UUID, orderId: order.id, ...command } as KitchenCommand,
    performContext(seconds, { allergySeen, by: 'Mei' }),
  );
function done(order: KitchenOrder, command: Asked, seconds: number, allergySeen = true): KitchenOrder {
  const result = tried(order, command, seconds, allergySeen);
  if ('conflict' in result) throw new Error(result.conflict.code);
  return result.after;
}
const refused = { conflict: { code: 'allergy-unseen' } };
const ids = (order: KitchenOrder) => order.tickets.map(({ id }) => id) as [string, string];
const seeAll = (order: KitchenOrder, seconds: number) =>
  ids(order).reduce((seen, ticketId) => done(seen, { kind: 'see-allergy', ticketId }, seconds), order);

describe('where the restaurant asks for it', () => {
  test('no station bumps a ticket, nor a dish of it, before somebody there has seen the allergy', () => {
    const order = made();
    const [first, second] = ids(order);
    expect(tried(order, { kind: 'bump', ticketId: first }, 20)).toEqual(refused);
    expect(tried(order, { kind: 'bump', ticketId: first, lineIds: ['l1'] }, 20)).toEqual(refused);
    const seen = done(order, { kind: 'see-allergy', ticketId: first }, 21);
    expect(seen.tickets.find(({ id }) => id === first)!.allergySeen).toEqual({ at: at(21), by: 'Mei' });
    expect(
      done(seen, { kind: 'bump', ticketId: first }, 22)
        .tickets.map(({ state }) => state)
        .sort(),
    ).toEqual(['bumped', 'open']);
    expect(tried(seen, { kind: 'bump', ticketId: second }, 22)).toEqual(refused);
  });

  test('nobody hands it over before somebody there has seen it, too', () => {
    const [first, second] = ids(made());
    const ready = [first, second].reduce(
      (order, ticketId) => done(order, { kind: 'bump', ticketId }, 30),
      seeAll(made(), 20),
    );
    expect(tried(ready, { kind: 'serve', lineIds: ['l1'] }, 40)).toEqual(refused);
    const seen = done(ready, { kind: 'see-allergy' }, 41);
    expect(seen.allergySeen).toEqual({ at: at(41), by: 'Mei' });
    expect(done(seen, { kind: 'serve', lineIds: ['l1'] }, 42).lines.some(({ state }) => state === 'served')).toBe(true);
  });

  test('an order without an allergy needs nothing, nor does a station that none of it concerns', () => {
    const plain = made({
      note: 'no allergies',
      items: [item('l1', { allergens: ['nuts'] }), item('cola', { category: 'drinks', note: 'lactose intolerant' })],
    });
    const dish = plain.lines.find(({ id }) => id === 'l1')!;
    const drink = plain.lines.find(({ id }) => id === 'cola')!;
    expect(tried(plain, { kind: 'bump', ticketId: dish.ticketId }, 20)).not.toHaveProperty('conflict');
    expect(tried(plain, { kind: 'bump', ticketId: drink.ticketId }, 20)).toEqual(refused);
  });

  test('seeing it twice changes nothing, and what the screen did not show was not seen', () => {
    const order = made();
    const [first] = ids(order);
    const seen = done(order, { kind: 'see-allergy', ticketId: first }, 21);
    expect(done(seen, { kind: 'see-allergy', ticketId: first }, 22)).toBe(seen);
    const later = mergeDetail(
      order,
      detail(2, { note: 'egg allergy', items: [item('l1'), item('cola', { category: 'drinks' })] }),
      mergeContext({ now: at(30) }),
    );
    expect(tried(later, { kind: 'see-allergy', ticketId: first, seen: at(29) }, 31)).toEqual(refused);
    expect(tried(later, { kind: 'see-allergy', seen: at(29) }, 31)).toEqual(refused);
    expect(tried(later, { kind: 'see-allergy', ticketId: first, seen: at(30) }, 31)).not.toHaveProperty('conflict');
  });
});

test('where it does not ask, nobody is held up', () => {
  const order = made();
  expect(tried(order, { kind: 'bump', ticketId: ids(order)[0] }, 20, false)).not.toHaveProperty('conflict');
});

describe('a change of the allergies upstream', () => {
  const items = [item('l1'), item('cola', { category: 'drinks' })];
  const later = (order: KitchenOrder, more: Parameters<typeof detail>[1]) =>
    mergeDetail(order, detail(2, { note: 'nut allergy', items, ...more }), mergeContext({ now: at(50) }));
  const seen = done(seeAll(made(), 20), { kind: 'see-allergy' }, 21);
  const kinds = (order: KitchenOrder) => order.tickets.map(({ notices }) => notices.map(({ kind }) => kind));

  test('is told to every station, and takes back what was seen', () => {
    const changed = later(seen, { allergies: ['milk'] });
    expect(kinds(changed)).toEqual([['allergies'], ['allergies']]);
    expect(changed.tickets[0]!.notices[0]).toEqual({ kind: 'allergies', at: at(50), from: 'nut allergy' });
    const [first] = ids(changed);
    expect(kinds(done(changed, { kind: 'see-allergy', ticketId: first }, 60)).flat()).toEqual(['allergies']);
    expect([changed.allergySeen, ...changed.tickets.map(({ allergySeen }) => allergySeen)]).toEqual([null, null, null]);
  });

  test('is told of dishes that stand ready, too', () => {
    const bumped = ids(seen).reduce((order, ticketId) => done(order, { kind: 'bump', ticketId }, 30), seen);
    expect(kinds(later(bumped, { note: 'nut and egg allergy' }))).toEqual([['allergies'], ['allergies']]);
  });

  test('of one guest concerns that guest’s ticket', () => {
    const changed = later(seen, { items: [item('l1', { allergies: ['sesame'] }), items[1]!] });
    const dish = changed.lines.find(({ id }) => id === 'l1')!;
    expect(dish.flag).toMatchObject({ kind: 'changed' });
    for (const { id, allergySeen } of changed.tickets) expect(allergySeen === null).toBe(id === dish.ticketId);
    expect(changed.allergySeen).toBeNull();
  });

  test('that only says less, or nothing of them, takes nothing back', () => {
    for (const more of [{ table: '99' }, { allergies: [] }])
      expect(later(seen, more).tickets.map(({ allergySeen }) => allergySeen?.by)).toEqual(['Mei', 'Mei']);
    expect(later(seen, { note: null }).allergySeen).not.toBeNull();
  });
});

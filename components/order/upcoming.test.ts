// What is to come: by due time, for one station or all, counted by quarters of an hour, and apart from what is to be
// done now.
import { describe, expect, it } from 'vitest';
import { timesIn } from '../i18n/times.ts';
import { ago, line, NOON, order, ticket } from '../../test/floor-orders.ts';
import { allReady, expoCards, floorCard, floorCards, isForLater } from './cards.ts';
import { allUpcoming, nextFire, quartersOf } from './upcoming.ts';
import { dueTime } from './use-due-time.ts';

const later = (id: string, minutes: number, more = {}) =>
  order({
    id,
    dueAt: ago(-minutes),
    lines: [
      line({ state: 'held', quantity: 2 }),
      line({ id: 'l2', state: 'held', stationId: 's-bar', ticketId: 't2' }),
    ],
    tickets: [
      ticket({ state: 'held', heldFor: 'due', heldUntil: ago(25 - minutes) }),
      ticket({ id: 't2', stationId: 's-bar', state: 'held', heldFor: 'due', heldUntil: ago(5 - minutes) }),
    ],
    ...more,
  });

describe('upcoming orders', () => {
  const orders = [later('c', 200), later('a', 60), order(), later('b', 64), later('gone', 90, { status: 'CANCELED' })];

  it('come by due time, with what waits at the station, and when it starts there', () => {
    expect(allUpcoming(orders, null).map((one) => one.order.id)).toEqual(['a', 'b', 'c']);
    const [first] = allUpcoming(orders, 's-bar');
    expect([first?.lines.map(({ id }) => id), first?.firesAt]).toEqual([['l2'], Date.parse(ago(-55))]);
    expect(nextFire(allUpcoming(orders, null))).toBe(Date.parse(ago(-35)));
    expect([allUpcoming(orders, 's-grill')[0]?.firesAt, nextFire([])]).toEqual([Date.parse(ago(-35)), null]);
  });

  it('that somebody holds start at no time by themselves', () => {
    expect(nextFire(allUpcoming([later('a', 60, { hold: { at: ago(5), by: 'Bo' } })], null))).toBeNull();
  });

  it('are counted by quarters of an hour, in orders and dishes', () => {
    expect(
      quartersOf(allUpcoming(orders, null)).map(({ from, ...counts }) => [(from - NOON) / 60_000, counts]),
    ).toEqual([
      [60, { orders: 2, dishes: 6 }],
      [195, { orders: 1, dishes: 3 }],
    ]);
    const kilos = later('k', 60, { lines: [line({ state: 'held', quantity: 1.5, unit: 'kg' })] });
    expect(quartersOf(allUpcoming([kilos], null))[0]?.dishes).toBe(1);
  });

  it('are on no card of floor and pass before a part of them is fired', () => {
    expect([floorCards(orders), expoCards(orders)].map((cards) => cards.map((card) => card.order.id))).toEqual([
      ['o1'],
      ['o1'],
    ]);
    const begun = later('a', 60, {
      lines: [line(), line({ id: 'l2', state: 'held', stationId: 's-bar', ticketId: 't2' })],
      tickets: [ticket(), later('a', 60).tickets[1]!],
    });
    expect([isForLater(begun), floorCards([begun]).length]).toEqual([false, 1]);
  });

  it('are not complete while a station has still to begin', () => {
    const part = later('a', 60, {
      lines: [line({ state: 'ready', readyAt: ago(1) }), line({ id: 'l2', state: 'held', ticketId: 't2' })],
      tickets: [ticket({ state: 'bumped' }), later('a', 60).tickets[1]!],
    });
    expect(allReady(floorCard(part))).toBe(false);
  });
});

describe('a due time', () => {
  const words = (at: number, now = NOON, zone = 'Europe/London') => dueTime(timesIn('en'), zone, at, now);

  it('has no date around midnight, where the time of day says enough', () => {
    const tenToMidnight = NOON + 11 * 3600_000 + 50 * 60_000;
    expect(words(tenToMidnight + 30 * 60_000, tenToMidnight)).toBe('00:20');
    expect(words(tenToMidnight, tenToMidnight + 30 * 60_000)).toBe('23:50');
  });

  it('has its date on any other day than today, of the restaurant, half a day away and more', () => {
    expect(words(NOON + 3600_000)).toBe('13:00');
    expect(words(NOON + 86_400_000)).toBe('Wed 25 Nov 12:00');
    expect(words(NOON + 21 * 86_400_000)).toBe('Tue 15 Dec 12:00');
    expect(words(NOON + 365 * 86_400_000)).toMatch(/24 Nov 12:00$/);
    expect(words(NOON + 13 * 3600_000, NOON, 'America/Los_Angeles')).toBe('17:00');
    expect(words(NOON + 13 * 3600_000)).toBe('Wed 25 Nov 01:00');
    expect(words(NOON, 0)).toBe('12:00');
  });
});

// Courses are held and fired as the restaurant wants it, an order on hold waits for a person, and a rush is told.
import { describe, expect, test } from 'vitest';
import {
  AFTER,
  MANUAL,
  MENU,
  TIMED,
  bump,
  did,
  merged,
  rules,
  shown,
  states,
  ticketOf,
} from '../../../test/courses.ts';
import { at, item, performContext } from '../../../test/made.ts';
import type { KitchenOrder } from '../../order/order.ts';
import { TOGETHER } from '../facts.ts';
import { followCourses } from './courses.ts';
import { perform, type KitchenCommand } from './perform.ts';

describe('courses of a new order', () => {
  test('fire all together where the restaurant has it so: one ticket a station', () => {
    const order = merged(null, MENU, TOGETHER);
    expect(shown(order)).toEqual(['bar - open', 'kitchen - open']);
  });

  test('are tickets of their own; the first fires at once, the later ones are held', () => {
    const order = merged(null, MENU, MANUAL);
    expect(shown(order)).toEqual(['bar 1 open', 'kitchen 1 open', 'kitchen 2 held', 'kitchen 3 held']);
    expect(states(order)).toBe('s1 waiting, s2 waiting, m1 held, m2 held, d1 held');
    expect(
      order.tickets.filter(({ state }) => state === 'held').map(({ heldFor, heldUntil }) => [heldFor, heldUntil]),
    ).toEqual([
      ['course', null],
      ['course', null],
    ]);
  });

  test('count from the lowest that is there; a dish without a course goes with it', () => {
    expect(shown(merged(null, [item('m1', { course: 2 }), item('x'), item('d1', { course: 3 })], MANUAL))).toEqual([
      'kitchen 2 open',
      'kitchen 3 held',
    ]);
    expect(shown(merged(null, [item('x'), item('y')], MANUAL))).toEqual(['kitchen - open']);
    expect(shown(merged(null, [item('s1', { course: 1, voided: true }), item('m1', { course: 2 })], MANUAL))).toEqual([
      'kitchen 1 closed',
      'kitchen 2 open',
    ]);
  });
});

describe('a held course', () => {
  test('fires when it is asked for, with a clock of its own', () => {
    const order = did(merged(null, MENU, MANUAL), { kind: 'fire', course: 2 }, MANUAL, 300);
    expect(shown(order)).toEqual(['bar 1 open', 'kitchen 1 open', 'kitchen 2 open', 'kitchen 3 held']);
    expect(ticketOf(order, 'm1')).toMatchObject({ firedAt: at(300), heldFor: null });
    expect(ticketOf(order, 's1').firedAt).toBe(at(10));
    expect(states(order)).toBe('s1 waiting, s2 waiting, m1 waiting, m2 waiting, d1 held');
    expect(shown(did(order, { kind: 'fire' }, MANUAL, 400)).filter((ticket) => ticket.endsWith('held'))).toEqual([]);
  });

  test('is fired once: asked for again it stays as it is; a course that is not there is a conflict', () => {
    const order = did(merged(null, MENU, MANUAL), { kind: 'fire', course: 2 }, MANUAL, 300);
    expect(did(order, { kind: 'fire', course: 2 }, MANUAL, 310)).toBe(order);
    expect(
      perform(order, { id: 'x', orderId: order.id, kind: 'fire', course: 9 } as KitchenCommand, performContext(320)),
    ).toEqual({ conflict: { code: 'nothing-held' } });
  });

  test('cannot be bumped, started or served before it is fired', () => {
    const order = merged(null, MENU, MANUAL);
    for (const command of [
      { kind: 'bump', ticketId: ticketOf(order, 'm1').id },
      { kind: 'start', lineIds: ['m1'] },
      { kind: 'bump', ticketId: ticketOf(order, 'm1').id, lineIds: ['m1'] },
    ]) {
      expect(
        perform(order, { id: 'x', orderId: order.id, ...command } as KitchenCommand, performContext(20)),
      ).toHaveProperty('conflict');
    }
  });

  test('fires by itself when all before it is cooked, at every station', () => {
    let order = bump(merged(null, MENU, AFTER), 's1', AFTER, 100);
    expect(ticketOf(order, 'm1').state).toBe('held');
    order = did(order, { kind: 'bump', ticketId: ticketOf(order, 's2').id, lineIds: ['s2'] }, AFTER, 120);
    expect([ticketOf(order, 'm1').state, ticketOf(order, 'm1').firedAt, ticketOf(order, 'd1').state]).toEqual([
      'open',
      at(120),
      'held',
    ]);
    order = bump(order, 'm1', AFTER, 200);
    expect(ticketOf(order, 'd1')).toMatchObject({ state: 'open', firedAt: at(200) });
  });

  test('fires by itself when what was left before it is voided upstream', () => {
    const order = bump(merged(null, MENU, AFTER), 's1', AFTER, 100);
    const after = merged(
      order,
      MENU.map((one) => (one.id === 's2' ? { ...one, voided: true } : one)),
      AFTER,
      130,
    );
    expect(ticketOf(after, 'm1')).toMatchObject({ state: 'open', firedAt: at(130) });
  });

  test('fires by the clock, so long after the course before it, and says when', () => {
    let order = merged(null, MENU, TIMED);
    expect([ticketOf(order, 'm1').heldUntil, ticketOf(order, 'd1').heldUntil]).toEqual([at(70), at(130)]);
    expect(followCourses(order, rules(TIMED), at(69))).toBe(order);
    order = followCourses(order, rules(TIMED), at(75));
    expect([ticketOf(order, 'm1').state, ticketOf(order, 'm1').firedAt, ticketOf(order, 'd1').heldUntil]).toEqual([
      'open',
      at(75),
      at(135),
    ]);
    expect(followCourses(order, rules(TIMED), at(80))).toBe(order);
  });

  test('that somebody fires early takes those after it along in time', () => {
    const order = did(merged(null, MENU, TIMED), { kind: 'fire', course: 2 }, TIMED, 20);
    expect(ticketOf(order, 'd1').heldUntil).toBe(at(80));
  });

  test('fires when the restaurant gives courses up', () => {
    expect(
      shown(followCourses(merged(null, MENU, MANUAL), rules(TOGETHER), at(20))).every((ticket) =>
        ticket.endsWith('open'),
      ),
    ).toBe(true);
  });

  test('takes what is added to it without a word; one that was fired already gets it flagged', () => {
    const held = merged(
      merged(null, MENU, MANUAL),
      [...MENU, item('m3', { course: 2 }), item('s3', { course: 1 })],
      MANUAL,
      20,
    );
    expect(ticketOf(held, 'm3').id).toBe(ticketOf(held, 'm1').id);
    expect(held.lines.find(({ id }) => id === 'm3')).toMatchObject({ state: 'held', flag: null });
    expect(held.lines.find(({ id }) => id === 's3')).toMatchObject({
      state: 'waiting',
      flag: { kind: 'added' },
      ticketId: ticketOf(held, 's1').id,
    });
  });

  test('that waits while a later one was fired keeps what is added to it waiting, too', () => {
    const order = merged(
      did(merged(null, MENU, MANUAL), { kind: 'fire', course: 3 }, MANUAL, 20),
      [...MENU, item('m3', { course: 2 })],
      MANUAL,
      30,
    );
    expect(ticketOf(order, 'm3')).toMatchObject({ id: ticketOf(order, 'm1').id, state: 'held' });
  });

  test('of an earlier number that comes after a later one was fired is fired at once', () => {
    const fired = did(
      merged(null, [item('s1', { course: 1 }), item('d1', { course: 3 })], MANUAL),
      { kind: 'fire' },
      MANUAL,
      20,
    );
    const order = merged(
      fired,
      [item('s1', { course: 1 }), item('d1', { course: 3 }), item('m1', { course: 2 })],
      MANUAL,
      30,
    );
    expect(shown(order)).toEqual(['kitchen 1 open', 'kitchen 2 open', 'kitchen 3 open']);
  });

  test('whose dishes are all voided or canceled closes without a word to the kitchen', () => {
    const order = merged(
      merged(null, MENU, MANUAL),
      MENU.map((one) => (one.course === 2 ? { ...one, voided: true } : one)),
      MANUAL,
      20,
    );
    expect([ticketOf(order, 'm1').state, order.lines.filter(({ flag }) => flag)]).toEqual(['closed', []]);
    const one = merged(
      merged(null, MENU, MANUAL),
      MENU.map((dish) => (dish.id === 'm2' ? { ...dish, voided: true } : dish)),
      MANUAL,
      20,
    );
    expect([ticketOf(one, 'm1').state, one.lines.filter(({ flag }) => flag)]).toEqual(['held', []]);
    const canceled = merged(merged(null, MENU, MANUAL), [], MANUAL, 20, { status: 'CANCELED' });
    expect(shown(canceled)).toEqual(['bar 1 open', 'kitchen 1 open', 'kitchen 2 closed', 'kitchen 3 closed']);
  });

  test('gives a dish to another course when upstream moves it', () => {
    const order = merged(
      merged(null, MENU, MANUAL),
      MENU.map((one) => (one.id === 'd1' ? { ...one, course: 2 } : one)),
      MANUAL,
      20,
    );
    expect(shown(order)).toEqual(['bar 1 open', 'kitchen 1 open', 'kitchen 2 held', 'kitchen 3 closed']);
    const early = merged(
      merged(null, MENU, MANUAL),
      MENU.map((one) => (one.id === 'm1' ? { ...one, course: 1 } : one)),
      MANUAL,
      20,
    );
    expect(early.lines.find(({ id }) => id === 'm1')).toMatchObject({ state: 'waiting', flag: { kind: 'added' } });
  });
});

describe('hold', () => {
  test('takes back what nobody has begun, at every station, until the order is fired; what was begun goes on', () => {
    const begun = did(merged(null, MENU, AFTER), { kind: 'start', lineIds: ['s2'] }, AFTER, 20);
    const held = did(begun, { kind: 'hold' }, AFTER, 30);
    expect(shown(held)).toEqual(['bar 1 open', 'kitchen 1 held', 'kitchen 2 held', 'kitchen 3 held']);
    expect([held.hold, ticketOf(held, 's1').heldFor]).toEqual([{ at: at(30), by: 'Tablet' }, 'order']);
    const fired = did(held, { kind: 'fire' }, AFTER, 90);
    expect([shown(fired), fired.hold, ticketOf(fired, 's1').firedAt]).toEqual([
      ['bar 1 open', 'kitchen 1 open', 'kitchen 2 held', 'kitchen 3 held'],
      null,
      at(90),
    ]);
  });

  test('stops courses that would fire by themselves, and they go on when it ends', () => {
    const held = did(merged(null, MENU, TIMED), { kind: 'hold' }, TIMED, 20);
    expect(held.tickets.every(({ heldUntil }) => heldUntil === null)).toBe(true);
    expect(followCourses(held, rules(TIMED), at(9999))).toBe(held);
    const fired = did(held, { kind: 'fire' }, TIMED, 100);
    expect(ticketOf(fired, 'm1').heldUntil).toBe(at(160));
  });

  test('keeps what is added meanwhile', () => {
    const held = did(merged(null, MENU, TOGETHER), { kind: 'hold' }, TOGETHER, 20);
    const order = merged(held, [...MENU, item('x')], TOGETHER, 30);
    expect(order.lines.find(({ id }) => id === 'x')).toMatchObject({
      state: 'held',
      ticketId: ticketOf(order, 's1').id,
    });
  });

  test('of an order of which all is begun, or that is canceled, is a conflict; a second one changes nothing', () => {
    const all = did(merged(null, MENU, TOGETHER), { kind: 'start', lineIds: ['s1', 's2'] }, TOGETHER, 20);
    const why = (order: KitchenOrder) =>
      perform(order, { id: 'x', orderId: order.id, kind: 'hold' } as KitchenCommand, performContext(30));
    expect(why(all)).toEqual({ conflict: { code: 'nothing-to-hold' } });
    expect(why(merged(null, MENU, TOGETHER, 10, { status: 'CANCELED' }))).toEqual({
      conflict: { code: 'order-canceled' },
    });
    const held = did(merged(null, MENU, TOGETHER), { kind: 'hold' }, TOGETHER, 20);
    expect(did(held, { kind: 'hold' }, TOGETHER, 30)).toBe(held);
  });
});

describe('rush', () => {
  test('is told on every open ticket until it is seen, and can be taken back', () => {
    const order = did(merged(null, MENU, MANUAL), { kind: 'rush', on: true }, MANUAL, 20);
    expect([order.rush, order.tickets.map(({ notices }) => notices.length)]).toEqual([
      { at: at(20), by: 'Tablet' },
      [1, 1, 0, 0],
    ]);
    expect(did(order, { kind: 'rush', on: true }, MANUAL, 25)).toBe(order);
    const back = did(order, { kind: 'rush', on: false }, MANUAL, 30);
    expect([back.rush, back.tickets.flatMap(({ notices }) => notices)]).toEqual([null, []]);
  });
});

// The tickets on a station's board, their texts, and the counts over all of them.
import { describe, expect, it } from 'vitest';
import type { OrderView } from '../../server/protocol/views.ts';
import { translatorOf } from '../i18n/compiled.ts';
import { allergyReader, at, makeLine, makeOrder, makeTicket } from '../../test/orders.ts';
import { allDay } from './all-day.ts';
import { asOf, boardTickets, bumpedTickets } from './station-tickets.ts';
import {
  cardName,
  ticketChangeWords,
  ticketFlagWords,
  ticketPlaceWords,
  sectionWords,
  waitWords,
} from './ticket-words.ts';
import { lateTimes, limitsOf, toneOf } from '../order/tone.ts';
import { UNSET_STATION } from '../../server/protocol/facts.ts';

const board = (...orders: OrderView[]) => boardTickets(new Map(orders.map((order) => [order.id, order])), 'grill');
const t = translatorOf('en', 'board');
const common = translatorOf('en', 'common');
const line = makeLine('l1');
const voided = makeLine('l2', { voided: true, state: 'voided', flag: { kind: 'voided', at: at(1) } });

describe('boardTickets', () => {
  it('has the station’s open tickets, oldest first', () => {
    const tickets = board(
      makeOrder('late', { tickets: [makeTicket({ id: 't2', firedAt: at(9) })] }),
      makeOrder('bar', { tickets: [makeTicket({ stationId: 'bar' })] }),
      makeOrder('early'),
      makeOrder('done', { tickets: [makeTicket({ state: 'bumped', bumpedAt: at(5) })] }),
    );
    expect(tickets.map(({ order }) => order.id)).toEqual(['early', 'late']);
  });

  it('brings a bumped ticket back flagged, until somebody has seen it', () => {
    const tickets = [makeTicket({ state: 'bumped', bumpedAt: at(5) })];
    expect(board(makeOrder('a', { tickets, lines: [line, voided] }))).toMatchObject([
      { state: 'changed', onBoard: true },
    ]);
    expect(board(makeOrder('a', { tickets, lines: [line, { ...voided, flag: null }] }))).toEqual([]);
    expect(
      board(
        makeOrder('a', {
          tickets: [makeTicket({ state: 'bumped', notices: [{ kind: 'table', at: at(1), from: '4' }] })],
        }),
      ),
    ).toHaveLength(1);
  });

  it('hides a voided line once it was seen, but shows all of a canceled order', () => {
    expect(board(makeOrder('a', { lines: [line, { ...voided, flag: null }] }))[0]?.lines).toEqual([line]);
    const canceled = board(
      makeOrder('a', {
        status: 'CANCELED',
        lines: [line, { ...voided, flag: null }],
        tickets: [makeTicket({ notices: [{ kind: 'canceled', at: at(1) }] })],
      }),
    );
    expect(canceled).toMatchObject([{ state: 'canceled', lines: [{ id: 'l1' }, { id: 'l2' }] }]);
  });

  it('says held when nothing of it may be begun', () => {
    expect(board(makeOrder('a', { lines: [makeLine('l1', { state: 'held' })] }))[0]?.state).toBe('held');
  });

  it('lists what was bumped, the latest first', () => {
    const bumped = (id: string, second: number) =>
      makeOrder(id, { tickets: [makeTicket({ state: 'bumped', bumpedAt: at(second) })] });
    const orders = new Map([bumped('a', 1), bumped('b', 3), bumped('c', 2)].map((order) => [order.id, order]));
    expect(bumpedTickets(orders, 'grill', 2).map(({ order }) => order.id)).toEqual(['b', 'c']);
  });
});

describe('asOf', () => {
  const order = makeOrder('a', { lines: [line, makeLine('l2')] });
  const [card] = board(order);
  const later = (fields: Partial<OrderView>) => asOf({ ...order, ...fields }, card!);
  const bumped = { tickets: [makeTicket({ state: 'bumped' as const, bumpedAt: at(5) })] };

  it('is the ticket with what a tap did to it, the very one that the board will have', () => {
    const tapped = { ...order, lines: [{ ...line, state: 'ready' as const }, makeLine('l2')] };
    expect(asOf(tapped, card!)?.rows.map((row) => row.line.state)).toEqual(['ready', 'waiting']);
    expect(asOf(tapped, card!)).toBe(board(tapped)[0]);
  });

  it('is none once it has left the board', () => {
    expect(later(bumped)).toBeNull();
  });

  it('stays as it was where its card would have another height', () => {
    expect(asOf(null, card!)).toBe(card);
    expect(asOf(order, card!)).toBe(card);
    expect(later({ lines: [line] })).toBe(card);
    expect(later({ status: 'CANCELED' })).toBe(card);
  });

  it('keeps dishes combined that are', () => {
    const same = { ...order, lines: [line, { ...line, id: 'l2' }] };
    const [combined] = boardTickets(new Map([['a', same]]), 'grill', true);
    expect(combined!.rows).toHaveLength(1);
    expect(
      asOf({ ...same, lines: same.lines.map((line) => ({ ...line, state: 'ready' as const })) }, combined!)?.rows.map(
        (row) => row.line.state,
      ),
    ).toEqual(['ready']);
  });
});

describe('words', () => {
  it('begin a card’s name with its order', () => {
    const [card] = board(makeOrder('a', { number: 'A102', priority: 'RUSH' }));
    expect(cardName(t, card!)).toBe('Order A102, Table 12, rush');
  });

  it('say what changed', () => {
    const added = makeLine('l3', { flag: { kind: 'added', at: at(1) } });
    const [card] = board(
      makeOrder('a', {
        table: '9',
        lines: [line, voided, added],
        tickets: [makeTicket({ notices: [{ kind: 'table', at: at(1), from: '4' }] })],
      }),
    );
    expect(ticketChangeWords(t, card!)).toEqual(['Moved: table\u00A04 → table\u00A09', '1 added, 1 void']);
    const [named] = board(
      makeOrder('b', { table: 'Bar', tickets: [makeTicket({ notices: [{ kind: 'table', at: at(1), from: null }] })] }),
    );
    expect(ticketChangeWords(t, named!)).toEqual(['Moved: no table → Bar']);
    expect(
      ticketFlagWords(
        t,
        common,
        { ...line, flag: { kind: 'changed', at: at(1), from: { quantity: 2 } } },
        allergyReader,
        () => '12:00',
      ),
    ).toBe('changed 12:00, was 2');
  });

  it('say where an order without a table goes', () => {
    expect(ticketPlaceWords(t, makeOrder('a', { table: null, type: 'TAKEAWAY' }))).toBe('Takeaway');
    expect(ticketPlaceWords(t, makeOrder('a', { table: null, type: null }))).toBe('');
  });
});

describe('allDay', () => {
  it('counts what is still to be cooked, with what is different', () => {
    const hot = { modifiers: [{ name: 'Extra hot', kind: 'ADD' }] };
    const tickets = board(
      makeOrder('a', {
        lines: [
          makeLine('1', { quantity: 2 }),
          makeLine('2', { quantity: 3, ...hot }),
          makeLine('3', { state: 'ready' }),
          makeLine('4', { state: 'held' }),
        ],
      }),
      makeOrder('b', {
        lines: [makeLine('5', { name: 'Naan', quantity: 4, state: 'cooking' }), { ...voided, name: 'Naan' }],
      }),
      makeOrder('c', { status: 'CANCELED', tickets: [makeTicket({ notices: [{ kind: 'canceled', at: at(1) }] })] }),
    );
    expect(allDay(common, tickets)).toEqual([
      { name: 'Chicken Tikka', unit: null, count: 5, variants: [{ words: 'Extra hot', count: 3 }] },
      { name: 'Naan', unit: null, count: 4, variants: [] },
    ]);
  });

  it('names what is left out, sums in plain numbers, and counts weights apart', () => {
    const without = { modifiers: [{ name: 'No ice', kind: 'ADD' }] };
    const tickets = board(
      makeOrder('a', {
        lines: [
          makeLine('1', { name: 'Fish', quantity: 0.1, unit: 'kg' }),
          makeLine('2', { name: 'Fish', quantity: 0.2, unit: 'kg', ...without }),
          makeLine('3', { name: 'Fish', quantity: 2, ...without }),
        ],
      }),
    );
    expect(allDay(common, tickets)).toEqual([
      { name: 'Fish', unit: null, count: 2, variants: [{ words: 'NO ice', count: 2 }] },
      { name: 'Fish', unit: 'kg', count: 0.3, variants: [{ words: 'NO ice', count: 0.2 }] },
    ]);
  });
});

describe('age', () => {
  const stations = [
    {
      id: 'grill',
      name: 'Grill',
      ...UNSET_STATION,
      thresholds: { default: { warnSeconds: 60, lateSeconds: 120 }, DELIVERY: { warnSeconds: 240, lateSeconds: 600 } },
    },
  ];
  it('has two thresholds for each station and type of order, five and eight minutes where none are set', () => {
    const usual = limitsOf(board(makeOrder('a'))[0]!, []);
    expect([0, 299_999, 300_000, 479_999, 480_000].map((age) => toneOf(age, usual))).toEqual([
      'fresh',
      'fresh',
      'warn',
      'warn',
      'late',
    ]);
    expect(limitsOf(board(makeOrder('a'))[0]!, stations)).toEqual({ warn: 60_000, late: 120_000 });
    expect(limitsOf(board(makeOrder('a', { type: 'DELIVERY' }))[0]!, stations)).toEqual({
      warn: 240_000,
      late: 600_000,
    });
  });

  it('knows when each ticket is late, of any type, and that what is held never is', () => {
    const tickets = board(
      makeOrder('a'),
      makeOrder('b', { type: 'DELIVERY' }),
      makeOrder('c', {
        lines: [makeLine('l1', { state: 'held' })],
        tickets: [makeTicket({ state: 'held', heldFor: 'order' })],
      }),
    );
    expect(lateTimes(tickets, stations)).toEqual([Date.parse(at(120)), Date.parse(at(600))]);
  });
});

describe('courses', () => {
  const course = (number: number, state: 'open' | 'held' | 'bumped') =>
    makeTicket({
      id: `t${number}`,
      firing: number,
      course: number,
      state,
      ...(state === 'held' && { heldFor: 'course' as const }),
    });
  const lines = [makeLine('l1', { course: 1 }), makeLine('l2', { course: 2, ticketId: 't2', state: 'held' })];
  it('that are held are shown with what is open, greyed, and behind everything where nothing is', () => {
    const [both] = board(makeOrder('a', { lines, tickets: [course(1, 'open'), course(2, 'held')] }));
    expect(both).toMatchObject({
      held: false,
      state: 'open',
      ticket: { id: 't1' },
      rows: [{ line: { id: 'l1' } }, { line: { id: 'l2' }, ticket: { id: 't2' } }],
    });
    const waiting = board(
      makeOrder('a', { lines, tickets: [course(1, 'bumped'), course(2, 'held')] }),
      makeOrder('b', { tickets: [makeTicket({ firedAt: at(50) })] }),
    );
    expect(waiting.map(({ order, held, state }) => [order.id, held, state])).toEqual([
      ['b', false, 'open'],
      ['a', true, 'held'],
    ]);
  });

  it('say what they wait for', () => {
    const secondCourse = course(2, 'held');
    expect(waitWords(t, secondCourse, 'after-previous', String)).toBe('waits for course 1');
    expect(waitWords(t, { ...secondCourse, heldUntil: '19:42' }, 'timed', String)).toBe('fires at 19:42');
    expect(waitWords(t, { ...secondCourse, heldFor: 'order' }, 'manual', String)).toBe('the order is on hold');
    expect(
      sectionWords(
        t,
        { order: makeOrder('a'), line: lines[1]!, lines: [], quantity: 1, ticket: secondCourse },
        'waits',
      ),
    ).toBe('COURSE 2 · HELD · waits');
  });
});

describe('combining', () => {
  it('puts the same dishes of a ticket into one row, but none that differ or have changed', () => {
    const hot = [{ name: 'Extra hot', kind: 'ADD' }];
    const order = makeOrder('a', {
      lines: [
        makeLine('1', { quantity: 2 }),
        makeLine('2', { modifiers: hot }),
        makeLine('3'),
        makeLine('4', { flag: { kind: 'added', at: at(1) } }),
        makeLine('5', { state: 'ready' }),
      ],
    });
    const rows = boardTickets(new Map([['a', order]]), 'grill', true)[0]!.rows;
    expect(rows.map(({ lines, quantity }) => [lines.map(({ id }) => id).join('+'), quantity])).toEqual([
      ['1+3', 3],
      ['2', 1],
      ['4', 1],
      ['5', 1],
    ]);
    expect(board(order)[0]!.rows).toHaveLength(5);
  });
});

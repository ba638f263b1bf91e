// Which tickets stand on a board, what they say, and what is counted over all of them.
import { describe, expect, it } from 'vitest';
import type { OrderView } from '../../server/protocol/views.ts';
import { at, makeLine, makeOrder, makeTicket } from '../live/testing-orders.ts';
import { allDay } from './all-day.ts';
import { movedKeys } from './moved-cards.ts';
import { boardTickets, bumpedTickets } from './station-tickets.ts';
import { cardName, changeWords, flagWords, modifierWords, placeWords } from './ticket-words.ts';
import { countLate, toneOf } from './tone.ts';

const board = (...orders: OrderView[]) => boardTickets(new Map(orders.map((order) => [order.id, order])), 'grill');
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
    expect(board(makeOrder('a', { tickets, lines: [line, voided] }))).toMatchObject([{ state: 'changed', onBoard: true }]);
    expect(board(makeOrder('a', { tickets, lines: [line, { ...voided, flag: null }] }))).toEqual([]);
    expect(board(makeOrder('a', { tickets: [makeTicket({ state: 'bumped', notices: [{ kind: 'table', at: at(1), from: '4' }] })] }))).toHaveLength(1);
  });

  it('hides a voided line once it was seen, but shows all of a canceled order', () => {
    expect(board(makeOrder('a', { lines: [line, { ...voided, flag: null }] }))[0]?.lines).toEqual([line]);
    const canceled = board(makeOrder('a', { status: 'CANCELED', lines: [line, { ...voided, flag: null }], tickets: [makeTicket({ notices: [{ kind: 'canceled', at: at(1) }] })] }));
    expect(canceled).toMatchObject([{ state: 'canceled', lines: [{ id: 'l1' }, { id: 'l2' }] }]);
  });

  it('says held when nothing of it may be begun', () => {
    expect(board(makeOrder('a', { lines: [makeLine('l1', { state: 'held' })] }))[0]?.state).toBe('held');
  });

  it('lists what was bumped, the latest first', () => {
    const bumped = (id: string, second: number) => makeOrder(id, { tickets: [makeTicket({ state: 'bumped', bumpedAt: at(second) })] });
    const orders = new Map([bumped('a', 1), bumped('b', 3), bumped('c', 2)].map((order) => [order.id, order]));
    expect(bumpedTickets(orders, 'grill', 2).map(({ order }) => order.id)).toEqual(['b', 'c']);
  });
});

describe('words', () => {
  it('say what is left out in capitals', () => {
    expect(modifierWords({ name: 'No cream', kind: 'REMOVE' })).toEqual({ text: '− NO cream', removes: true });
    expect(modifierWords({ name: 'Nosebag', kind: 'REMOVE' }).text).toBe('− NO Nosebag');
    expect(modifierWords({ name: 'Extra hot', kind: 'ADD' })).toEqual({ text: '+ Extra hot', removes: false });
  });

  it('begin a card’s name with its order', () => {
    const [card] = board(makeOrder('a', { number: 'A102', priority: 'RUSH', lines: [makeLine('l1', { allergens: ['peanut', 'milk'] })] }));
    expect(cardName(card!)).toBe('Order A102, Table 12, rush, allergy: peanut, milk');
  });

  it('say what changed', () => {
    const added = makeLine('l3', { flag: { kind: 'added', at: at(1) } });
    const [card] = board(makeOrder('a', { table: '9', lines: [line, voided, added], tickets: [makeTicket({ notices: [{ kind: 'table', at: at(1), from: '4' }] })] }));
    expect(changeWords(card!)).toEqual(['Moved: table 4 → table 9', '1 added, 1 void']);
    expect(flagWords({ kind: 'changed', at: at(1), from: { quantity: 2 } }, () => '12:00')).toBe('changed 12:00, was 2 ×');
  });

  it('say where an order without a table goes', () => {
    expect(placeWords(makeOrder('a', { table: null, type: 'TAKEAWAY' }))).toBe('Takeaway');
    expect(placeWords(makeOrder('a', { table: null, type: null }))).toBe('');
  });
});

describe('allDay', () => {
  it('counts what is still to be cooked, with what is different', () => {
    const hot = { modifiers: [{ name: 'Extra hot', kind: 'ADD' }] };
    const tickets = board(
      makeOrder('a', { lines: [makeLine('1', { quantity: 2 }), makeLine('2', { quantity: 3, ...hot }), makeLine('3', { state: 'ready' }), makeLine('4', { state: 'held' })] }),
      makeOrder('b', { lines: [makeLine('5', { name: 'Naan', quantity: 4, state: 'cooking' }), { ...voided, name: 'Naan' }] }),
      makeOrder('c', { status: 'CANCELED', tickets: [makeTicket({ notices: [{ kind: 'canceled', at: at(1) }] })] }),
    );
    expect(allDay(tickets)).toEqual([
      { name: 'Chicken Tikka', count: 5, variants: [{ words: '+ Extra hot', count: 3 }] },
      { name: 'Naan', count: 4, variants: [] },
    ]);
  });
});

describe('age', () => {
  it('has two thresholds', () => {
    expect([0, 299_999, 300_000, 479_999, 480_000].map(toneOf)).toEqual(['fresh', 'fresh', 'due', 'due', 'late']);
    expect(countLate([{ firedAt: 0 }, { firedAt: 1000 }, { firedAt: 400_000 }], 481_000)).toBe(2);
  });
});

describe('movedKeys', () => {
  const box = (left: number, top: number) => ({ left, top, width: 300, height: 200 });
  it('names what moved and what took another card’s place, and not what came where nothing was', () => {
    const before = new Map([['a', box(0, 0)], ['b', box(308, 0)], ['c', box(616, 0)]]);
    const after = new Map([['a', box(0, 0)], ['c', box(308, 0)], ['new', box(616, 0)], ['free', box(0, 208)]]);
    expect(movedKeys(before, after)).toEqual(['c', 'new']);
  });
});

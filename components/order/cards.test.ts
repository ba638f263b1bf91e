import { describe, expect, it } from 'vitest';
import {
  allReady,
  canRush,
  cardState,
  expoCards,
  floorCard,
  floorCards,
  lateAt,
  limitsAt,
  stationProgress,
} from './cards.ts';
import { ago, line, order, ticket } from '../../test/floor-orders.ts';
import { UNSET_STATION } from '../../server/protocol/facts.ts';

describe('the state of a card', () => {
  it('is ready as soon as one dish is, whatever the others are', () => {
    expect(
      cardState(order({ lines: [line(), line({ id: 'l2', state: 'ready' }), line({ id: 'l3', state: 'cooking' })] })),
    ).toBe('ready');
  });

  it('is what is left to do, once something was served', () => {
    expect(cardState(order({ lines: [line({ state: 'served' }), line({ id: 'l2' })] }))).toBe('waiting');
    expect(cardState(order({ lines: [line({ state: 'served' }), line({ id: 'l2', state: 'held' })] }))).toBe('waiting');
    expect(cardState(order({ lines: [line({ state: 'served' }), line({ id: 'l2', state: 'cooking' })] }))).toBe(
      'cooking',
    );
  });

  it('is served when every dish that is not voided is', () => {
    expect(
      cardState(order({ lines: [line({ state: 'served' }), line({ id: 'l2', state: 'voided', voided: true })] })),
    ).toBe('served');
    expect(
      cardState(order({ lines: [line({ state: 'served' }), line({ id: 'l2', state: 'ready', voided: true })] })),
    ).toBe('served');
  });

  it('is canceled above everything else', () => {
    expect(cardState(order({ status: 'CANCELED', lines: [line({ state: 'ready' })] }))).toBe('canceled');
    expect(cardState(order({ status: 'CANCELED', lines: [] }))).toBe('canceled');
  });

  it('does not care for a status that nobody knows', () => {
    expect(cardState(order({ status: 'SPLIT' }))).toBe('waiting');
  });
});

describe('the cards of a floor', () => {
  it('begin with what is ready, longest ready first, then canceled ones, then the rest by age', () => {
    const cards = floorCards([
      order({ id: 'young', tickets: [ticket({ firedAt: ago(2) })] }),
      order({
        id: 'just ready',
        lines: [line({ state: 'ready', readyAt: ago(1) })],
        tickets: [ticket({ firedAt: ago(20) })],
      }),
      order({ id: 'old', tickets: [ticket({ firedAt: ago(9) })] }),
      order({ id: 'canceled', status: 'CANCELED' }),
      order({
        id: 'long ready',
        lines: [line({ state: 'ready', readyAt: ago(4) }), line({ id: 'l2', state: 'ready', readyAt: ago(1) })],
      }),
    ]);
    expect(cards.map((card) => card.order.id)).toEqual(['long ready', 'just ready', 'canceled', 'old', 'young']);
  });

  it('leave out an order that was served, and keep a canceled one although it was', () => {
    const served = [line({ state: 'served' })];
    expect(
      floorCards([order({ lines: served }), order({ id: 'o2', status: 'CANCELED', lines: served })]).map(
        (card) => card.order.id,
      ),
    ).toEqual(['o2']);
  });

  it('leave out a canceled one once every station has seen it', () => {
    const bumped = (notices: boolean) => [
      ticket({ state: 'bumped', notices: notices ? [{ kind: 'canceled', at: ago(1) }] : [] }),
      ticket({ id: 't2', state: 'closed' }),
    ];
    const [unseen, seen] = [
      order({ id: 'unseen', status: 'CANCELED', tickets: bumped(true) }),
      order({ id: 'seen', status: 'CANCELED', tickets: bumped(false) }),
    ];
    expect(floorCards([unseen, seen]).map((card) => card.order.id)).toEqual(['unseen']);
  });

  it('offer nothing of a canceled order to be carried', () => {
    expect(floorCard(order({ status: 'CANCELED', lines: [line({ state: 'ready', readyAt: ago(1) })] })).ready).toEqual(
      [],
    );
  });

  it('count the age of an order without tickets from its arrival', () => {
    expect(floorCard(order({ tickets: [], receivedAt: ago(3) })).firedAt).toBe(Date.parse(ago(3)));
  });
});

describe('the progress of stations', () => {
  const mixed = order({
    lines: [
      line({ state: 'ready' }),
      line({ id: 'l2', stationId: 's-bar', state: 'served' }),
      line({ id: 'l3', state: 'cooking' }),
      line({ id: 'l4', state: 'voided', voided: true }),
    ],
  });

  it('counts dishes that are made, and no voided ones', () => {
    expect(stationProgress(mixed)).toEqual([
      { stationId: 's-grill', done: 1, total: 2, held: false },
      { stationId: 's-bar', done: 1, total: 1, held: false },
    ]);
  });

  it('says that an order may go out only when nothing is left to make', () => {
    expect(allReady(floorCard(mixed))).toBe(false);
    expect(allReady(floorCard(order({ lines: [line({ state: 'ready' }), line({ id: 'l2', state: 'served' })] })))).toBe(
      true,
    );
    expect(allReady(floorCard(order({ lines: [line({ state: 'ready' }), line({ id: 'l2', state: 'held' })] })))).toBe(
      true,
    );
    expect(allReady(floorCard(order({ lines: [line({ state: 'held' }), line({ id: 'l2', state: 'served' })] })))).toBe(
      false,
    );
  });
});

describe('what is held', () => {
  const heldTicket = (course: number | null, id = `t${course}`) =>
    ticket({ id, state: 'held', course, heldFor: 'course', firedAt: ago(30) });

  it('is offered to be fired, the lowest course first; a hold is lifted before', () => {
    expect(floorCard(order()).next).toBeNull();
    expect(floorCard(order({ tickets: [ticket(), heldTicket(3), heldTicket(2)] })).next).toEqual({ course: 2 });
    expect(floorCard(order({ tickets: [heldTicket(3)], hold: { at: ago(1), by: null } })).next).toEqual({
      course: null,
    });
    expect(floorCard(order({ status: 'CANCELED', tickets: [heldTicket(3)] })).next).toBeNull();
  });

  it('does not make its guest wait longer: the clock is that of what was fired', () => {
    expect(floorCard(order({ tickets: [heldTicket(2), ticket({ firedAt: ago(4) })] })).firedAt).toBe(
      Date.parse(ago(4)),
    );
    expect(floorCard(order({ tickets: [heldTicket(2)] })).firedAt).toBe(Date.parse(ago(30)));
  });

  it('is told apart in the progress of its station', () => {
    expect(stationProgress(order({ lines: [line({ state: 'held' }), line({ id: 'l2', state: 'ready' })] }))).toEqual([
      { stationId: 's-grill', done: 1, total: 2, held: true },
    ]);
  });
});

describe('hurry', () => {
  it('can be asked for once, and only while something is to be cooked', () => {
    expect(canRush(order())).toBe(true);
    expect(canRush(order({ priority: 'RUSH' }))).toBe(false);
    expect(canRush(order({ rush: { at: ago(1), by: 'Mei' } }))).toBe(false);
    expect(canRush(order({ lines: [line({ state: 'ready' }), line({ id: 'l2', state: 'held' })] }))).toBe(false);
    expect(canRush(order({ status: 'CANCELED' }))).toBe(false);
  });

  it('warns, and is late, from the time at which a station is late by its own threshold', () => {
    const station = {
      id: 's-grill',
      name: 'Grill',
      ...UNSET_STATION,
      thresholds: { TAKEAWAY: { warnSeconds: 60, lateSeconds: 120 } },
    };
    const stations = new Map([[station.id, station]]);
    expect(lateAt(order({ tickets: [ticket({ firedAt: ago(2) })] }), stations)).toBe(Date.parse(ago(-6)));
    expect(limitsAt(order({ tickets: [ticket({ firedAt: ago(2) })] }), stations)).toEqual({
      warn: Date.parse(ago(-3)),
      late: Date.parse(ago(-6)),
    });
    expect(lateAt(order({ type: 'TAKEAWAY', tickets: [ticket({ firedAt: ago(2) })] }), stations)).toBe(
      Date.parse(ago(0)),
    );
    expect(lateAt(order({ tickets: [ticket({ state: 'bumped' }), ticket({ state: 'held' })] }), stations)).toBeNull();
  });
});

describe('the cards of the pass', () => {
  it('begin with what can go out whole, longest complete first; one ready dish of several moves nothing up', () => {
    const ready = (id: string, at: string) => order({ id, lines: [line({ state: 'ready', readyAt: at })] });
    const cards = expoCards([
      ready('just complete', ago(1)),
      order({
        id: 'partly',
        lines: [line({ state: 'ready', readyAt: ago(9) }), line({ id: 'l2' })],
        tickets: [ticket({ firedAt: ago(10) })],
      }),
      ready('long complete', ago(3)),
      order({ id: 'old', tickets: [ticket({ firedAt: ago(12) })] }),
      order({ id: 'canceled', status: 'CANCELED' }),
    ]);
    expect(cards.map((card) => card.order.id)).toEqual(['long complete', 'just complete', 'canceled', 'old', 'partly']);
  });

  it('go on with rushes, then with what becomes late first, by the station of each, and end with what is held', () => {
    const cards = expoCards(
      [
        order({ id: 'held', tickets: [ticket({ state: 'held', firedAt: ago(30) })] }),
        order({ id: 'old and slow', tickets: [ticket({ firedAt: ago(10), stationId: 'oven' })] }),
        order({ id: 'young', tickets: [ticket({ firedAt: ago(6) })] }),
        order({ id: 'rush', priority: 'RUSH', tickets: [ticket({ firedAt: ago(1) })] }),
      ],
      new Map([
        [
          'oven',
          {
            ...UNSET_STATION,
            id: 'oven',
            name: 'Oven',
            thresholds: { default: { warnSeconds: 1200, lateSeconds: 1800 } },
          },
        ],
      ]),
    );
    expect(cards.map((card) => card.order.id)).toEqual(['rush', 'young', 'old and slow', 'held']);
  });
});

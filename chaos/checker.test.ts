// A checker that cannot fail proves nothing. A sound run is clean, and each way to spoil it is found and called by its
// name.
import { describe, expect, it } from 'vitest';
import { check, isClean, type Verdict } from './checker.ts';
import type { Ended, KitchenOrder, Run, Shown, Truth } from './records.ts';

const order = (id: string, version: number): KitchenOrder => ({
  id,
  restaurantId: 'r-1',
  status: 'PAID',
  version,
  table: '4',
  closed: false,
  lines: [
    { id: 'l1', name: 'Bhuna', quantity: 2, voided: false, state: 'waiting', stationId: 'grill' },
    { id: 'l2', name: 'Naan', quantity: 1, voided: true, state: 'voided', stationId: 'bar' },
  ],
  tickets: [
    { id: `${id}-grill`, stationId: 'grill', state: 'open' },
    { id: `${id}-bar`, stationId: 'bar', state: 'bumped' },
  ],
});
const truthOf = ({ id, status, version, table, lines }: KitchenOrder): Truth => ({
  id,
  restaurantId: 'r-1',
  status: status!,
  version: version!,
  table,
  items: lines.map(({ id, name, quantity, voided }) => ({ id, name, quantity, voided })),
});
const end = (seq: number, orderId: string, offset: number, kind = 'APPLIED', version = offset + 1): Ended => ({
  seq,
  orderId,
  kind,
  version,
  incarnationId: 7,
  partition: 0,
  offset,
});
const screen = (orders: KitchenOrder[], stationId: string | null = null): Shown => ({
  screen: stationId ?? 'floor',
  restaurantId: 'r-1',
  stationId,
  rev: 9,
  orders: structuredClone(orders),
  backward: [],
});

/** Two orders: a at the offsets 0, 2, 3 (the last one a duplicate), b at 1, which was parked and applied later. */
function sound(): Run {
  const orders = [order('a', 3), order('b', 2)];
  return {
    produced: [
      ['a', 1],
      ['b', 2],
      ['a', 3],
      ['a', 3],
    ].map(([key, version], offset) => ({ topic: 0, partition: 0, offset, key: String(key), version: Number(version) })),
    truth: orders.map(truthOf),
    records: {
      incarnations: [7],
      ended: [end(1, 'a', 0), end(2, 'a', 2), end(3, 'a', 3, 'COVERED', 3), end(4, 'b', 1)],
      parked: [{ orderId: 'b', incarnationId: 7, partition: 0, offset: 1, state: 'APPLIED', attempts: 2 }],
      rejected: [],
      missing: [],
      orders,
      revs: { 'r-1': 9 },
      taps: [{ id: 't1', outcome: 'done' }],
      mails: [],
    },
    shown: [screen(orders), screen(orders, 'grill')],
    tapped: [{ id: 't1', orderId: 'a', ticketId: 'a-bar' }],
    overcommitted: [],
    maxAttempts: 7,
  };
}

const judged = (spoil: (run: Run) => void): Verdict => {
  const run = sound();
  spoil(run);
  return check(run);
};
/** The columns of the table that are not zero. */
const columns = (verdict: Verdict) =>
  Object.entries(verdict)
    .filter(([, list]: [string, string[]]) => list.length)
    .map(([name]) => name);

describe('check', () => {
  it('finds nothing wrong with a sound run', () => {
    expect(check(sound())).toEqual({ lost: [], overtaken: [], doubled: [], shownWrong: [] });
    expect(isClean(check(sound()))).toBe(true);
  });

  const spoilt: [what: string, column: (keyof Verdict)[], words: RegExp, spoil: (run: Run) => void][] = [
    [
      'a message without a fate',
      ['lost', 'overtaken'],
      /7\/0\/0 of a has no fate/,
      ({ records }) => {
        records.ended.splice(0, 1);
      },
    ],
    [
      'a message that still waits',
      ['lost'],
      /still waits/,
      ({ records }) => {
        records.ended.splice(3, 1);
        records.parked[0]!.state = 'PARKED';
      },
    ],
    [
      'an order that never came',
      ['lost', 'shownWrong'],
      /b is not in the kitchen/,
      ({ records }) => {
        records.orders.splice(1, 1);
      },
    ],
    [
      'an order that is behind',
      ['lost', 'shownWrong'],
      /a is PAID of version 2, and upstream PAID of 3/,
      ({ records }) => {
        records.orders[0]!.version = 2;
      },
    ],
    [
      'a canceled order that goes on',
      ['lost'],
      /upstream CANCELED/,
      ({ truth }) => {
        truth[0]!.status = 'CANCELED';
      },
    ],
    [
      'a dish that is lacking',
      ['lost'],
      /a lacks 1 x Korma/,
      ({ truth }) => {
        truth[0]!.items.push({ id: 'l3', name: 'Korma', quantity: 1, voided: false });
      },
    ],
    [
      'a quantity that was not taken over',
      ['lost', 'doubled'],
      /a lacks 3 x Bhuna/,
      ({ truth }) => {
        truth[0]!.items[0]!.quantity = 3;
      },
    ],
    [
      'a tap that was confirmed and is not stored',
      ['lost'],
      /not stored/,
      ({ records }) => {
        records.taps = [];
      },
    ],
    [
      'a bump that was confirmed and undone',
      ['lost', 'shownWrong'],
      /was bumped, and is open/,
      ({ records }) => {
        records.orders[0]!.tickets[1]!.state = 'open';
      },
    ],

    [
      'applied offsets that go back',
      ['overtaken'],
      /offset 0 was applied after 2/,
      ({ records }) => {
        records.ended[0]!.seq = 9;
      },
    ],
    [
      'a version that goes back',
      ['overtaken'],
      /version 1 was applied after 3/,
      ({ records }) => {
        records.ended[0]!.version = 3;
        records.ended[1]!.version = 1;
      },
    ],
    [
      'one applied while an earlier one waited',
      ['overtaken'],
      /offset 2 was applied while 0 waited/,
      ({ records }) => {
        records.ended[0]!.kind = 'SUPERSEDED';
        records.ended[0]!.seq = 9;
      },
    ],
    [
      'one applied while an earlier one was parked',
      ['overtaken', 'lost'],
      /offset 2 was applied while 0 waited/,
      ({ records }) => {
        records.ended.splice(0, 1);
        records.parked.push({ orderId: 'a', incarnationId: 7, partition: 0, offset: 0, state: 'PARKED', attempts: 1 });
      },
    ],
    [
      'a commit of what had not ended',
      ['overtaken'],
      /4 of partition 0 was committed while 2 before it/,
      ({ overcommitted }) => {
        overcommitted.push({ partition: 0, committed: 4, without: 2 });
      },
    ],

    [
      'two fates',
      ['doubled'],
      /APPLIED and PARKED/,
      ({ records }) => {
        records.parked[0]!.state = 'PARKED';
      },
    ],
    [
      'the same fate twice',
      ['doubled'],
      /COVERED and COVERED/,
      ({ records }) => {
        records.ended.push(end(5, 'a', 3, 'COVERED', 3));
      },
    ],
    [
      'a fate of what nobody produced',
      ['doubled'],
      /never produced/,
      ({ records }) => {
        records.ended.push(end(5, 'a', 8, 'COVERED'));
      },
    ],
    [
      'a topic that was taken for two',
      ['doubled'],
      /1 topics were taken for 2/,
      ({ records }) => {
        records.incarnations.push(8);
      },
    ],
    [
      'a dish too many',
      ['doubled', 'shownWrong'],
      /a has 1 x Lassi/,
      ({ records }) => {
        records.orders[0]!.lines.push({
          id: 'l9',
          name: 'Lassi',
          quantity: 1,
          voided: false,
          state: 'waiting',
          stationId: 'bar',
        });
      },
    ],
    [
      'an order that nobody placed',
      ['doubled', 'shownWrong'],
      /upstream knows no such order/,
      ({ records }) => {
        records.orders.push(order('z', 1));
      },
    ],
    [
      'two open tickets at a station',
      ['doubled', 'shownWrong'],
      /2 open tickets at station grill/,
      ({ records }) => {
        records.orders[0]!.tickets.push({ id: 'again', stationId: 'grill', state: 'open' });
      },
    ],
    [
      'a tap that is stored twice',
      ['doubled'],
      /stored 2 times/,
      ({ records }) => {
        records.taps.push(records.taps[0]!);
      },
    ],

    [
      'a screen that lacks an order',
      ['shownWrong'],
      /grill does not show b/,
      ({ shown }) => {
        shown[1]!.orders.pop();
      },
    ],
    [
      'a screen that shows an older version',
      ['shownWrong'],
      /floor shows a as PAID\/2/,
      ({ shown }) => {
        shown[0]!.orders[0]!.version = 2;
      },
    ],
    [
      'a screen that shows a line in another state',
      ['shownWrong'],
      /l1:2:ready/,
      ({ shown }) => {
        shown[0]!.orders[0]!.lines[0]!.state = 'ready';
      },
    ],
    [
      "a screen that shows another one's order",
      ['shownWrong'],
      /not its station's/,
      (run) => {
        run.shown.push(screen(run.records.orders, 'fryer'));
      },
    ],
    [
      'a screen that shows what is gone',
      ['shownWrong'],
      /the restaurant does not have/,
      ({ shown }) => {
        shown[0]!.orders.push(order('old', 1));
      },
    ],
    [
      'a screen that went back',
      ['shownWrong'],
      /floor: a went back/,
      ({ shown }) => {
        shown[0]!.backward.push('a went back from version 3 to 2');
      },
    ],
    [
      'a screen that is behind',
      ['shownWrong'],
      /shows rev 8, and the database has 9/,
      ({ shown }) => {
        shown[0]!.rev = 8;
      },
    ],
  ];
  for (const [what, column, words, spoil] of spoilt) {
    it(`finds ${what}`, () => {
      const verdict = judged(spoil);
      expect(columns(verdict).sort()).toEqual([...column].sort());
      expect(verdict[column[0]!].join('\n')).toMatch(words);
      expect(isClean(verdict)).toBe(false);
    });
  }

  it('takes what is counted as missing for told, and nothing else of that order', () => {
    const missing = (run: Run) => {
      run.records.ended = run.records.ended.filter(({ orderId }) => orderId !== 'b');
      run.records.parked = [];
      run.records.orders = run.records.orders.filter(({ id }) => id !== 'b');
      for (const shown of run.shown) shown.orders = shown.orders.filter(({ id }) => id !== 'b');
    };
    expect(columns(judged(missing))).toEqual(['lost']);
    expect(
      columns(
        judged((run) => {
          missing(run);
          run.records.missing = [{ incarnationId: 7, partition: 0, from: 1, to: 2 }];
        }),
      ),
    ).toEqual([]);
    // The message is counted as missing although it ended.
    expect(
      judged(({ records }) => {
        records.missing = [{ incarnationId: 7, partition: 0, from: 2, to: 3 }];
      }).doubled.join(),
    ).toMatch(/APPLIED and missing/);
  });

  it('lets a later message pass one that has FAILED, and no other', () => {
    const failed = (attempts: number) =>
      judged(({ records }) => {
        records.ended[0] = { ...records.ended[0]!, kind: 'SUPERSEDED', seq: 9 };
        records.parked.push({ orderId: 'a', incarnationId: 7, partition: 0, offset: 0, state: 'SUPERSEDED', attempts });
      });
    expect([columns(failed(7)), columns(failed(6))]).toEqual([[], ['overtaken']]);
  });
});

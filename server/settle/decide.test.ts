// The locked rows alone decide which messages from the topic end and how, which wait, and how the order changes.
import { describe, expect, test } from 'vitest';
import { positionKey } from '../upstream/message.ts';
import { event, position } from '../../test/made.ts';
import {
  arrivals,
  context,
  failed,
  fates,
  found,
  held,
  locked,
  row,
  untouched,
  waitingFor,
} from '../../test/settlements.ts';
import { backoffMs } from './backoff.ts';
import { decide } from './decide.ts';

describe('messages from the topic', () => {
  test('one gets the credit for the change, the others that the fetch covers were covered', () => {
    const decision = decide(arrivals([event(1), event(2)], found(3), [event(3)]), locked(), context);
    expect(fates(decision)).toEqual(['1 APPLIED', '2 COVERED', '3 COVERED']);
    expect(decision.after).toMatchObject({ version: 3 });
  });

  test('a replay of what is there changes nothing, and is told to be a redelivery when its bytes were seen', () => {
    const old = event(1);
    const decision = decide(
      arrivals([{ ...old, position: position(9) }, event(10, { version: 2 })], found(2)),
      locked({ order: held(2), endedDigests: new Set([old.digest]) }),
      context,
    );
    expect(decision.after).toBeUndefined();
    expect(decision.ended.map(({ kind, redelivery }) => [kind, redelivery])).toEqual([
      ['COVERED', true],
      ['COVERED', false],
    ]);
  });

  test('the same bytes twice in one batch: the second is the redelivery', () => {
    const twice = [event(1), { ...event(2), digest: event(1).digest }];
    expect(
      decide(arrivals(twice, found(2)), locked(), context).ended.map(({ kind, redelivery }) => [kind, redelivery]),
    ).toEqual([
      ['APPLIED', false],
      ['COVERED', true],
    ]);
  });

  test("an older detail never overwrites: messages that the kitchen's version contains are covered, others looked at again", () => {
    const newer = event(7, { version: 6 });
    const decision = decide(arrivals([event(4), newer], found(4)), locked({ order: held(5) }), context);
    expect([decision.after, fates(decision), decision.again]).toEqual([undefined, ['4 COVERED'], [newer]]);
  });

  test('a message that the detail is behind is looked at again; those that it covers end', () => {
    const ahead = event(3);
    const decision = decide(arrivals([event(2), ahead], found(2)), locked(), context);
    expect([fates(decision), decision.again, decision.after?.version]).toEqual([['2 APPLIED'], [ahead], 2]);
  });

  test('one without a version that came while the fetch ran is not covered by it', () => {
    const late = event(2, { version: null });
    expect(decide(arrivals([event(1)], found(1), [late]), locked(), context)).toMatchObject({ again: [late] });
  });

  test('while an earlier message waits, whatever comes waits behind it, even with a detail in hand', () => {
    for (const finding of [found(9), failed(), { kind: 'seen' } as const]) {
      const decision = decide(arrivals([event(5)], finding, [event(6)]), locked(waitingFor(row(1, 1))), context);
      expect([
        decision.ended,
        decision.after,
        decision.park.map(({ message, waitMs }) => [message.position.offset, waitMs]),
        decision.lane,
      ]).toEqual([
        [],
        undefined,
        [
          [5, null],
          [6, null],
        ],
        { parked: 3, waitMs: null },
      ]);
    }
  });

  test('what could not be fetched is parked: the first as head with a time, the others behind it; late ones are looked at again', () => {
    const late = event(3);
    const decision = decide(arrivals([event(1), event(2)], failed(), [late]), locked(), context);
    expect(decision.park.map(({ waitMs, error }) => [waitMs === null, error])).toEqual([
      [false, 'it broke'],
      [true, null],
    ]);
    expect([decision.lane?.parked, decision.again]).toEqual([2, [late]]);
    expect(decision.park[0]!.waitMs).toBeGreaterThanOrEqual(backoffMs(1, context.retry, () => 0));
    expect(decision.lane?.waitMs).toBe(decision.park[0]!.waitMs);
  });

  test("a position that has ended or is parked already is nobody's business", () => {
    const decision = decide(
      arrivals([event(1)], found(1), [event(2)]),
      locked({ settled: new Map([1, 2].map((offset) => [positionKey(position(offset)), event(offset).digest])) }),
      context,
    );
    expect(decision).toEqual(untouched);
  });

  test('a message that was read twice has one fate, and is looked at again as often as it was read', () => {
    const [first, second] = [event(1), event(2)];
    const twice = [first, { ...first }, second, { ...second }];
    const found1 = decide(arrivals(twice.slice(0, 1), found(1), twice.slice(1)), locked(), context);
    expect([fates(found1), found1.again]).toEqual([['1 APPLIED'], [second, second]]);
    const behind = decide(
      arrivals(twice.slice(0, 1), failed(), twice.slice(1)),
      locked(waitingFor(row(9, 1))),
      context,
    );
    expect([behind.park.map(({ message }) => message.position.offset), behind.lane?.parked, behind.again]).toEqual([
      [1, 2],
      3,
      [],
    ]);
  });

  test('the order was seen to contain them: covered without a fetch; where it does not, they are looked at again', () => {
    const decision = decide(arrivals([event(3), event(6)], { kind: 'seen' }), locked({ order: held(5) }), context);
    expect([fates(decision), decision.again.map(({ position: { offset } }) => offset)]).toEqual([['3 COVERED'], [6]]);
  });

  test('applied offsets of one partition strictly grow: an older one that brings news is covered', () => {
    const settlement = arrivals([event(3, { version: 9 })], found(9));
    expect(fates(decide(settlement, locked({ order: held(5), applied: new Map([['1/0', 4]]) }), context))).toEqual([
      '3 COVERED',
    ]);
    expect(
      fates(
        decide(
          settlement,
          locked({
            order: held(5),
            applied: new Map([
              ['1/1', 4],
              ['2/0', 7],
            ]),
          }),
          context,
        ),
      ),
    ).toEqual(['3 APPLIED']);
  });

  test('a success takes over what had FAILED, unless it proves to be behind it', () => {
    const failures = [
      row(1, 1, { state: 'FAILED', attempts: 3 }),
      row(2, null, { state: 'FAILED', attempts: 3 }),
      row(3, 8, { state: 'FAILED', attempts: 3 }),
    ];
    const decision = decide(arrivals([event(5)], found(5)), locked({ live: failures }), context);
    expect(fates(decision)).toEqual(['5 APPLIED', '1 SUPERSEDED', '2 SUPERSEDED']);
    expect(decision.updates).toMatchObject([
      { id: 1, state: 'SUPERSEDED', attempts: 3 },
      { id: 2, state: 'SUPERSEDED' },
    ]);
  });
});

// The locked rows alone decide how a try from the retry table ends: for its message, for those behind it, and for the
// lane.
import { describe, expect, test } from 'vitest';
import {
  attempt,
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

describe('tries from the retry table', () => {
  test('a worker without the lease changes nothing, whatever it found', () => {
    for (const finding of [found(9), failed(), failed(true)])
      for (const leaseToken of [null, 'another']) {
        expect(
          decide(
            attempt(finding),
            locked({ ...waitingFor(row(1, 1)), lane: { parked: 1, leaseToken, forced: false } }),
            context,
          ),
        ).toEqual(untouched);
      }
  });

  test('a success ends the head and all that it covers, and the lane is free', () => {
    const decision = decide(attempt(found(3)), locked(waitingFor(row(1, 1), row(2, null), row(3, 3))), context);
    expect([fates(decision), decision.lane, decision.after?.version]).toEqual([
      ['1 APPLIED', '2 SUPERSEDED', '3 SUPERSEDED'],
      { parked: 0, waitMs: null },
      3,
    ]);
    expect(decision.updates.map(({ id, state }) => [id, state])).toEqual([
      [1, 'APPLIED'],
      [2, 'SUPERSEDED'],
      [3, 'SUPERSEDED'],
    ]);
  });

  test('what was parked after the try began, or is ahead of what came, stays, and is due at once', () => {
    expect(decide(attempt(found(3), 1), locked(waitingFor(row(1, 1), row(2, null))), context)).toMatchObject({
      lane: { parked: 1, waitMs: 0 },
      ended: [{ kind: 'APPLIED' }],
    });
    const ahead = decide(attempt(found(3)), locked(waitingFor(row(1, 1), row(2, 7), row(3, 2))), context);
    expect([fates(ahead), ahead.lane]).toEqual([['1 APPLIED'], { parked: 2, waitMs: 0 }]);
  });

  test('nothing new for the kitchen: the head is superseded, not applied', () => {
    expect(fates(decide(attempt(found(3)), locked({ ...waitingFor(row(1, 2)), order: held(3) }), context))).toEqual([
      '1 SUPERSEDED',
    ]);
    expect(
      fates(
        decide(
          attempt(found(4)),
          locked({ ...waitingFor(row(1, 2)), order: held(3), applied: new Map([['1/0', 5]]) }),
          context,
        ),
      ),
    ).toEqual(['1 SUPERSEDED']);
  });

  test('a detail that is behind the head, or without dishes, is one more failure', () => {
    for (const finding of [found(1), found(9, { items: [] })]) {
      expect(decide(attempt(finding), locked(waitingFor(row(1, 2, { attempts: 1 }))), context)).toMatchObject({
        ended: [],
        updates: [{ id: 1, state: 'PARKED', attempts: 2 }],
      });
    }
  });

  test("a detail older than the kitchen's: superseded where the kitchen's contains the head, else one more failure", () => {
    expect(fates(decide(attempt(found(3)), locked({ ...waitingFor(row(1, 2)), order: held(5) }), context))).toEqual([
      '1 SUPERSEDED',
    ]);
    expect(decide(attempt(found(3)), locked({ ...waitingFor(row(1, null)), order: held(5) }), context)).toMatchObject({
      ended: [],
      updates: [{ state: 'PARKED', attempts: 1 }],
    });
  });

  test('after exactly the last attempt it has FAILED, once, and no longer blocks the next one', () => {
    const rows = (attempts: number) => locked(waitingFor(row(1, 1, { attempts }), row(2, 2)));
    const last = decide(attempt(failed()), rows(2), context);
    expect([last.updates, last.failed?.attempts, last.lane]).toMatchObject([
      [{ id: 1, state: 'FAILED', attempts: 3 }],
      3,
      { parked: 1, waitMs: 0 },
    ]);
    const earlier = decide(attempt(failed()), rows(1), context);
    expect([earlier.updates, earlier.failed]).toMatchObject([[{ state: 'PARKED', attempts: 2 }], undefined]);
  });

  test("an outage and an operator's own try burn no attempt", () => {
    const outage = decide(attempt(failed(true)), locked(waitingFor(row(1, 1, { attempts: 2 }))), context);
    expect([outage.updates, outage.failed]).toMatchObject([[{ state: 'PARKED', attempts: 2 }], undefined]);
    const forced = decide(
      attempt(failed()),
      locked({ live: [row(1, 1, { attempts: 2 })], lane: { parked: 1, leaseToken: 'mine', forced: true } }),
      context,
    );
    expect([forced.updates, forced.failed]).toMatchObject([[{ state: 'PARKED', attempts: 2 }], undefined]);
  });

  test('a message that FAILED before, and is tried once more in vain, has FAILED again without a second e-mail', () => {
    const again = decide(
      attempt(failed()),
      locked({ live: [row(1, 1, { attempts: 3 })], lane: { parked: 1, leaseToken: 'mine', forced: true } }),
      context,
    );
    expect([again.updates, again.failed, again.lane]).toMatchObject([
      [{ state: 'FAILED', attempts: 3 }],
      undefined,
      { parked: 0 },
    ]);
  });

  test('several messages that FAILED, and that an operator retries together, are each tried once more, and have no more attempts than allowed', () => {
    const second = locked({
      live: [row(1, 1, { attempts: 3, state: 'FAILED' }), row(2, 1, { attempts: 3 })],
      lane: { parked: 1, leaseToken: 'mine', forced: false },
    });
    const again = decide(attempt(failed()), second, context);
    expect([again.updates, again.failed]).toMatchObject([[{ id: 2, state: 'FAILED', attempts: 3 }], undefined]);
  });

  test("an operator's try that meets an outage is still to come", () => {
    const outage = decide(
      attempt(failed(true)),
      locked({ live: [row(1, 1, { attempts: 3 })], lane: { parked: 1, leaseToken: 'mine', forced: true } }),
      context,
    );
    expect([outage.updates, outage.lane]).toMatchObject([
      [{ state: 'PARKED', attempts: 3 }],
      { parked: 1, waitMs: 1000, forced: true },
    ]);
  });

  test('the wait before each try grows', () => {
    const waits = [0, 1].map(
      (attempts) =>
        decide(attempt(failed()), locked(waitingFor(row(1, 1, { attempts }))), {
          ...context,
          retry: { ...context.retry, maxAttempts: 9 },
        }).lane!.waitMs!,
    );
    expect(waits[0]).toBeGreaterThanOrEqual(backoffMs(2, context.retry, () => 0));
    expect(waits[0]).toBeLessThanOrEqual(backoffMs(2, context.retry, () => 1));
    expect(waits[1]).toBeGreaterThanOrEqual(backoffMs(3, context.retry, () => 0));
  });
});

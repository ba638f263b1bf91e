// The locked rows alone decide which messages end and how, which wait, and how the order changes.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OrderEvent } from '../upstream/message.ts';
import { positionKey } from '../upstream/message.ts';
import { detail, event, item, kitchenOrder, mergeContext, position } from '../../test/made.ts';
import { decide, type DecideContext } from './decide.ts';
import type { Decision, Finding, LockedOrder, ParkedRow, Settlement } from './settlement.ts';

const context: DecideContext = { ...mergeContext(), retry: { maxAttempts: 3, baseMs: 1000, maxMs: 60_000 } };
const held = (version: number | null, status = 'PLACED') => kitchenOrder(detail(version, { status }));
const found = (version: number | null, more = {}): Finding => ({ kind: 'detail', detail: detail(version, more) });
const failed = (outage = false): Finding => ({ kind: 'failed', reason: 'it broke', outage });
const locked = (more: Partial<LockedOrder> = {}): LockedOrder => ({
  lane: { parked: 0, leaseToken: null, forced: false },
  order: null,
  live: [],
  settled: new Map(),
  applied: new Map(),
  endedDigests: new Set(),
  ...more,
});
const row = (id: number, version: number | null, more: Partial<ParkedRow> = {}): ParkedRow => ({
  id,
  position: position(id),
  status: 'PLACED',
  version,
  digest: `d${id}`,
  state: 'PARKED',
  attempts: 0,
  ...more,
});
const waitingFor = (...rows: ParkedRow[]): Partial<LockedOrder> => ({
  lane: { parked: rows.filter(({ state }) => state === 'PARKED').length, leaseToken: 'mine', forced: false },
  live: rows,
});
const arrivals = (before: OrderEvent[], finding: Finding, during: OrderEvent[] = []): Settlement => ({
  orderId: 'o-1',
  finding,
  before,
  during,
});
const attempt = (finding: Finding, upTo = 100, token = 'mine'): Settlement => ({
  orderId: 'o-1',
  finding,
  before: [],
  during: [],
  lease: { token, upTo },
});
const fates = ({ ended }: Decision) => ended.map(({ message, kind }) => `${message.position.offset} ${kind}`);
const untouched = { ended: [], park: [], updates: [], again: [] };

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
    expect(decision.park[0]!.waitMs).toBeGreaterThanOrEqual(800);
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
    expect(waits[0]).toBeGreaterThanOrEqual(1600);
    expect(waits[0]).toBeLessThanOrEqual(2400);
    expect(waits[1]).toBeGreaterThanOrEqual(3200);
  });
});

/** The rows of one order, with decisions written to them as the database writes them. */
class Rows {
  order: LockedOrder['order'] = null;
  parked: (ParkedRow & { final?: string })[] = [];
  history: { offset: number; kind: string; version: number | null }[] = [];
  lane: LockedOrder['lane'] = { parked: 0, leaseToken: null, forced: false };
  emails = 0;
  #ids = 0;

  locked(): LockedOrder {
    const applied = this.history.filter(({ kind }) => kind === 'APPLIED').map(({ offset }) => offset);
    return {
      lane: this.lane,
      order: this.order,
      live: this.parked.filter(({ final }) => !final),
      settled: new Map(
        [...this.history.map(({ offset }) => offset), ...this.parked.map((one) => one.position.offset)].map(
          (offset) => [positionKey(position(offset)), ''],
        ),
      ),
      applied: new Map(applied.length ? [['1/0', Math.max(...applied)]] : []),
      endedDigests: new Set(),
    };
  }

  write(decision: Decision): void {
    const waiting = this.parked.filter(({ state, final }) => state === 'PARKED' && !final).map(({ id }) => id);
    for (const { message, kind } of decision.ended) {
      const offset = message.position.offset;
      const before = this.parked.filter(
        (one) =>
          waiting.includes(one.id) && one.position.offset < offset && !decision.updates.some(({ id }) => id === one.id),
      );
      if (kind === 'APPLIED' && before.length)
        throw new Error(`${offset} was applied while ${before[0]!.position.offset} was parked`);
      this.history.push({ offset, kind, version: (decision.after ?? this.order)?.version ?? null });
    }
    if (decision.after) this.order = decision.after;
    for (const { message } of decision.park)
      this.parked.push({
        id: (this.#ids += 1),
        position: message.position,
        status: message.status,
        version: message.version,
        digest: message.digest,
        state: 'PARKED',
        attempts: 0,
      });
    for (const { id, state, attempts } of decision.updates) {
      const one = this.parked.find((other) => other.id === id)!;
      one.attempts = attempts;
      if (state === 'PARKED' || state === 'FAILED') one.state = state;
      else one.final = state;
    }
    if (decision.failed) this.emails += 1;
    if (!decision.lane) return;
    const keeps = decision.lane.waitMs === null && decision.lane.parked > 0;
    this.lane = {
      parked: decision.lane.parked,
      leaseToken: keeps ? this.lane.leaseToken : null,
      forced: keeps && this.lane.forced,
    };
  }
}

test('property: over any history of arrivals, replays, failures, tries and stale workers, the rules that keep order hold', () => {
  const finding = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ what: fc.constant('detail' as const), lag: fc.nat(2), versionless: fc.constant(false) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        what: fc.constantFrom('failed' as const, 'outage' as const, 'seen' as const),
        lag: fc.constant(0),
        versionless: fc.constant(false),
      }),
    },
  );
  const step = fc.oneof(
    fc.record({
      do: fc.constant('arrive' as const),
      count: fc.integer({ min: 1, max: 3 }),
      during: fc.nat(2),
      replay: fc.boolean(),
      finding,
    }),
    fc.record({ do: fc.constant('claim' as const) }),
    fc.record({ do: fc.constant('try' as const), stale: fc.boolean(), finding }),
    fc.record({ do: fc.constant('retryNow' as const), which: fc.nat(5) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 50 }), fc.boolean(), (steps, versionless) => {
      const rows = new Rows();
      const [topic, pending]: [OrderEvent[], OrderEvent[]] = [[], []];
      let [truth, tokens, upTo] = [0, 0, 0];
      const findingOf = ({ what, lag }: { what: string; lag: number }): Finding => {
        if (what === 'seen') return { kind: 'seen' };
        if (what !== 'detail') return failed(what === 'outage');
        const version = Math.max(0, truth - lag);
        return found(version, { items: [item('l1', { quantity: version + 1 })] });
      };
      const settle = (settlement: Settlement) => {
        const decision = decide(settlement, rows.locked(), context);
        rows.write(decision);
        return decision;
      };
      for (const what of steps) {
        if (what.do === 'arrive') {
          const fresh = Array.from({ length: what.count + what.during }, () => {
            truth += 1;
            const one = event(topic.length, { version: versionless && truth % 3 === 0 ? null : truth });
            topic.push(one);
            return one;
          });
          const all = [
            ...(what.replay ? topic.slice(0, 4).filter((one) => !fresh.includes(one) && !pending.includes(one)) : []),
            ...pending.splice(0),
            ...fresh,
          ];
          const cut = all.length - what.during;
          const { again } = settle(arrivals(all.slice(0, cut), findingOf(what.finding), all.slice(cut)));
          pending.push(...again);
        }
        if (what.do === 'claim' && rows.lane.parked) {
          rows.lane = { ...rows.lane, leaseToken: `t${(tokens += 1)}` };
          upTo = Math.max(...rows.parked.map(({ id }) => id));
        }
        if (what.do === 'try' && rows.lane.leaseToken && what.finding.what !== 'seen')
          settle(attempt(findingOf(what.finding), upTo, what.stale ? 'stale' : rows.lane.leaseToken));
        if (what.do === 'retryNow') {
          const one = rows.parked.filter(({ final }) => !final)[what.which];
          if (one) {
            rows.lane = { parked: rows.lane.parked + (one.state === 'FAILED' ? 1 : 0), leaseToken: null, forced: true };
            one.state = 'PARKED';
          }
        }
        const applied = rows.history.filter(({ kind }) => kind === 'APPLIED');
        for (const [i, one] of applied.entries())
          if (i) {
            expect(one.offset).toBeGreaterThan(applied[i - 1]!.offset);
            expect(one.version!).toBeGreaterThan(applied[i - 1]!.version!);
          }
        expect(new Set(rows.history.map(({ offset }) => offset)).size, 'each message has one fate').toBe(
          rows.history.length,
        );
        expect(new Set(rows.parked.map((one) => one.position.offset)).size, 'each message is parked once').toBe(
          rows.parked.length,
        );
        for (const one of rows.parked)
          expect(
            rows.history.some(({ offset }) => offset === one.position.offset),
            'parked and failed ones have not ended',
          ).toBe(one.final !== undefined);
        expect(rows.lane.parked).toBe(rows.parked.filter(({ state, final }) => state === 'PARKED' && !final).length);
        for (const one of topic)
          expect(
            Number(rows.history.some(({ offset }) => offset === one.position.offset)) +
              Number(rows.parked.some((other) => !other.final && other.position.offset === one.position.offset)) +
              Number(pending.includes(one)),
            'each message is somewhere, once',
          ).toBe(1);
        expect(rows.emails).toBeLessThanOrEqual(rows.parked.filter(({ attempts }) => attempts === 3).length);
        for (const one of rows.parked) expect(one.attempts).toBeLessThanOrEqual(3);
        expect(rows.order?.version ?? 0).toBeLessThanOrEqual(truth);
      }
      // In the end the order service answers the truth: everything ends, and the kitchen has it.
      settle(arrivals(pending.splice(0), found(truth, { items: [item('l1', { quantity: truth + 1 })] })));
      for (let i = 0; rows.lane.parked && i < 50; i += 1) {
        rows.lane = { ...rows.lane, leaseToken: 'end' };
        settle(attempt(found(truth, { items: [item('l1', { quantity: truth + 1 })] }), 1e6, 'end'));
      }
      expect(rows.lane.parked).toBe(0);
      if (rows.history.some(({ kind }) => kind === 'APPLIED'))
        expect(rows.parked.filter(({ final }) => !final).every(({ state }) => state === 'FAILED')).toBe(true);
    }),
    { numRuns: 300 },
  );
});

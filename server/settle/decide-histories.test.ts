// Over any history of decisions about one order, the rules that keep its messages in order hold.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { positionKey, type OrderEvent } from '../upstream/message.ts';
import { event, item, position } from '../../test/made.ts';
import { arrivals, attempt, context, failed, found } from '../../test/settlements.ts';
import { decide } from './decide.ts';
import type { Decision, Finding, LockedOrder, ParkedRow, Settlement } from './settlement.ts';
import type { Version } from '../protocol/version.ts';

/** The rows of one order, with decisions written to them as the database writes them. */
class Rows {
  order: LockedOrder['order'] = null;
  parked: (ParkedRow & { final?: string })[] = [];
  history: { offset: number; kind: string; version: Version | null }[] = [];
  lane: LockedOrder['lane'] = { parked: 0, leaseToken: null, forced: false };
  emails = 0;
  #ids = 0;

  locked(): LockedOrder {
    const applied = this.history.filter(({ kind }) => kind === 'APPLIED').map(({ offset }) => offset);
    return {
      lane: this.lane,
      order: this.order,
      archived: false,
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
        sentAt: message.sentAt,
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
            expect(Number(one.version)).toBeGreaterThan(Number(applied[i - 1]!.version));
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

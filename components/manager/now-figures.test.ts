import { describe, expect, it } from 'vitest';
import { ago, line, NOON, order, ticket } from '../floor/testing-orders.ts';
import { missingWords } from './late-words.ts';
import { nowFigures } from './now-figures.ts';
import { stationLoads } from './station-loads.ts';
import { healthy } from './testing-health.ts';

const grill = { id: 's-grill', name: 'Grill', retired: false, combine: false, thresholds: {} };
const bar = { id: 's-bar', name: 'Bar', retired: false, combine: false, thresholds: {} };
const old = { id: 's-old', name: 'Old', retired: true, combine: false, thresholds: {} };

describe('the figures of now', () => {
  const late = order({ id: 'late', tickets: [ticket({ firedAt: ago(12) })] });
  const fresh = order({ id: 'fresh' });
  const ready = order({ id: 'ready', lines: [line({ state: 'ready', readyAt: ago(4) })], tickets: [ticket({ state: 'bumped', firedAt: ago(6) })] });
  const served = order({ id: 'served', lines: [line({ state: 'served' })], tickets: [ticket({ state: 'bumped' })] });
  const canceled = order({ id: 'canceled', status: 'CANCELED', tickets: [ticket({ notices: [{ kind: 'canceled', at: ago(5) }] })] });
  const all = [fresh, ready, late, served, canceled];

  it('count what is open, and what is late by where', () => {
    const figures = nowFigures(all, [grill], healthy, NOON);
    expect(figures).toMatchObject({ open: 3, onTime: 1, delayed: 3 });
    expect(figures.late).toEqual({ kitchen: 2, floor: 1, pipeline: 0 });
  });

  it('list the longest late first', () => {
    expect(nowFigures(all, [grill], healthy, NOON).rows.map((row) => row.order?.id)).toEqual(['late', 'canceled', 'ready']);
  });

  it('count every parked order, and list them as one', () => {
    const figures = nowFigures([], [grill], { ...healthy, parkedOrders: 3, parkedMessages: 5, oldestParkedAt: ago(2) }, NOON);
    expect(figures.late.pipeline).toBe(3);
    expect(figures.rows).toMatchObject([{ order: null, late: { where: 'pipeline' } }]);
  });
});

describe('the load of stations', () => {
  it('counts open tickets, the busiest first, and knows the oldest', () => {
    const orders = [
      order({ tickets: [ticket({ firedAt: ago(3) }), ticket({ id: 't2', stationId: 's-bar', state: 'bumped' })] }),
      order({ id: 'o2', tickets: [ticket({ id: 't3', firedAt: ago(5) })] }),
    ];
    expect(stationLoads(orders, [bar, grill])).toEqual([
      { id: grill.id, name: grill.name, retired: false, open: 2, oldestFiredAt: Date.parse(ago(5)) },
      { id: bar.id, name: bar.name, retired: false, open: 0, oldestFiredAt: null },
    ]);
  });

  it('shows a station that was taken out of the set-up only while it has work', () => {
    expect(stationLoads([], [grill, old]).map((load) => load.name)).toEqual(['Grill']);
    expect(stationLoads([order({ tickets: [ticket({ stationId: 's-old' })] })], [grill, old]).map((load) => load.name)).toEqual(['Old', 'Grill']);
  });
});

describe('what is missing', () => {
  it('adds up the same dish, and leaves out a one', () => {
    const missing = [line(), line({ id: 'l2' }), line({ id: 'l3', name: 'Mixed Grill' })];
    expect(missingWords({ where: 'kitchen', why: { kind: 'not-started', station: 'Grill' }, since: NOON, missing })).toBe('2 Garlic Naan, Mixed Grill');
  });
});

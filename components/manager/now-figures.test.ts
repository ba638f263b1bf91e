import { describe, expect, it } from 'vitest';
import { ago, line, NOON, order, ticket } from '../../test/floor-orders.ts';
import { translatorOf } from '../i18n/compiled.ts';
import { missingWords } from './late-words.ts';
import { nowFigures, type Now } from './now-figures.ts';
import { stationLoads } from './station-loads.ts';
import { healthy } from '../../test/health.ts';
import { UNSET_STATION } from '../../server/protocol/facts.ts';

const grill = { id: 's-grill', name: 'Grill', ...UNSET_STATION };
const bar = { id: 's-bar', name: 'Bar', ...UNSET_STATION };
const old = { id: 's-old', name: 'Old', ...UNSET_STATION, retired: true };

describe('the figures of now', () => {
  const late = order({ id: 'late', tickets: [ticket({ firedAt: ago(12) })] });
  const fresh = order({ id: 'fresh' });
  const ready = order({
    id: 'ready',
    lines: [line({ state: 'ready', readyAt: ago(4) })],
    tickets: [ticket({ state: 'bumped', firedAt: ago(6) })],
  });
  const served = order({ id: 'served', lines: [line({ state: 'served' })], tickets: [ticket({ state: 'bumped' })] });
  const canceled = order({
    id: 'canceled',
    status: 'CANCELED',
    tickets: [ticket({ notices: [{ kind: 'canceled', at: ago(5) }] })],
  });
  const all = [fresh, ready, late, served, canceled];
  const figuresOf = (more: Partial<Now> = {}) =>
    nowFigures({ orders: all, stations: [grill], parked: [], unconfirmed: null, health: healthy, now: NOON, ...more });

  it('count what is open, and what is late by where', () => {
    expect(figuresOf()).toMatchObject({
      open: 3,
      onTime: 1,
      inKitchen: 2,
      kitchenLate: 1,
      late: { kitchen: 2, floor: 1, pipeline: 0 },
      noted: 0,
      tickets: { open: 3, unconfirmed: 0 },
    });
  });

  it('list the longest late first', () =>
    expect(figuresOf().rows.map(({ id }) => id)).toEqual(['late', 'canceled', 'ready']));

  it('list every order of which a message waits once, whether the kitchen has it or not', () => {
    const waits = (orderId: string) => ({
      orderId,
      number: null,
      where: null,
      state: 'PARKED' as const,
      messages: 1,
      attempts: 1,
      parkedAt: ago(20),
      nextAttemptAt: null,
      lastError: null,
      unknownRestaurant: false,
    });
    const { rows, late } = figuresOf({ parked: [waits('fresh'), waits('nowhere')] });
    expect(rows.filter(({ parked }) => parked !== null).map(({ id, order }) => [id, order?.id ?? null])).toEqual([
      ['fresh', 'fresh'],
      ['nowhere', null],
    ]);
    expect(late).toEqual({ kitchen: 2, floor: 1, pipeline: 2 });
  });

  it('count what no screen has confirmed, and what a manager has a note on', () => {
    const unconfirmed = {
      count: 60,
      tickets: [{ ticketId: 't1', orderId: 'fresh', number: 'A1', stationId: grill.id, since: ago(0.5) }],
    };
    const noted = { ...late, delayNote: { at: ago(1), by: 'Amal', note: 'the grill is broken' } };
    const figures = figuresOf({ orders: [fresh, noted], unconfirmed });
    expect(figures).toMatchObject({ noted: 1, tickets: { open: 2, unconfirmed: 60 } });
    expect(figures.rows.find(({ id }) => id === 'fresh')?.late.why.kind).toBe('not-on-screen');
  });

  it('say that orders have not been read, as one row', () => {
    expect(figuresOf({ orders: [], health: { ...healthy, lag: { messages: 9, seconds: 40 } } }).rows).toMatchObject([
      { id: 'unread', order: null, late: { where: 'pipeline' } },
    ]);
  });
});

describe('the load of stations', () => {
  it('counts open tickets, the busiest first, and knows the oldest', () => {
    const orders = [
      order({ tickets: [ticket({ firedAt: ago(3) }), ticket({ id: 't2', stationId: 's-bar', state: 'bumped' })] }),
      order({ id: 'o2', tickets: [ticket({ id: 't3', firedAt: ago(5) })] }),
    ];
    expect(stationLoads(orders, [bar, grill])).toEqual([
      {
        id: grill.id,
        name: grill.name,
        retired: false,
        starts: false,
        thresholds: {},
        lead: {},
        open: 2,
        oldestFiredAt: Date.parse(ago(5)),
      },
      {
        id: bar.id,
        name: bar.name,
        retired: false,
        starts: false,
        thresholds: {},
        lead: {},
        open: 0,
        oldestFiredAt: null,
      },
    ]);
  });

  it('shows a station that was taken out of the set-up only while it has work', () => {
    expect(stationLoads([], [grill, old]).map((load) => load.name)).toEqual(['Grill']);
    expect(
      stationLoads([order({ tickets: [ticket({ stationId: 's-old' })] })], [grill, old]).map((load) => load.name),
    ).toEqual(['Old', 'Grill']);
  });
});

describe('what is missing', () => {
  it('adds up the same dish, and leaves out a one', () => {
    const missing = [line(), line({ id: 'l2' }), line({ id: 'l3', name: 'Mixed Grill' })];
    expect(
      missingWords(translatorOf('en', 'manager'), {
        where: 'kitchen',
        why: { kind: 'not-started', station: 'Grill' },
        since: NOON,
        missing,
      }),
    ).toBe('2 Garlic Naan, Mixed Grill');
  });
});

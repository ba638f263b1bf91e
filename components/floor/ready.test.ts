import { describe, expect, it } from 'vitest';
import { isMine, tablesToChoose } from './my-tables.ts';
import { newlyReady } from './ready.ts';
import { ago, line, order } from '../../test/floor-orders.ts';

const ready = (fields: object = {}) => line({ state: 'ready', readyAt: ago(1), ...fields });

describe('what became ready', () => {
  it('is no news at the first look', () => {
    expect(newlyReady(null, [order({ lines: [ready()] })]).news).toEqual([]);
  });

  it('is told once, with the dishes that are new to it, also of an order not seen before', () => {
    const { seen } = newlyReady(null, [order({ lines: [line(), ready({ id: 'l2' }), line({ id: 'l3' })] })]);
    const now = [
      order({ lines: [ready(), ready({ id: 'l2' }), line({ id: 'l3' })] }),
      order({ id: 'o2', lines: [ready()] }),
    ];
    const { news, seen: next } = newlyReady(seen, now);
    expect(news.map(({ order, lines }) => [order.id, lines.map(({ id }) => id)])).toEqual([
      ['o1', ['l1']],
      ['o2', ['l1']],
    ]);
    expect(newlyReady(next, now).news).toEqual([]);
  });

  it('is told again after a recall, and not after a serve that was undone', () => {
    const served = newlyReady(null, [
      order({ lines: [line({ state: 'served' }), line({ id: 'l2', state: 'cooking' })] }),
    ]).seen;
    expect(
      newlyReady(served, [order({ lines: [ready(), ready({ id: 'l2' })] })]).news[0]?.lines.map(({ id }) => id),
    ).toEqual(['l2']);
  });

  it('is not what nobody wants any more', () => {
    const { seen } = newlyReady(null, [order()]);
    expect(newlyReady(seen, [order({ status: 'CANCELED', lines: [ready()] })]).news).toEqual([]);
    expect(newlyReady(seen, [order({ lines: [ready({ voided: true })] })]).news).toEqual([]);
  });
});

describe('my tables', () => {
  it('are all while none is chosen; else those, however they are written', () => {
    expect(isMine(order(), [])).toBe(true);
    expect(isMine(order({ table: ' T12 ' }), ['t12'])).toBe(true);
    expect(isMine(order({ table: '1' }), ['12'])).toBe(false);
    expect(isMine(order({ type: 'TAKEAWAY', table: '12' }), ['12'])).toBe(false);
  });

  it('are chosen among those with orders and those chosen before, each once, in the order of their numbers', () => {
    const orders = [
      order({ table: '10' }),
      order({ table: '2' }),
      order({ table: 'T2' }),
      order({ table: '9', closedAt: ago(1) }),
    ];
    expect(tablesToChoose(orders, ['t2', '7'])).toEqual(['2', '7', '10', 't2']);
  });
});

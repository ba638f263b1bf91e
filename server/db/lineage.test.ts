// Another database, or one that was put back, is noticed; anything else is not taken for it.
import { expect, test } from 'vitest';
import { Lineage } from './lineage.ts';

function watched() {
  const reasons: string[] = [];
  const lineage = new Lineage({ warn: () => {} });
  lineage.onChange((reason) => reasons.push(reason));
  return { lineage, reasons };
}
const now = () => performance.now();

test('the first database is no other one, and its log may grow', () => {
  const { lineage, reasons } = watched();
  expect(lineage.observe({ lineage: '7/00000001', log: 100 }, now())).toBe(false);
  expect(lineage.observe({ lineage: '7/00000001', log: 200 }, now())).toBe(false);
  expect([lineage.current, reasons]).toEqual(['7/00000001', []]);
});

test.each([
  ['a promoted standby', '7/00000002'],
  ['another system', '8/00000001'],
])('%s is another database', (_, other) => {
  const { lineage, reasons } = watched();
  lineage.observe({ lineage: '7/00000001', log: 100 }, now());
  expect(lineage.observe({ lineage: other, log: 100 }, now())).toBe(true);
  expect(lineage.observe({ lineage: other, log: 100 }, now())).toBe(false);
  expect([lineage.current, reasons]).toEqual([other, [`the database is another one: 7/00000001 became ${other}`]]);
});

test('a log that is shorter than it was tells of files that were put back', () => {
  const { lineage, reasons } = watched();
  lineage.observe({ lineage: '7/00000001', log: 100 }, now());
  expect(lineage.observe({ lineage: '7/00000001', log: 99 }, now())).toBe(true);
  expect(lineage.observe({ lineage: '7/00000001', log: 99 }, now())).toBe(false);
  expect(reasons).toHaveLength(1);
});

test('answers that overtake each other tell of nothing', () => {
  const { lineage, reasons } = watched();
  const asked = now();
  lineage.observe({ lineage: '7/00000001', log: 200 }, now());
  expect(lineage.observe({ lineage: '7/00000001', log: 100 }, asked)).toBe(false);
  expect(reasons).toEqual([]);
});

test('a standby and a database that does not tell it say nothing', () => {
  const { lineage, reasons } = watched();
  lineage.observe({ lineage: '7/00000001', log: 100 }, now());
  expect(lineage.observe({ lineage: null, log: null }, now())).toBe(false);
  expect(lineage.columns).toContain('pg_control_system');
  lineage.notTold('permission denied');
  expect(lineage.columns).not.toMatch(/pg_(?:control|current)/);
  expect([lineage.current, reasons]).toEqual(['7/00000001', []]);
});

import { expect, it } from 'vitest';
import { dayAt, daysBefore } from './days.ts';

it("a day is the restaurant's, over month ends and changes of the clock", () => {
  const late = Date.UTC(2026, 11, 31, 17, 30);
  expect([
    dayAt(late, 'Asia/Hong_Kong'),
    dayAt(late, 'Europe/London'),
    dayAt(Date.UTC(2026, 0, 1, 2), 'America/New_York'),
  ]).toEqual(['2027-01-01', '2026-12-31', '2025-12-31']);
  expect([daysBefore('2026-03-01', 1), daysBefore('2026-03-30', 6), daysBefore('2027-01-01', 29)]).toEqual([
    '2026-02-28',
    '2026-03-24',
    '2026-12-03',
  ]);
});

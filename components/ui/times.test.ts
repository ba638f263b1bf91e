// Ages and times as people read them.
import { describe, expect, it } from 'vitest';
import { bannerWords, pillWords } from './connection-words.ts';
import { formatAge, formatSpan, formatTime } from './times.ts';

describe('times', () => {
  it.each([[-5000, '0:00'], [999, '0:00'], [48_000, '0:48'], [582_000, '9:42'], [3_599_000, '59:59'], [3_900_000, '1:05 h'], [90_000_000, '25:00 h']])('age of %i ms is %s', (ms, text) => {
    expect(formatAge(ms)).toBe(text);
  });

  it.each([[-1, '0 s'], [4200, '4 s'], [130_000, '2 min 10 s'], [600_000, '10 min'], [7_200_000, '2 h'], [11_100_000, '3 h 5 min']])('span of %i ms is %s', (ms, text) => {
    expect(formatSpan(ms)).toBe(text);
  });

  it('is the time at the restaurant', () => {
    const noon = Date.UTC(2026, 6, 1, 12, 0, 5);
    expect(formatTime(noon, 'Asia/Shanghai')).toBe('20:00');
    expect(formatTime(noon, 'Europe/London', true)).toBe('13:00:05');
    expect(formatTime(noon, 'Nowhere/Atall')).toMatch(/^\d\d:\d\d$/);
  });
});

describe('words about the connection', () => {
  it('say when the server last confirmed, or how far behind it is', () => {
    expect(pillWords('live', null, 1200).long).toBe('Live · confirmed 1 s ago');
    expect(pillWords('stale', { kind: 'behind', seconds: 130, messages: 320 }, 4000).long).toBe('Behind · 2:10');
    expect(pillWords('offline', { kind: 'server-away' }, 31_000).long).toBe('Offline · 0:31');
    expect(pillWords('stale', { kind: 'connecting' }, null).long).toBe('Connecting');
  });

  it('name how far behind in the banner', () => {
    expect(bannerWords({ kind: 'behind', seconds: 130, messages: 1 }, null).why).toContain('2 min 10 s behind (1 message)');
  });
});

// Ages and times as people read them, in both languages.
import { describe, expect, it } from 'vitest';
import { translatorOf } from './compiled.ts';
import { bannerWords, pillWords } from '../ui/connection-words.ts';
import { formatAge, formatSpan, formatTime, timesIn } from './times.ts';

describe('times', () => {
  it.each([
    [-5000, '0:00'],
    [999, '0:00'],
    [48_000, '0:48'],
    [582_000, '9:42'],
    [3_599_000, '59:59'],
    [3_900_000, '1:05 h'],
    [90_000_000, '25:00 h'],
  ])('age of %i ms is %s', (ms, text) => {
    expect(formatAge(ms)).toBe(text);
  });

  it.each([
    [-1, '0 s', '0 秒'],
    [4200, '4 s', '4 秒'],
    [130_000, '2 min 10 s', '2 分 10 秒'],
    [600_000, '10 min', '10 分'],
    [7_200_000, '2 h', '2 小时'],
    [11_100_000, '3 h 5 min', '3 小时 5 分'],
  ])('span of %i ms is %s, %s', (ms, en, zh) => {
    expect(formatSpan(ms)).toBe(en);
    expect(formatSpan(ms, 'zh')).toBe(zh);
  });

  it('is the time at the restaurant', () => {
    const noon = Date.UTC(2026, 6, 1, 12, 0, 5);
    expect(formatTime(noon, 'Asia/Shanghai')).toBe('20:00');
    expect(formatTime(noon, 'Europe/London', true)).toBe('13:00:05');
    expect(formatTime(noon, 'Nowhere/Atall')).toMatch(/^\d\d:\d\d$/);
  });

  it('are written as the language writes them', () => {
    const midnight = Date.UTC(2026, 10, 23, 16, 5);
    expect([timesIn('en').date(midnight, 'Asia/Shanghai'), timesIn('zh').date(midnight, 'Asia/Shanghai')]).toEqual([
      'Tue 24 Nov',
      '11月24日周二',
    ]);
    expect([
      timesIn('zh').time(midnight, 'Asia/Shanghai'),
      timesIn('zh').age(3_900_000),
      timesIn('zh').number(12_345),
    ]).toEqual(['00:05', '1:05 小时', '12,345']);
  });
});

describe('words about the connection', () => {
  const [t, times] = [translatorOf('en', 'common'), timesIn('en')];

  it('say when the server last confirmed, or how far behind it is', () => {
    expect(pillWords(t, times, 'live', null, 1200).long).toBe('Live · confirmed 1 s ago');
    expect(pillWords(t, times, 'stale', { kind: 'behind', seconds: 130, messages: 320 }, 4000).long).toBe(
      'Behind · 2:10',
    );
    expect(pillWords(t, times, 'offline', { kind: 'server-away' }, 31_000).long).toBe('Offline · 0:31');
    expect(pillWords(t, times, 'stale', { kind: 'connecting' }, null).long).toBe('Connecting');
    expect(pillWords(translatorOf('zh', 'common'), timesIn('zh'), 'live', null, 1200).short).toBe('实时 · 1 秒');
  });

  it('name how far behind in the banner', () => {
    expect(bannerWords(t, times, { kind: 'behind', seconds: 130, messages: 1 }, null).why).toContain(
      '2 min 10 s behind (1 message)',
    );
    expect(bannerWords(t, times, { kind: 'behind', seconds: 130, messages: 2 }, 20).why).toContain(
      'about 20 s to catch up',
    );
    expect(
      bannerWords(translatorOf('zh', 'common'), timesIn('zh'), { kind: 'behind', seconds: 130, messages: 320 }, null)
        .why,
    ).toContain('落后 2 分 10 秒（320 条消息）');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_ENDS_AT, nextTimeOfDay } from './clock-times.ts';

const next = (time: string, zone: string, now: string) =>
  new Date(nextTimeOfDay(time, zone, Date.parse(now))).toISOString();

describe('the next moment at which the clock shows a time', () => {
  it('is later today, or else tomorrow', () => {
    expect(next('18:00', 'UTC', '2026-11-30T17:59:59.999Z')).toBe('2026-11-30T18:00:00.000Z');
    expect(next('18:00', 'UTC', '2026-11-30T18:00:00.000Z')).toBe('2026-12-01T18:00:00.000Z');
    expect(next('18:00', 'Asia/Shanghai', '2026-11-30T09:00:00.500Z')).toBe('2026-11-30T10:00:00.000Z');
    expect(next('18:00', 'Asia/Kathmandu', '2026-11-30T23:00:00.000Z')).toBe('2026-12-01T12:15:00.000Z');
  });

  it("is the end of the evening's service, on both sides of midnight", () => {
    expect(next(DAY_ENDS_AT, 'Europe/Madrid', '2026-11-30T22:30:00Z')).toBe('2026-12-01T03:00:00.000Z');
    expect(next(DAY_ENDS_AT, 'Europe/Madrid', '2026-11-30T23:30:00Z')).toBe('2026-12-01T03:00:00.000Z');
    expect(next(DAY_ENDS_AT, 'Europe/Madrid', '2026-12-01T03:00:00Z')).toBe('2026-12-02T03:00:00.000Z');
  });

  it('is right over a change of the clocks', () => {
    // In New York the clocks go back at 06:00Z on 1 November 2026, and forward at 07:00Z on 14 March 2027.
    expect(next('04:00', 'America/New_York', '2026-11-01T03:00:00Z')).toBe('2026-11-01T09:00:00.000Z');
    expect(next('18:00', 'America/New_York', '2027-03-14T03:00:00Z')).toBe('2027-03-14T22:00:00.000Z');
    expect(next('18:00', 'America/New_York', '2027-03-14T22:00:00Z')).toBe('2027-03-15T22:00:00.000Z');
  });

  it('of a time that comes twice is the first one ahead, and of a skipped one it is the clock before that counts', () => {
    expect(next('01:30', 'America/New_York', '2026-11-01T03:00:00Z')).toBe('2026-11-01T05:30:00.000Z');
    expect(next('01:30', 'America/New_York', '2026-11-01T05:30:00Z')).toBe('2026-11-01T06:30:00.000Z');
    expect(next('02:30', 'America/New_York', '2027-03-14T05:00:00Z')).toBe('2027-03-14T07:30:00.000Z');
  });

  it('is ahead by a day and a change of the clocks at most, in any zone', () => {
    const zones = ['UTC', 'Europe/Madrid', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Kathmandu'];
    const times = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
    fc.assert(
      fc.property(times, fc.constantFrom(...zones), fc.integer({ min: 1.7e12, max: 1.9e12 }), ([h, m], zone, now) => {
        const time = [h, m].map((n) => String(n).padStart(2, '0')).join(':');
        const at = nextTimeOfDay(time, zone, now);
        expect(at).toBeGreaterThan(now);
        expect(at - now).toBeLessThanOrEqual(26 * 3600_000);
      }),
    );
  });

  it('of a zone that nobody knows is that of the device', () => {
    expect(nextTimeOfDay('18:00', 'Mars/Olympus', Date.parse('2026-11-30T12:00:00Z'))).toBeGreaterThan(0);
  });
});

import { expect, test } from 'vitest';
import { hourIn, zoneWhereItIs } from './zones.ts';

test('at every hour of a day there is a zone for every hour', () => {
  for (let now = 0; now < 24; now++)
    for (let hour = 0; hour < 24; hour++) {
      const at = Date.UTC(2026, 0, 5, now, 59);
      expect(hourIn(zoneWhereItIs(hour, at), at)).toBe(hour);
    }
  expect(hourIn('Asia/Kathmandu', Date.UTC(2026, 0, 5, 0, 20))).toBe(6);
});

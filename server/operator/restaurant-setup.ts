// A restaurant as its operator describes it: its stations, and the lines that go to each.
import { z } from 'zod';
import { nameKey } from '../protocol/setup.ts';
import { ORDER_TYPES } from '../protocol/domain.ts';
import { label } from '../http/requests.ts';

const stationName = label(64).refine(
  (name) => name !== '.' && name !== '..',
  'must not be . or .., which no address of a screen can hold',
);
const Route = z
  .strictObject({
    category: label(64).optional(),
    sku: label(64).optional(),
    type: z.enum(ORDER_TYPES, 'must be DINE_IN, TAKEAWAY or DELIVERY').optional(),
  })
  .refine(
    (route) => Object.values(route).some((value) => value !== undefined),
    'must have at least one of category, sku and type; a station for all the rest is marked with fallback',
  );
const seconds = z
  .int()
  .min(1, 'must be a number of seconds, at least 1')
  .max(24 * 3600, 'must be a number of seconds, a day at most');
const Threshold = z
  .strictObject({ warnSeconds: seconds, lateSeconds: seconds })
  .refine(
    ({ warnSeconds, lateSeconds }) => warnSeconds <= lateSeconds,
    'warnSeconds must not be more than lateSeconds',
  );
const Thresholds = z.strictObject({
  default: Threshold.optional(),
  DINE_IN: Threshold.optional(),
  TAKEAWAY: Threshold.optional(),
  DELIVERY: Threshold.optional(),
});
const Lead = z.strictObject({
  default: seconds.optional(),
  DINE_IN: seconds.optional(),
  TAKEAWAY: seconds.optional(),
  DELIVERY: seconds.optional(),
});
const StartSetup = z.strictObject({
  mode: z.enum(['off', 'tap', 'auto'], 'must be off, tap or auto'),
  first: z.int().min(1, 'must be at least 1').max(20, 'must be at most 20').default(1),
});
const StationSetup = z.strictObject({
  name: stationName,
  fallback: z.boolean().default(false),
  routes: z.array(Route).max(500).default([]),
  combine: z.boolean().optional(),
  thresholds: Thresholds.optional(),
  lead: Lead.optional(),
  start: StartSetup.optional(),
  screen: z.boolean().optional(),
});
const CoursesSetup = z.strictObject({
  mode: z.enum(['together', 'manual', 'after-previous', 'timed'], 'must be together, manual, after-previous or timed'),
  gapSeconds: seconds.optional(),
});

export const RestaurantSetup = z
  .strictObject({
    name: label(100),
    timeZone: z
      .string()
      .refine(isTimeZone, 'must be a time zone of the IANA database, such as Europe/London')
      .optional(),
    courses: CoursesSetup.optional(),
    lead: Lead.optional(),
    allergySeen: z.boolean().optional(),
    stations: z.array(StationSetup).min(1, 'must name at least one station').max(100),
  })
  .transform((setup, context) => {
    const names = setup.stations.map((station) => nameKey(station.name));
    names.forEach((name, index) => {
      if (names.indexOf(name) !== index)
        context.addIssue({
          code: 'custom',
          path: ['stations', index, 'name'],
          message: 'is the name of two stations; names must differ in more than upper and lower case',
        });
    });
    const fallbacks = setup.stations.filter((station) => station.fallback).length;
    const only = setup.stations.length === 1;
    if (fallbacks > 1)
      context.addIssue({
        code: 'custom',
        path: ['stations'],
        message: `${fallbacks} stations are marked as fallback; exactly one takes the lines that no route matches`,
      });
    if (fallbacks === 0 && !only)
      context.addIssue({
        code: 'custom',
        path: ['stations'],
        message: 'no station is marked as fallback: mark the one that takes all unmatched lines with "fallback": true',
      });
    return only ? { ...setup, stations: setup.stations.map((station) => ({ ...station, fallback: true })) } : setup;
  });
export type RestaurantSetup = z.infer<typeof RestaurantSetup>;

function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][\w+/-]{0,63}$/.test(name)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

// When a ticket is nearly late, and when it is late. Without a due time its station's thresholds decide, from the fire
// on. With one the due time decides: a ticket is late from then on, and nearly late as long before as the thresholds lie
// apart. One that reached its station with too little of the lead left can hardly be in time: with less than a half it is
// nearly late at once, with less than a fifth, or after the due time, it is late at once. Pure.
import { leadSeconds, thresholdOf, type StationView } from '../facts.ts';
import type { OrderView } from '../views.ts';

/** Both in ms since 1970. */
export interface LateLimits {
  readonly warn: number;
  readonly late: number;
}

/** The share of the lead that must be left at the fire. */
const ENOUGH = { warn: 1 / 2, late: 1 / 5 };

export function lateLimits(
  firedAt: string,
  { dueAt, type }: Pick<OrderView, 'dueAt' | 'type'>,
  station: Pick<StationView, 'thresholds' | 'lead'> | null | undefined,
): LateLimits {
  const fired = Date.parse(firedAt);
  const { warnSeconds, lateSeconds } = thresholdOf(station, type);
  if (dueAt === null) return { warn: fired + warnSeconds * 1000, late: fired + lateSeconds * 1000 };
  const due = Date.parse(dueAt);
  const left = (due - fired) / (leadSeconds(station?.lead, type) * 1000);
  const late = left < ENOUGH.late ? Math.min(fired, due) : due;
  const warn = left < ENOUGH.warn ? fired : due - Math.max(0, lateSeconds - warnSeconds) * 1000;
  return { warn: Math.min(warn, late), late };
}

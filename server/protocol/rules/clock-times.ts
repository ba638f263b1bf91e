// Moments that people name by the clock on the wall: "until 18:00", "until the end of the day". Pure.

/**
 * The kitchen's day ends at this hour of the night, and not at midnight: at half past twelve many kitchens are still in
 * the evening's service.
 */
export const DAY_ENDS_AT = '04:00';

const DAY_MS = 24 * 3600_000;

/**
 * The next moment at which the restaurant's clocks show this time. A time that clocks skip in spring counts by the clock
 * before it. Of a time that comes twice in autumn it is the first that is still ahead.
 * @param time as "18:00"
 * @param now in ms since 1970
 */
export function nextTimeOfDay(time: string, timeZone: string, now: number): number {
  const [hour, minute] = time.split(':').map(Number) as [number, number];
  const shown = shownIn(timeZone);
  const today = Math.floor(shown(now) / DAY_MS);
  for (let day = today; ; day++) {
    const wanted = day * DAY_MS + hour * 3600_000 + minute * 60_000;
    // The clock's distance from UTC on both sides of a change of the clocks.
    const candidates = [
      ...new Set([-DAY_MS, DAY_MS].map((beside) => wanted - (shown(wanted + beside) - (wanted + beside)))),
    ];
    const exact = candidates.filter((at) => shown(at) === wanted).sort((a, b) => a - b);
    const ahead = (exact.length ? exact : [Math.max(...candidates)]).find((at) => at > now);
    if (ahead !== undefined) return ahead;
  }
}

/** What the clocks of a zone show at a moment, as if they were at UTC. */
function shownIn(timeZone: string): (at: number) => number {
  const format = formatIn(timeZone);
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) + (at - Math.floor(at / 1000) * 1000);
  };
}

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const fields = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  } as const;
  try {
    return new Intl.DateTimeFormat('en', { ...fields, timeZone });
  } catch {
    // An old tablet may not know a new zone. Its own zone is the next best.
    return new Intl.DateTimeFormat('en', fields);
  }
}

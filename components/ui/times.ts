// Times as people in a kitchen say them. Never negative: a clock that is a little ahead shows 0:00, not -1.

/** m:ss below an hour, then h:mm with the unit, so that 1:05 is never taken for a minute. */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${pad(seconds % 60)}`;
  return `${Math.floor(seconds / 3600)}:${pad(Math.floor((seconds % 3600) / 60))} h`;
}

/** In words of a sentence: "4 s", "2 min 10 s", "3 h 5 min". */
export function formatSpan(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return seconds % 60 && seconds < 600 ? `${Math.floor(seconds / 60)} min ${seconds % 60} s` : `${Math.floor(seconds / 60)} min`;
  const minutes = Math.floor((seconds % 3600) / 60);
  return minutes ? `${Math.floor(seconds / 3600)} h ${minutes} min` : `${Math.floor(seconds / 3600)} h`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The time of day at the restaurant, whatever the device thinks its zone is. */
export function formatTime(at: number, timeZone: string, withSeconds = false): string {
  const key = `${timeZone} ${withSeconds}`;
  let format = formats.get(key);
  if (!format) {
    format = makeFormat(timeZone, withSeconds);
    formats.set(key, format);
  }
  return format.format(at);
}

function makeFormat(timeZone: string, withSeconds: boolean): Intl.DateTimeFormat {
  const options: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...(withSeconds && { second: '2-digit' }) };
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone });
  } catch {
    // An old tablet may not know a new zone: its own is the next best.
    return new Intl.DateTimeFormat('en-GB', options);
  }
}

const pad = (value: number) => String(value).padStart(2, '0');

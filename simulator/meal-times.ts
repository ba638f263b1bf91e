// How much is ordered at a local hour: lunch and dinner peaks, and never nothing.

const clocks = new Map<string, Intl.DateTimeFormat>();

/** @returns the hour of the day there, with its minutes as a fraction */
export function localHour(timeZone: string, now: number): number {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  clocks.set(timeZone, clock);
  const [hour = 0, minute = 0] = clock.format(now).split(':').map(Number);
  return hour + minute / 60;
}

/** @returns 0.2 in the dead of night to 1 at the height of dinner */
export function appetite(hour: number): number {
  const peak = (at: number, width: number) => Math.exp(-(((hour - at) / width) ** 2) / 2);
  return 0.2 + 0.8 * Math.max(0.8 * peak(12.75, 0.9), peak(19.5, 1.4));
}

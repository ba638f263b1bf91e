// Time zones for tests that are about days: whenever they run, it is not just before or after midnight there.

/** The hour of the day there, from 0. @param now in ms since the epoch */
export const hourIn = (timeZone: string, now: number = Date.now()): number =>
  Number(new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' }).format(now));

/**
 * A zone of the IANA database where it is now `hour` o'clock and something.
 * @param hour 0 to 23
 * @param now in ms since the epoch
 */
export function zoneWhereItIs(hour: number, now: number = Date.now()): string {
  const ahead = ((hour - new Date(now).getUTCHours() + 36) % 24) - 12;
  // In these names the sign is that of POSIX: Etc/GMT-8 is eight hours ahead.
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

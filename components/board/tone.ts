// How old a ticket is in three steps. Two thresholds; later each station has its own.

export type Tone = 'fresh' | 'due' | 'late';

export const DUE_MS = 5 * 60_000;
export const LATE_MS = 8 * 60_000;

export function toneOf(ageMs: number): Tone {
  if (ageMs >= LATE_MS) return 'late';
  return ageMs >= DUE_MS ? 'due' : 'fresh';
}

/** How many of the tickets (oldest first) are late at `now`. */
export function countLate(tickets: readonly { readonly firedAt: number }[], now: number): number {
  const first = tickets.findIndex(({ firedAt }) => now - firedAt < LATE_MS);
  return first === -1 ? tickets.length : first;
}

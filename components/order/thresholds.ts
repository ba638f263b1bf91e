// The times after which something takes too long, the same on every screen.

/** The time from ready until a dish counts as getting cold, in ms. */
export const COLD_MS = 3 * 60_000;

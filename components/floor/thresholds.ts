// From when on something takes too long, on every screen alike.
const MINUTE = 60_000;

/** Since a ticket was fired. */
export const LATE_MS = 8 * MINUTE;
/** Since a dish was ready: from then on it gets cold. */
export const COLD_MS = 3 * MINUTE;

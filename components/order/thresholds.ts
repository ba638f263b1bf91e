// From when on something takes too long, on every screen alike.

/** Since a dish was ready, in ms: from then on it gets cold. */
export const COLD_MS = 3 * 60_000;

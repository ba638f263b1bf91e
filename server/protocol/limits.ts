// Bounds that server and pages must agree on.

/**
 * For how long orders are on screens, in ms: after their closing, for recalls and a last look; and at most, after they
 * came.
 */
export const CLOSED_FOR_MS = 10 * 60_000;
export const SHOWN_FOR_MS = 3 * 24 * 3600_000;

/** The shortest password. */
export const PASSWORD_MIN = 12;

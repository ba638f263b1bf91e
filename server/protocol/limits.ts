// Bounds that server and pages must agree on.

/**
 * For how long orders are on screens, in ms: after their closing, for recalls and a last look; and at most, after they
 * came or, where that is later, after they are due.
 */
export const CLOSED_FOR_MS = 10 * 60_000;
export const SHOWN_FOR_MS = 3 * 24 * 3600_000;

/** Until when an order is on screens at most, in ms since 1970. */
export const shownUntil = ({ receivedAt, dueAt }: { receivedAt: string; dueAt: string | null }): number =>
  Math.max(Date.parse(receivedAt), dueAt === null ? 0 : Date.parse(dueAt)) + SHOWN_FOR_MS;

/** The shortest password. */
export const PASSWORD_MIN = 12;

// Bounds that server and pages must agree on.

/**
 * For how long orders are on screens, in ms: after their closing, for recalls and a last look; and at most, after they
 * came or, where that is later, after they are due or their newest ticket was fired.
 */
export const CLOSED_FOR_MS = 10 * 60_000;
export const SHOWN_FOR_MS = 3 * 24 * 3600_000;

/**
 * Until when an order is on screens at most, in ms since 1970. A dish that is ordered today on a tab of last week counts
 * from the fire of its ticket.
 */
export const shownUntil = ({ receivedAt, dueAt, tickets }: ShownOrder): number =>
  Math.max(
    ...[
      receivedAt,
      dueAt,
      ...tickets.map(({ state, firedAt }) => (state === 'open' || state === 'bumped' ? firedAt : null)),
    ].map((time) => (time === null ? 0 : Date.parse(time))),
  ) + SHOWN_FOR_MS;

interface ShownOrder {
  readonly receivedAt: string;
  readonly dueAt: string | null;
  readonly tickets: readonly { readonly state: string; readonly firedAt: string }[];
}

/** The shortest password. */
export const PASSWORD_MIN = 12;

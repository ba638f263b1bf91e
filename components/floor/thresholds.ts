// From when on something takes too long, on every screen alike.
import { USUAL_THRESHOLD } from '../../server/protocol/facts.ts';

/** Since a ticket was fired, in ms, where its station says nothing else. */
export const LATE_MS = USUAL_THRESHOLD.lateSeconds * 1000;
/** Since a dish was ready, in ms: from then on it gets cold. */
export const COLD_MS = 3 * 60_000;

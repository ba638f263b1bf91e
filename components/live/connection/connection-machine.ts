// How far a screen may be trusted: one total table of states and events, and the causes that a banner can name.
//
//                 confirmed            doubted, silent
//   connecting ---------------> live <----------------> stale        `outdated`: the server speaks a newer protocol than this
//       ^  |                      | dropped               |          page; it reloads itself at a quiet moment.
//       |  '------- dropped ------+------- dropped -------'          `revoked`, `not-paired`: the end; nothing is shown.
//       |                         v
//       '------- opened ------ offline
import type { Health } from '../../../server/protocol/views.ts';

export const connectionStates = [
  'connecting',
  'live',
  'stale',
  'offline',
  'outdated',
  'revoked',
  'not-paired',
] as const;
export type ConnectionState = (typeof connectionStates)[number];

/**
 * `opened`: the socket is open, and no message has come yet. `confirmed`: the server confirms that the board is complete,
 * and nothing upstream is in doubt. `doubted`: the server tells that something may be missing. `silent`: no confirmation
 * for 2.5 s. `dropped`: no socket.
 */
export const connectionEvents = [
  'opened',
  'confirmed',
  'doubted',
  'silent',
  'dropped',
  'outdated',
  'revoked',
  'not-paired',
] as const;
export type ConnectionEvent = (typeof connectionEvents)[number];

const ends = { outdated: 'outdated', revoked: 'revoked', 'not-paired': 'not-paired' } as const;

const table: Record<ConnectionState, Record<ConnectionEvent, ConnectionState>> = {
  connecting: {
    ...ends,
    opened: 'connecting',
    confirmed: 'live',
    doubted: 'stale',
    silent: 'stale',
    dropped: 'offline',
  },
  live: { ...ends, opened: 'live', confirmed: 'live', doubted: 'stale', silent: 'stale', dropped: 'offline' },
  stale: { ...ends, opened: 'stale', confirmed: 'live', doubted: 'stale', silent: 'stale', dropped: 'offline' },
  offline: {
    ...ends,
    opened: 'connecting',
    confirmed: 'live',
    doubted: 'stale',
    silent: 'offline',
    dropped: 'offline',
  },
  outdated: {
    ...ends,
    opened: 'outdated',
    confirmed: 'outdated',
    doubted: 'outdated',
    silent: 'outdated',
    dropped: 'offline',
  },
  revoked: all('revoked'),
  'not-paired': all('not-paired'),
};

function all<S extends ConnectionState>(state: S): Record<ConnectionEvent, S> {
  return {
    opened: state,
    confirmed: state,
    doubted: state,
    silent: state,
    dropped: state,
    outdated: state,
    revoked: state,
    'not-paired': state,
  };
}

export const step = (state: ConnectionState, event: ConnectionEvent): ConnectionState => table[state][event];

/** The values of `data-connection`. */
export type Connection = 'live' | 'stale' | 'offline';

const shown: Record<ConnectionState, Connection> = {
  connecting: 'stale',
  live: 'live',
  stale: 'stale',
  offline: 'offline',
  outdated: 'stale',
  revoked: 'offline',
  'not-paired': 'offline',
};
export const connectionOf = (state: ConnectionState): Connection => shown[state];

/** The reason why a screen is not live, for its banner. */
export type Cause =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'device-offline' }
  | { readonly kind: 'server-away' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'database-away' }
  | { readonly kind: 'reading-again' }
  | { readonly kind: 'kafka-away' }
  | { readonly kind: 'behind'; readonly seconds: number; readonly messages: number }
  | { readonly kind: 'order-api-down' }
  | { readonly kind: 'outdated' }
  | { readonly kind: 'revoked' }
  | { readonly kind: 'not-paired' };

/** A server further behind than this may lack new orders. */
const BEHIND_SECONDS = 3;

/** The server's own doubt about its data; null when it has none. The deepest cause comes first. */
export function doubtOf(health: Health | null): Cause | null {
  if (!health) return null;
  if (health.readingAgain) return { kind: 'reading-again' };
  if (health.database === 'away') return { kind: 'database-away' };
  if (health.kafka === 'away') return { kind: 'kafka-away' };
  if (health.orderApi.state === 'down') return { kind: 'order-api-down' };
  if (health.lag && health.lag.messages > 0 && health.lag.seconds > BEHIND_SECONDS)
    return { kind: 'behind', ...health.lag };
  return null;
}

/**
 * The server's time at which the board was last known to be complete. A server that is cut off from Kafka or from the
 * order API goes on confirming its own data, and cannot know of newer orders. Then it is the last moment at which all was
 * well.
 */
export function rightAsOf(cause: Cause | null, confirmedAt: number | null, liveUntil: number | null): number | null {
  if (confirmedAt === null) return null;
  switch (cause?.kind) {
    case 'behind':
      return Math.max(confirmedAt - cause.seconds * 1000, liveUntil ?? 0);
    case 'kafka-away':
    case 'order-api-down':
      return liveUntil;
    default:
      return liveUntil ?? confirmedAt;
  }
}

/** @param refusal the reason of the server's last refusal; null where it refused nothing, or did not answer */
export function causeOf(
  state: ConnectionState,
  health: Health | null,
  deviceOnline: boolean,
  refusal: string | null,
): Cause | null {
  switch (state) {
    case 'live':
      return null;
    case 'stale':
      return doubtOf(health) ?? { kind: 'silent' };
    case 'offline':
      // A server that cannot look up this screen has lost its database, and is not away itself.
      if (deviceOnline && refusal === 'unavailable') return { kind: 'database-away' };
      return { kind: deviceOnline ? 'server-away' : 'device-offline' };
    case 'connecting':
    case 'outdated':
    case 'revoked':
    case 'not-paired':
      return { kind: state };
  }
}

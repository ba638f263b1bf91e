// The life of a line, as one total table.
//
//   waiting --start--> cooking --ready--> ready --serve--> served
//      \______________ready______________/  ^ <--unserve-- /
//   waiting/cooking <------unready--------- /
//   any but served --void--> voided --restore--> waiting
import type { LineState } from '../protocol/domain.ts';

export type LineEvent = 'start' | 'ready' | 'unready' | 'serve' | 'unserve' | 'void' | 'restore';

/** null: not possible from there. A state that maps to itself: already so, which is fine. */
export const lineTransitions: Record<LineState, Record<LineEvent, LineState | null>> = {
  held: { start: 'cooking', ready: 'ready', unready: null, serve: null, unserve: null, void: 'voided', restore: 'held' },
  waiting: { start: 'cooking', ready: 'ready', unready: 'waiting', serve: null, unserve: null, void: 'voided', restore: 'waiting' },
  cooking: { start: 'cooking', ready: 'ready', unready: 'cooking', serve: null, unserve: null, void: 'voided', restore: 'cooking' },
  ready: { start: null, ready: 'ready', unready: 'cooking', serve: 'served', unserve: 'ready', void: 'voided', restore: 'ready' },
  served: { start: null, ready: null, unready: null, serve: 'served', unserve: 'ready', void: 'voided', restore: 'served' },
  voided: { start: null, ready: null, unready: null, serve: null, unserve: null, void: 'voided', restore: 'waiting' },
};

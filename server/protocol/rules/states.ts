// The life of a line, as one total table.
//
//   held --fire--> waiting --start--> cooking --ready--> ready --serve--> served
//        <--hold--    \______________ready______________/  ^ <--unserve-- /
//                  waiting/cooking <------unready--------- /
//                  waiting <------unstart------ cooking
//   any but served --void--> voided --restore--> waiting
import type { LineState } from '../domain.ts';

export type LineEvent =
  | 'fire'
  | 'hold'
  | 'start'
  | 'unstart'
  | 'ready'
  | 'unready'
  | 'serve'
  | 'unserve'
  | 'void'
  | 'restore';

/** null: not possible from there. A state that maps to itself: already so, which is fine. */
export const lineTransitions: Record<LineState, Record<LineEvent, LineState | null>> = {
  held: {
    fire: 'waiting',
    hold: 'held',
    start: null,
    unstart: null,
    ready: null,
    unready: null,
    serve: null,
    unserve: null,
    void: 'voided',
    restore: 'held',
  },
  waiting: {
    fire: 'waiting',
    hold: 'held',
    start: 'cooking',
    unstart: 'waiting',
    ready: 'ready',
    unready: 'waiting',
    serve: null,
    unserve: null,
    void: 'voided',
    restore: 'waiting',
  },
  cooking: {
    fire: 'cooking',
    hold: null,
    start: 'cooking',
    unstart: 'waiting',
    ready: 'ready',
    unready: 'cooking',
    serve: null,
    unserve: null,
    void: 'voided',
    restore: 'cooking',
  },
  ready: {
    fire: 'ready',
    hold: null,
    start: null,
    unstart: null,
    ready: 'ready',
    unready: 'cooking',
    serve: 'served',
    unserve: 'ready',
    void: 'voided',
    restore: 'ready',
  },
  served: {
    fire: 'served',
    hold: null,
    start: null,
    unstart: null,
    ready: null,
    unready: null,
    serve: 'served',
    unserve: 'ready',
    void: 'voided',
    restore: 'served',
  },
  voided: {
    fire: 'voided',
    hold: 'voided',
    start: null,
    unstart: null,
    ready: null,
    unready: null,
    serve: null,
    unserve: null,
    void: 'voided',
    restore: 'waiting',
  },
};

/** Whether nothing of the line is left to cook. */
export const isCooked = (state: LineState): boolean => state === 'ready' || state === 'served' || state === 'voided';

'use client';
// What can be done with a ticket, by whatever means: a tap, a key, a sheet. Bumps can be taken back for a few seconds.
import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useSend, useStore } from '../live/index.ts';
import type { Row, StationTicket } from './station-tickets.ts';

export interface CardActions {
  bump(card: StationTicket): void;
  /** A row is ready, or is not after all. The same function for the same card. */
  mark(card: StationTicket): (row: Row) => void;
  seen(card: StationTicket): void;
  open(card: StationTicket): void;
}

export interface Undoable {
  readonly card: StationTicket;
  /** The server's time until which it can be undone. */
  readonly until: number;
}

export const UNDO_MS = 5000;

/** `open` shows a ticket large. */
export function useCardActions(open: (card: StationTicket) => void): { actions: CardActions; undoable: Undoable | null; undo: () => void } {
  const store = useStore();
  const send = useSend();
  const [undoables, setUndoables] = useState<readonly Undoable[]>([]);
  const marks = useRef(new WeakMap<StationTicket, (row: Row) => void>());
  const undoable = undoables.at(-1) ?? null;

  useEffect(() => {
    const first = undoables[0];
    if (!first) return undefined;
    const timer = setTimeout(() => setUndoables((held) => held.filter((one) => one !== first)), Math.max(0, first.until - store.now()));
    return () => clearTimeout(timer);
  }, [store, undoables]);

  const actions = useMemo((): CardActions => {
    const targetOf = ({ order, ticket }: StationTicket) => ({ orderId: order.id, ticketId: ticket.id });
    return {
      bump: async (card) => {
        // Drawn with the board, in slices: the card itself has shown the tap by then.
        startTransition(() => setUndoables((held) => [...held, { card, until: store.now() + UNDO_MS }]));
        const result = await send({ kind: 'bump', ...targetOf(card) });
        // It may have stayed: a dish came to it that nobody here had seen.
        const gone = result.outcome === 'done' && result.order?.tickets.some(({ id, state }) => id === card.ticket.id && state === 'bumped') !== false;
        if (!gone) setUndoables((held) => held.filter((one) => one.card !== card));
      },
      mark: (card) => {
        let mark = marks.current.get(card);
        if (!mark) {
          mark = ({ line, lines }) => void send({ kind: line.state === 'ready' ? 'recall' : 'bump', ...targetOf(card), lineIds: lines.map(({ id }) => id) });
          marks.current.set(card, mark);
        }
        return mark;
      },
      seen: (card) => void send({ kind: 'acknowledge', ...targetOf(card) }),
      open,
    };
  }, [store, send, open]);

  const undo = useCallback(() => {
    if (!undoable) return;
    startTransition(() => setUndoables((held) => held.filter((one) => one !== undoable)));
    void send({ kind: 'recall', orderId: undoable.card.order.id, ticketId: undoable.card.ticket.id });
  }, [send, undoable]);
  return { actions, undoable, undo };
}

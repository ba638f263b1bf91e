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

/** `open` shows a ticket large; `undo` takes back this bump, or the last one. */
export function useCardActions(open: (card: StationTicket) => void): {
  actions: CardActions;
  undoable: Undoable | null;
  undo: (which?: Undoable) => void;
} {
  const store = useStore();
  const send = useSend();
  const [undoables, draw] = useState<readonly Undoable[]>([]);
  // Known at once, so that a finger that was too quick can be as quick to take it back; drawn with the board, in
  // slices.
  const latest = useRef(undoables);
  const change = useCallback((to: (held: readonly Undoable[]) => readonly Undoable[]) => {
    latest.current = to(latest.current);
    startTransition(() => draw(latest.current));
  }, []);
  const marks = useRef(new WeakMap<StationTicket, (row: Row) => void>());

  useEffect(() => {
    const first = undoables[0];
    if (!first) return undefined;
    const timer = setTimeout(
      () => change((held) => held.filter((one) => one !== first)),
      Math.max(0, first.until - store.now()),
    );
    return () => clearTimeout(timer);
  }, [store, change, undoables]);

  const actions = useMemo((): CardActions => {
    const targetOf = ({ order, ticket }: StationTicket) => ({ orderId: order.id, ticketId: ticket.id });
    return {
      bump: async (card) => {
        change((held) => [...held, { card, until: store.now() + UNDO_MS }]);
        const result = await send({ kind: 'bump', ...targetOf(card) });
        // It may have stayed: a dish came to it that nobody here had seen.
        const gone =
          result.outcome === 'done' &&
          result.order?.tickets.some(({ id, state }) => id === card.ticket.id && state === 'bumped') !== false;
        if (!gone) change((held) => held.filter((one) => one.card !== card));
      },
      mark: (card) => {
        let mark = marks.current.get(card);
        if (!mark) {
          mark = ({ line, lines }) =>
            void send({
              kind: line.state === 'ready' ? 'recall' : 'bump',
              ...targetOf(card),
              lineIds: lines.map(({ id }) => id),
            });
          marks.current.set(card, mark);
        }
        return mark;
      },
      seen: (card) => void send({ kind: 'acknowledge', ...targetOf(card) }),
      open,
    };
  }, [store, change, send, open]);

  const undo = useCallback(
    (which = latest.current.at(-1)) => {
      if (!which || !latest.current.includes(which)) return;
      change((held) => held.filter((one) => one !== which));
      void send({ kind: 'recall', orderId: which.card.order.id, ticketId: which.card.ticket.id });
    },
    [change, send],
  );
  return { actions, undoable: undoables.at(-1) ?? null, undo };
}

'use client';
// The actions on a ticket, shared by taps, keys and sheets. A bump can be undone for a few seconds.
import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useSend, useStore } from '../live/index.ts';
import type { Row, StationTicket } from './station-tickets.ts';

export interface TicketActions {
  bump(card: StationTicket): void;
  /** Marks a row as ready, or as not ready again. The function is the same one for the same card. */
  mark(card: StationTicket): (row: Row) => void;
  seen(card: StationTicket): void;
  open(card: StationTicket): void;
}

export interface Undoable {
  readonly card: StationTicket;
  /** The server's time until which the bump can be undone. */
  readonly until: number;
}

const BUMP_UNDO_MS = 5000;

/** `open` shows a ticket large. `undo` recalls the given bump, or the last one. */
export function useTicketActions(open: (card: StationTicket) => void): {
  actions: TicketActions;
  undoable: Undoable | null;
  undo: (which?: Undoable) => void;
} {
  const store = useStore();
  const send = useSend();
  const [undoables, draw] = useState<readonly Undoable[]>([]);
  // The ref is current at once, so that a mistaken bump can be undone immediately. The state is drawn in a transition,
  // in slices, together with the board.
  const latest = useRef(undoables);
  const change = useCallback((to: (former: readonly Undoable[]) => readonly Undoable[]) => {
    latest.current = to(latest.current);
    startTransition(() => draw(latest.current));
  }, []);
  const marks = useRef(new WeakMap<StationTicket, (row: Row) => void>());

  useEffect(() => {
    const first = undoables[0];
    if (!first) return undefined;
    const timer = setTimeout(
      () => change((former) => former.filter((undoable) => undoable !== first)),
      Math.max(0, first.until - store.now()),
    );
    return () => clearTimeout(timer);
  }, [store, change, undoables]);

  const actions = useMemo((): TicketActions => {
    const targetOf = ({ order, ticket }: StationTicket) => ({ orderId: order.id, ticketId: ticket.id });
    return {
      bump: async (card) => {
        change((former) => [...former, { card, until: store.now() + BUMP_UNDO_MS }]);
        const result = await send({ kind: 'bump', ...targetOf(card) });
        // The ticket may have stayed: it gained a dish that nobody here had seen when it was bumped.
        const gone =
          result.outcome === 'done' &&
          result.order?.tickets.some(({ id, state }) => id === card.ticket.id && state === 'bumped') !== false;
        if (!gone) change((former) => former.filter((undoable) => undoable.card !== card));
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
      change((former) => former.filter((undoable) => undoable !== which));
      void send({ kind: 'recall', orderId: which.card.order.id, ticketId: which.card.ticket.id });
    },
    [change, send],
  );
  return { actions, undoable: undoables.at(-1) ?? null, undo };
}

'use client';
// The actions on a ticket, shared by taps, keys and sheets. A bump or a start can be undone for a few seconds.
import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useSend, useStore } from '../live/index.ts';
import { howBegun, tapOn, toBegin } from './starting.ts';
import type { Row, StationTicket } from './station-tickets.ts';

export interface TicketActions {
  bump(card: StationTicket): void;
  /** Begins everything that waits on the ticket. */
  begin(card: StationTicket): void;
  /**
   * Begins a row where a tap does that, marks it as ready, or as not ready again. The function is the same one for the
   * same card.
   */
  mark(card: StationTicket): (row: Row) => void;
  seen(card: StationTicket): void;
  open(card: StationTicket): void;
}

export interface Undoable {
  readonly kind: 'bump' | 'start';
  readonly card: StationTicket;
  /** The lines that were begun. A bump is undone as a whole. */
  readonly lineIds: readonly string[];
  /** The server's time until which it can be undone. */
  readonly until: number;
}

const UNDO_MS = 5000;

/** A bump goes before starts: its ticket has left the board, while a start can be seen on its card. */
const shownOf = (undoables: readonly Undoable[]): Undoable | null =>
  undoables.findLast(({ kind }) => kind === 'bump') ?? undoables.at(-1) ?? null;

/** `open` shows a ticket large. `undo` takes back the given bump or start, or the one that is shown. */
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
    const start = async (card: StationTicket, lineIds: readonly string[]) => {
      const undoable: Undoable = { kind: 'start', card, lineIds, until: store.now() + UNDO_MS };
      change((former) => [...former, undoable]);
      const { outcome } = await send({ kind: 'start', orderId: card.order.id, lineIds: [...lineIds] });
      if (outcome !== 'done') change((former) => former.filter((other) => other !== undoable));
    };
    return {
      begin: (card) => {
        const waiting = toBegin(card);
        if (waiting.length) void start(card, idsOf(waiting));
      },
      bump: async (card) => {
        change((former) => [
          // What was begun of the ticket before is no more to be taken back.
          ...former.filter(({ card: { ticket } }) => ticket.id !== card.ticket.id),
          { kind: 'bump', card, lineIds: [], until: store.now() + UNDO_MS },
        ]);
        const result = await send({ kind: 'bump', ...targetOf(card) });
        // The ticket may have stayed: it gained a dish that nobody here had seen when it was bumped.
        const gone =
          result.outcome === 'done' &&
          result.order?.tickets.some(({ id, state }) => id === card.ticket.id && state === 'bumped') !== false;
        if (!gone) change((former) => former.filter(({ kind, card: other }) => kind !== 'bump' || other !== card));
      },
      mark: (card) => {
        let mark = marks.current.get(card);
        if (!mark) {
          mark = ({ line, lines }) => {
            const kind = tapOn(line, howBegun(card, store.view().facts.stations));
            if (kind === 'start') void start(card, idsOf(lines));
            else void send({ kind, ...targetOf(card), lineIds: idsOf(lines) });
          };
          marks.current.set(card, mark);
        }
        return mark;
      },
      seen: (card) => void send({ kind: 'acknowledge', ...targetOf(card) }),
      open,
    };
  }, [store, change, send, open]);

  const undo = useCallback(
    (which: Undoable | null = shownOf(latest.current)) => {
      if (!which || !latest.current.includes(which)) return;
      change((former) => former.filter((undoable) => undoable !== which));
      const { order, ticket } = which.card;
      if (which.kind === 'bump') void send({ kind: 'recall', orderId: order.id, ticketId: ticket.id });
      else void send({ kind: 'unstart', orderId: order.id, lineIds: [...which.lineIds] });
    },
    [change, send],
  );
  return { actions, undoable: shownOf(undoables), undo };
}

const idsOf = (lines: readonly { readonly id: string }[]): string[] => lines.map(({ id }) => id);

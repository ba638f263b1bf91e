'use client';
// A station's board.
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ScreenIdentity } from '../../server/protocol/views.ts';
import { BoardProvider, useBoard, useScreen, useSend, useShown, useStore } from '../live/index.ts';
import { EmptyBoard, ScreenRoot, Toasts } from '../ui/index.ts';
import { AllDaySheet } from './all-day-sheet.tsx';
import { KitchenFoot, type Undoable } from './kitchen-foot.tsx';
import { KitchenHeader } from './kitchen-header.tsx';
import { RecallSheet } from './recall-sheet.tsx';
import { boardTickets, type StationTicket } from './station-tickets.ts';
import { TicketGrid, usePages } from './ticket-grid.tsx';
import { useSize } from './use-size.ts';

export function KitchenScreen({ screen }: { screen: ScreenIdentity }) {
  return (
    <BoardProvider screen={screen}>
      <ScreenRoot className="flex h-dvh flex-col overflow-hidden">
        <Kitchen />
      </ScreenRoot>
    </BoardProvider>
  );
}

function Kitchen() {
  const stationId = useScreen().station?.id ?? null;
  const tickets = useBoard((view) => boardTickets(view.orders, stationId));
  useShown(useMemo(() => tickets.map(({ ticket }) => ticket), [tickets]));
  const [sheet, setSheet] = useState<'recall' | 'all-day' | null>(null);
  const [turnedTo, setPage] = useState(0);
  const { undoable, bump, undo } = useUndoableBump();
  const [area, size] = useSize();
  const layout = usePages(tickets, size);
  const pageCount = layout?.pages.length ?? 1;
  const page = Math.min(turnedTo, pageCount - 1);
  const inView = new Set(layout?.pages[page]?.map((placement) => placement.card));
  const hidden = layout ? tickets.filter((_, index) => !inView.has(index)) : [];
  return (
    <>
      <KitchenHeader tickets={tickets} onRecall={() => setSheet('recall')} onAllDay={() => setSheet('all-day')} />
      <main className="min-h-0 flex-1 p-2">
        <div ref={area} className="size-full">
          {!tickets.length && <EmptyBoard what="tickets" />}
          {layout && tickets.length > 0 && <TicketGrid tickets={tickets} layout={layout} page={page} onBump={bump} />}
        </div>
      </main>
      <KitchenFoot tickets={tickets} undoable={undoable} onUndo={undo} page={page} pageCount={pageCount} onPage={setPage} hidden={hidden} />
      <Toasts />
      {sheet === 'recall' && <RecallSheet stationId={stationId} onClose={() => setSheet(null)} />}
      {sheet === 'all-day' && <AllDaySheet tickets={tickets} onClose={() => setSheet(null)} />}
    </>
  );
}

const UNDO_MS = 5000;

function useUndoableBump(): { undoable: Undoable | null; bump: (card: StationTicket) => void; undo: () => void } {
  const store = useStore();
  const send = useSend();
  const [undoable, setUndoable] = useState<Undoable | null>(null);
  useEffect(() => {
    if (!undoable) return undefined;
    const timer = setTimeout(() => setUndoable(null), UNDO_MS);
    return () => clearTimeout(timer);
  }, [undoable]);
  const bump = useCallback(
    async (card: StationTicket) => {
      setUndoable({ card, until: store.now() + UNDO_MS });
      const { outcome } = await send({ kind: 'bump', orderId: card.order.id, ticketId: card.ticket.id });
      if (outcome !== 'done') setUndoable((held) => (held?.card === card ? null : held));
    },
    [store, send],
  );
  const undo = useCallback(() => {
    if (!undoable) return;
    setUndoable(null);
    void send({ kind: 'recall', orderId: undoable.card.order.id, ticketId: undoable.card.ticket.id });
  }, [send, undoable]);
  return { undoable, bump, undo };
}

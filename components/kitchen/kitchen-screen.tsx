'use client';
// The screen of one station, or of all stations of a kitchen: board, header, foot, keys and sounds.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ScreenIdentity } from '../../server/protocol/views.ts';
import { BoardProvider, useBoard, useBoardInSlices, useScreen, useSend, useStore } from '../live/index.ts';
import { EmptyBoard, headButton, prefer, ScreenRoot, usePreferences, useSounds } from '../ui/index.ts';
import { useFullScreen, useWakeLock } from '../ui/device.ts';
import { PAGE_IDLE_MS, useIdle } from '../ui/use-idle.ts';
import { soundsBetween } from './heard-events.ts';
import type { KeyAction } from '../keys/keys.ts';
import { useKeys } from '../keys/use-keys.ts';
import { useTicketActions } from './kitchen-actions.ts';
import { KitchenFoot } from './kitchen-foot.tsx';
import { StaffSwitch } from '../staff/staff-switch.tsx';
import { KitchenHeader } from './kitchen-header.tsx';
import { useSheets } from './sheets.ts';
import { heldSizesOf, sizesOf } from './sizes.ts';
import { SoundsContext } from './sounds-context.ts';
import { boardTickets, bumpedTickets, onlyToSee, type StationTicket } from './station-tickets.ts';
import { TicketGrid, useTicketPages, type KeyChoice } from './ticket-grid.tsx';
import { useQuickTaps } from './use-quick-taps.ts';
import { useSize } from '../cards/use-size.ts';

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
  const store = useStore();
  const send = useSend();
  const settings = usePreferences();
  const combine = useBoard((view) => view.facts.stations.find(({ id }) => id === stationId)?.combine ?? false);
  const tickets = useBoardInSlices((view) => boardTickets(view.orders, stationId, combine));
  const sounds = useKitchenSounds(stationId);
  useWakeLock(settings.awake);
  const { toggle: toggleFullScreen } = useFullScreen();

  const { sheet, open, close } = useSheets();
  const [finding, setFinding] = useState(false);
  const openTicket = useCallback((card: StationTicket) => open('ticket', card.ticket.id), [open]);
  const { actions, undoable, undo } = useTicketActions(openTicket);

  const [turnedTo, setPage] = useState(0);
  const quick = useQuickTaps();
  const [area, size] = useSize();
  const sizes = sizesOf(settings);
  const layout = useTicketPages(tickets, size, sizes, settings);
  const pageCount = layout?.pages.length ?? 1;
  const page = Math.min(turnedTo, pageCount - 1);
  useIdle(turnedTo > 0 ? PAGE_IDLE_MS : null, () => setPage(0));
  const placements = layout?.pages[page] ?? [];
  const inView = new Set(placements.map((placement) => placement.card));
  const hidden = layout ? tickets.filter((_, index) => !inView.has(index)) : [];

  const [choice, setChoice] = useState<KeyChoice | null>(null);
  const at = placements.findIndex((placement) => tickets[placement.card]?.ticket.id === choice?.ticketId);
  const chosen = at === -1 ? undefined : tickets[placements[at]!.card];
  const choose = (card: StationTicket | undefined, row: number | null = null) => {
    setChoice(card ? { ticketId: card.ticket.id, row } : null);
    // Focus moves with the choice, so that a screen reader follows it.
    if (card)
      document
        .querySelector<HTMLElement>(`article[data-ticket-id="${card.ticket.id}"]`)
        ?.focus({ preventScroll: true });
  };
  const step = (by: number) => {
    const next =
      at === -1 ? (by > 0 ? 0 : placements.length - 1) : Math.max(0, Math.min(placements.length - 1, at + by));
    choose(tickets[placements[next]?.card ?? -1]);
  };
  const stepRow = (by: number) => {
    if (!chosen) return step(by);
    const row = choice?.row ?? (by > 0 ? -1 : chosen.rows.length);
    choose(chosen, Math.max(0, Math.min(chosen.rows.length - 1, row + by)));
  };
  const turn = (to: number) => setPage(Math.max(0, Math.min(pageCount - 1, to)));
  const bumpChosen = () => {
    if (!chosen) return;
    if (onlyToSee(chosen)) return actions.seen(chosen);
    if (chosen.ticket.state === 'open') actions.bump(chosen);
    setChoice(null);
  };
  const recallLast = () => {
    const last = bumpedTickets(store.view().orders, stationId, 1)[0];
    if (last) void send({ kind: 'recall', orderId: last.order.id, ticketId: last.ticket.id });
  };
  /** Opens something else than the chosen ticket, which is then chosen no more. */
  const leave = (go: () => void) => () => {
    setChoice(null);
    go();
  };
  const doings: Record<KeyAction, () => void> = {
    bump: bumpChosen,
    mark: () =>
      chosen &&
      choice?.row !== null &&
      choice?.row !== undefined &&
      chosen.rows[choice.row] &&
      actions.mark(chosen)(chosen.rows[choice.row]!),
    start: () => chosen && actions.begin(chosen),
    seen: () => chosen?.flagged && actions.seen(chosen),
    open: () => chosen && actions.open(chosen),
    undo: () => undo(),
    'recall-last': recallLast,
    recall: leave(() => open('recall')),
    'all-day': leave(() => open('all-day')),
    'sold-out': leave(() => open('sold-out')),
    settings: leave(() => open('settings')),
    help: leave(() => open('keys')),
    find: leave(() => setFinding(true)),
    previous: () => step(-1),
    next: () => step(1),
    up: () => stepRow(-1),
    down: () => stepRow(1),
    'previous-page': () => turn(page - 1),
    'next-page': () => turn(page + 1),
    clear: () => setChoice(null),
    'start-shift': sounds.start,
    mute: () => prefer({ sounds: { ...settings.sounds, muted: !settings.sounds.muted } }),
    'full-screen': toggleFullScreen,
  };
  useKeys({
    slots: () => Math.max(0, ...placements.map(({ slot }) => slot)),
    choose: (slot) => choose(tickets[placements.find((placement) => placement.slot === slot)?.card ?? -1]),
    act: (action) => {
      doings[action]();
      return true;
    },
  });

  return (
    <SoundsContext value={sounds}>
      <KitchenHeader tickets={tickets} sounds={sounds} onOpen={open} find={[finding, setFinding]}>
        <StaffSwitch labelled className={headButton} />
      </KitchenHeader>
      <main ref={quick} className="relative min-h-0 flex-1" data-density={settings.density}>
        {/* Layout containment: the browser lays out the board and its surroundings independently. */}
        <div ref={area} className="absolute inset-x-2 inset-y-1 contain-strict">
          {!tickets.length && <EmptyBoard what="tickets" />}
          {layout && tickets.length > 0 && (
            <TicketGrid
              tickets={tickets}
              layout={layout}
              sizes={sizes}
              heldSizes={heldSizesOf(settings)}
              page={page}
              choice={choice}
              actions={actions}
            />
          )}
        </div>
      </main>
      <KitchenFoot
        tickets={tickets}
        undoable={undoable}
        onUndo={() => undo(undoable ?? undefined)}
        page={page}
        pageCount={pageCount}
        onPage={turn}
        hidden={hidden}
        onAllDay={() => open('all-day')}
      />
      {sheet && (
        <sheet.Sheet
          stationId={stationId}
          tickets={tickets}
          ticketId={sheet.ticketId}
          onOpen={open}
          actions={actions}
          onClose={close}
        />
      )}
    </SoundsContext>
  );
}

/** Plays sounds for changes of the shown board. The first board after a start makes no sound. */
function useKitchenSounds(stationId: string | null) {
  const sounds = useSounds();
  const orders = useBoardInSlices((view) => view.orders);
  const hasLiveBoard = useBoard((view) => view.rev !== null && view.restored === null);
  const before = useRef<typeof orders | null>(null);
  const { play } = sounds;
  useEffect(() => {
    if (before.current && hasLiveBoard) {
      const heard = soundsBetween(before.current, orders, stationId);
      if (heard.length) play(heard);
    }
    before.current = hasLiveBoard ? orders : null;
  }, [orders, hasLiveBoard, stationId, play]);
  return sounds;
}

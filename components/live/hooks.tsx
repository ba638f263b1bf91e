'use client';
// React's access to the board: one provider for each screen, a selector for each component, and clocks, which alone are
// drawn again each second.
import {
  createContext,
  startTransition,
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useReducer,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { orderIdOf, type CommandResult } from '../../server/protocol/commands.ts';
import type { Health, OrderView, ScreenIdentity } from '../../server/protocol/views.ts';
import { BoardStore } from './store/board-store.ts';
import type { BoardView } from './store/board-view.ts';
import type { CommandRequest } from './store/command-queue.ts';
import { BUILD } from './page/build.ts';
import type { Cause, Connection } from './connection/connection-machine.ts';
import type { ShownTicket } from './page/draw-watch.ts';
import { storePage } from './offline/service-worker.ts';

const StoreContext = createContext<BoardStore | null>(null);
const ScreenContext = createContext<ScreenIdentity | null>(null);

/** Opens the board of this screen for everything inside. */
export function BoardProvider({ screen, children }: { screen: ScreenIdentity; children: ReactNode }) {
  const [store] = useState(() => new BoardStore(screen));
  useEffect(() => {
    store.start();
    storePage(BUILD);
    return () => store.stop();
  }, [store]);
  return (
    <ScreenContext value={screen}>
      <StoreContext value={store}>
        {children}
        <InDocument />
      </StoreContext>
    </ScreenContext>
  );
}

/**
 * Tells the store that the document holds the view, in all its slices. It stands last, so that its effect runs after
 * those of all others.
 */
function InDocument() {
  const store = useStore();
  const view = useBoardInSlices((all) => all);
  useEffect(() => store.inDocument(view), [store, view]);
  return null;
}

export function useStore(): BoardStore {
  const store = useContext(StoreContext);
  if (!store) throw new Error('No BoardProvider above this component');
  return store;
}

/**
 * A value that the selector picks from the board. The component is drawn again only when the value changes.
 *
 * The server's changes are drawn as a transition: in slices, between which the page reacts to a finger.
 * (`useSyncExternalStore` draws in one piece, which takes a slow tablet 60 ms.) All components still draw the same view,
 * because the store publishes the next one only when the last is in the document. A person's own action is drawn at once.
 */
export function useBoard<T>(selector: (view: BoardView) => T): T {
  return useView(selector, false);
}

/**
 * The same for components that take long to draw: here a person's own action is drawn in slices, too. The tapped card
 * itself uses `useBoard`, and so shows the tap at once.
 */
export function useBoardInSlices<T>(selector: (view: BoardView) => T): T {
  return useView(selector, true);
}

function useView<T>(selector: (view: BoardView) => T, inSlices: boolean): T {
  const store = useStore();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const value = selector(store.view());
  const drawn = useRef({ selector, value });
  useLayoutEffect(() => {
    drawn.current = { selector, value };
  });
  useLayoutEffect(() => {
    const update = (atOnce: boolean) => {
      if (Object.is(drawn.current.value, drawn.current.selector(store.view()))) return;
      if (atOnce) redraw();
      else startTransition(redraw);
    };
    // The value may have changed since the first drawing.
    update(true);
    return store.subscribe(update, inSlices);
  }, [store, inSlices]);
  return value;
}

export function useOrder(id: string): OrderView | null {
  return useBoard((view) => view.orders.get(id) ?? null);
}

/**
 * Whether there is a board at all, of the server or of this device's memory. There is none before the page's script runs,
 * and no figure may be shown then: a 0 that nobody has read looks like a calm evening.
 */
export function useHasBoard(): boolean {
  return useBoard((view) => view.rev !== null);
}

/** How far the screen can be trusted. */
export function useLink(): { connection: Connection; cause: Cause | null } {
  const connection = useBoard((view) => view.connection);
  const cause = useBoard((view) => view.cause);
  return { connection, cause };
}

/** The same with the age of the board, in ms of whole seconds; null while it is not known. */
export function useConnection(): { connection: Connection; confirmedAgo: number | null; cause: Cause | null } {
  const store = useStore();
  const link = useLink();
  const confirmedAgo = useClock((now) => {
    const { rightAsOf } = store.view();
    return rightAsOf === null || !now ? null : Math.max(0, Math.floor((now - rightAsOf) / 1000) * 1000);
  });
  return { ...link, confirmedAgo };
}

export function useScreen(): ScreenIdentity {
  const current = useBoard((view) => view.screen);
  const first = useContext(ScreenContext);
  const screen = current ?? first;
  if (!screen) throw new Error('No BoardProvider above this component');
  return screen;
}

export function useHealth(): Health | null {
  return useBoard((view) => view.health);
}

/** Sends a command. The store gives it its id, and shows its likely result at once. */
export function useSend(): (request: CommandRequest) => Promise<CommandResult> {
  const store = useStore();
  return useCallback((request: CommandRequest) => store.send(request), [store]);
}

/** Whether a tap on this order still waits for the server. */
export function usePending(orderId: string): boolean {
  return useBoard((view) =>
    view.pending.some(({ command, doneRev }) => doneRev === null && orderIdOf(command) === orderId),
  );
}

/**
 * Confirms these tickets to the server once a frame has drawn them and nothing covers them. A screen names the tickets in
 * view: nobody sees those on its other pages. The array must stay the same object while nothing changes.
 */
export function useShown(tickets: readonly ShownTicket[]): void {
  const store = useStore();
  useEffect(() => store.show(tickets), [store, tickets]);
  useEffect(() => () => store.show([]), [store]);
}

/** The server's time in ms at the last whole second; 0 before the page is awake. Draws again each second. */
export function useNow(): number {
  return useClock((now) => now);
}

/** A value made from the server's time. Draws again only when the value changes, so it must be a primitive. */
export function useClock<T extends string | number | boolean | null>(select: (now: number) => T): T {
  const store = useStore();
  return useSyncExternalStore(
    store.subscribeTicks,
    () => select(store.tick()),
    () => select(0),
  );
}

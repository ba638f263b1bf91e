'use client';
// How React reads the board: one provider a screen, a selector per component, and clocks that alone draw themselves
// again each second.
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
import { keepPage } from './offline/service-worker.ts';

const StoreContext = createContext<BoardStore | null>(null);
const ScreenContext = createContext<ScreenIdentity | null>(null);

/** Opens the board of this screen for everything inside. */
export function BoardProvider({ screen, children }: { screen: ScreenIdentity; children: ReactNode }) {
  const [store] = useState(() => new BoardStore(screen));
  useEffect(() => {
    store.start();
    keepPage(BUILD);
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
 * Whatever is in the document now is that of this view, in all its slices. It stands last: the effects of all others
 * have run before.
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
 * What the selector picks from the board; draws again only when that is another value. What the server sends is drawn
 * as a transition: in slices, between which a finger is heard. (`useSyncExternalStore` draws in one piece, which takes
 * a slow tablet 60 ms.) Since the store shows nothing further of the server's before the last is in the document, all
 * components draw the same view; what a person does is drawn at once, with all that waits.
 */
export function useBoard<T>(selector: (view: BoardView) => T): T {
  return useView(selector, false);
}

/**
 * The same for what takes long to draw: what a person does is drawn in slices here, too. Whatever was tapped shows it
 * at once by `useBoard`.
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
    const look = (atOnce: boolean) => {
      if (Object.is(drawn.current.value, drawn.current.selector(store.view()))) return;
      if (atOnce) redraw();
      else startTransition(redraw);
    };
    // It may have changed since this component was drawn for the first time.
    look(true);
    return store.subscribe(look, inSlices);
  }, [store, inSlices]);
  return value;
}

export function useOrder(id: string): OrderView | null {
  return useBoard((view) => view.orders.get(id) ?? null);
}

/** How far the screen can be trusted; draws again only when that changes. */
export function useLink(): { connection: Connection; cause: Cause | null } {
  const connection = useBoard((view) => view.connection);
  const cause = useBoard((view) => view.cause);
  return { connection, cause };
}

/**
 * The same with the age of what is shown, in whole seconds as ms, null while that is not known: draws again when that
 * is another one.
 */
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
  const held = useBoard((view) => view.screen);
  const first = useContext(ScreenContext);
  const screen = held ?? first;
  if (!screen) throw new Error('No BoardProvider above this component');
  return screen;
}

export function useHealth(): Health | null {
  return useBoard((view) => view.health);
}

/** Sends a command; the store gives it its id, and shows it at once. */
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
 * Confirms these tickets to the server once a frame has drawn them. For every screen that shows tickets: those in view,
 * and those that it counts as not in view. The array must stay the same one while nothing changes.
 */
export function useShown(tickets: readonly ShownTicket[]): void {
  const store = useStore();
  useEffect(() => store.show(tickets), [store, tickets]);
  useEffect(() => () => store.show([]), [store]);
}

/** The server's time in ms at the last whole second, 0 before the page is awake: draws again each second. */
export function useNow(): number {
  return useClock((now) => now);
}

/** A value made from the server's time; draws again only when the value changes, so it must be a primitive. */
export function useClock<T extends string | number | boolean | null>(select: (now: number) => T): T {
  const store = useStore();
  return useSyncExternalStore(
    store.subscribeTicks,
    () => select(store.tick()),
    () => select(0),
  );
}

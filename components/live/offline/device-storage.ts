// The data of one screen on its device: its undecided taps and its last board. It also decides when a page shows the
// board that an earlier page stored: only while the server cannot be reached.
import type { ScreenIdentity } from '../../../server/protocol/views.ts';
import type { BoardState } from '../board/board-state.ts';
import { BoardStorage, type StoredBoard } from './board-storage.ts';
import { openKeyValueStore, type KeyValueStore } from './key-value-store.ts';
import { forgetPage } from './service-worker.ts';
import { TapStorage } from './tap-storage.ts';

/** A page waits so long for the server before it shows a stored board. */
const RESTORE_MS = 1500;

const identityOf = ({ deviceId, person }: Pick<ScreenIdentity, 'deviceId' | 'person'>): string =>
  encodeURIComponent(person ? `${deviceId} ${person.id}` : deviceId);

/** Deletes all data of this screen on this device, when its person signs out. Await it before the page is left. */
export async function forgetScreen(screen: Pick<ScreenIdentity, 'deviceId' | 'person'>): Promise<void> {
  const store = openKeyValueStore();
  const identity = identityOf(screen);
  await Promise.all([forgetPage(), store?.clear(`board/${identity}/`), store?.clear(`taps/${identity}/`)]).catch(
    () => {},
  );
}

interface CurrentBoard {
  readonly state: BoardState;
  /** Null while the board was never confirmed: it is then not stored. */
  readonly rightAsOf: number | null;
  readonly serverAhead: number;
}

export class DeviceStorage {
  readonly #screen: ScreenIdentity;
  readonly #changed: () => void;
  readonly #boards: BoardStorage | null;
  #reading: 'not-yet' | 'begun' | 'over' = 'not-yet';
  #restored: StoredBoard | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #current: () => CurrentBoard | null = () => null;
  /** Null where this device cannot store. */
  readonly taps: TapStorage | null;

  /** @param changed called when `restored` has changed */
  constructor(screen: ScreenIdentity, changed: () => void, store: KeyValueStore | null = openKeyValueStore()) {
    this.#screen = screen;
    this.#changed = changed;
    const identity = identityOf(screen);
    this.taps = store && new TapStorage(store, identity);
    this.#boards = store && new BoardStorage(store, identity);
  }

  /** The board of an earlier page, while it is to be shown. */
  get restored(): StoredBoard | null {
    return this.#restored;
  }

  /** Restores the stored board after a while, unless `restoreNow` is called or the server's board comes first. */
  start(): void {
    this.#timer = setTimeout(() => this.restoreNow(), RESTORE_MS);
    // Without this a browser that needs room may delete the data. It decides without asking the user.
    if (typeof navigator !== 'undefined') void navigator.storage?.persist?.().catch(() => false);
  }

  /** The server cannot be reached: there is nothing to wait for. */
  restoreNow(): void {
    clearTimeout(this.#timer);
    if (this.#reading !== 'not-yet' || !this.#boards) return;
    this.#reading = 'begun';
    void this.#boards.read(this.#screen).then((stored) => {
      if (this.#reading !== 'begun') return;
      this.#restored = stored;
      this.#changed();
    });
  }

  /** The server's board is there: it replaces the restored one, and is stored at the next idle moment. */
  storeBoard(current: () => CurrentBoard | null): void {
    this.#reading = 'over';
    this.#restored = null;
    clearTimeout(this.#timer);
    this.#current = current;
    this.#boards?.writeSoon(() => {
      const board = this.#current();
      return board && board.rightAsOf !== null ? { ...board, rightAsOf: board.rightAsOf } : null;
    });
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#boards?.stop();
  }

  /** Deletes the board and the page, because the person here now may not see them. The queue deletes the taps. */
  forget(): void {
    this.#reading = 'over';
    this.#restored = null;
    this.stop();
    void this.#boards?.clear();
    void forgetPage();
  }
}

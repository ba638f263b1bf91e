// What a screen keeps on its device, and when it shows what an earlier page kept: only where the server cannot be
// reached, and only as what it is.
import type { ScreenIdentity } from '../../../server/protocol/views.ts';
import type { BoardState } from '../board/board-state.ts';
import { BoardKeeper, type KeptBoard } from './kept-board.ts';
import { KeptTaps } from './kept-taps.ts';
import { openShelf, type Shelf } from './shelf.ts';
import { forgetPage } from './service-worker.ts';

/** So long a page waits for the server before it shows what this device kept of an earlier one. */
const RESTORE_MS = 1500;

const identityOf = ({ deviceId, person }: Pick<ScreenIdentity, 'deviceId' | 'person'>): string =>
  encodeURIComponent(person ? `${deviceId} ${person.id}` : deviceId);

/**
 * Takes off this device all that it keeps of this screen: for whoever signs out. To be waited for before the page is
 * left.
 */
export async function forgetScreen(screen: Pick<ScreenIdentity, 'deviceId' | 'person'>): Promise<void> {
  const shelf = openShelf();
  const identity = identityOf(screen);
  await Promise.all([forgetPage(), shelf?.clear(`board/${identity}/`), shelf?.clear(`taps/${identity}/`)]).catch(
    () => {},
  );
}

export class Keeping {
  readonly #screen: ScreenIdentity;
  readonly #changed: () => void;
  readonly #board: BoardKeeper | null;
  #reading: 'not-yet' | 'begun' | 'over' = 'not-yet';
  #shown: KeptBoard | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #look: () => { state: BoardState; rightAsOf: number | null; serverAhead: number } | null = () => null;
  /** Null where this device keeps nothing. */
  readonly taps: KeptTaps | null;

  constructor(screen: ScreenIdentity, changed: () => void, shelf: Shelf | null = openShelf()) {
    this.#screen = screen;
    this.#changed = changed;
    const identity = identityOf(screen);
    this.taps = shelf && new KeptTaps(shelf, identity);
    this.#board = shelf && new BoardKeeper(shelf, identity);
  }

  /** The board of an earlier page, where it is to be shown; null otherwise. */
  get shown(): KeptBoard | null {
    return this.#shown;
  }

  /** Shows what is kept after a while, unless `giveUpWaiting` says earlier that the server is away. */
  start(): void {
    this.#timer = setTimeout(() => this.giveUpWaiting(), RESTORE_MS);
    // Otherwise a browser may throw away what is kept when it needs room. It decides by itself, and asks nobody.
    if (typeof navigator !== 'undefined') void navigator.storage?.persist?.().catch(() => false);
  }

  giveUpWaiting(): void {
    clearTimeout(this.#timer);
    if (this.#reading !== 'not-yet' || !this.#board) return;
    this.#reading = 'begun';
    void this.#board.read(this.#screen).then((kept) => {
      if (this.#reading !== 'begun') return;
      this.#shown = kept;
      this.#changed();
    });
  }

  /** The board is there: what was kept before is of no use any more. This one is kept at the next idle moment. */
  keep(look: () => { state: BoardState; rightAsOf: number | null; serverAhead: number } | null): void {
    this.#reading = 'over';
    this.#shown = null;
    clearTimeout(this.#timer);
    this.#look = look;
    this.#board?.want(() => {
      const board = this.#look();
      return board && board.rightAsOf !== null ? { ...board, rightAsOf: board.rightAsOf } : null;
    });
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#board?.stop();
  }

  /** Whoever is here now may not see it. The queue takes the taps off by itself. */
  forget(): void {
    this.#reading = 'over';
    this.#shown = null;
    this.stop();
    void this.#board?.clear();
    void forgetPage();
  }
}

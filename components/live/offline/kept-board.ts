// The last board of one identity, kept on this device for a reload while the server is away. It is written at idle
// moments, and only what changed since the last time, so that a large board costs no more than a small one; and it is
// only ever shown as what it is: the board as it was then. Nothing is built on it: the server is asked for the whole
// board, whatever is kept here.
import * as z from 'zod/mini';
import { PROTOCOL_VERSION } from '../../../server/protocol/messages.ts';
import { BoardFacts, OrderView, ScreenIdentity } from '../../../server/protocol/views.ts';
import { sameBoard, type BoardState } from '../board/board-state.ts';
import type { Shelf } from './shelf.ts';

/** Open orders go before closed ones. A board beyond this is shown as far as it goes, and says how much is left out. */
export const MOST_ORDERS = 2000;
const EVERY_MS = 5000;
const IDLE_WITHIN_MS = 2000;

const About = z.object({
  protocolVersion: z.number(),
  screen: ScreenIdentity,
  rev: z.number(),
  /** The server's time, in ms, as of which this was all there was. */
  rightAsOf: z.number(),
  /** How far the server's clock was ahead of this device's, in ms. */
  serverAhead: z.number(),
  facts: BoardFacts,
  leftOut: z.number(),
});

export interface KeptBoard {
  readonly rev: number;
  readonly rightAsOf: number;
  readonly serverAhead: number;
  readonly facts: BoardFacts;
  readonly orders: ReadonlyMap<string, OrderView>;
  /** Orders that were on the board and are not kept. */
  readonly leftOut: number;
}

export interface BoardToKeep {
  readonly state: BoardState;
  readonly rightAsOf: number;
  readonly serverAhead: number;
}

/** Calls back when the page has nothing better to do; returns how to call that off. */
export type Idle = (work: () => void) => () => void;

export class BoardKeeper {
  readonly #shelf: Shelf;
  readonly #prefix: string;
  readonly #idle: Idle;
  #written: ReadonlyMap<string, OrderView> | null = null;
  #last = -Infinity;
  #waiting: (() => void) | null = null;
  #writing = false;
  #over = false;

  constructor(shelf: Shelf, identity: string, idle: Idle = whenIdle) {
    this.#shelf = shelf;
    this.#prefix = `board/${identity}/`;
    this.#idle = idle;
  }

  /** @returns null where nothing is kept, or nothing that is this screen's and can be read */
  async read(screen: ScreenIdentity): Promise<KeptBoard | null> {
    try {
      const kept = await this.#shelf.read(this.#prefix);
      const about = About.safeParse(kept.get(`${this.#prefix}about`));
      if (!about.success || about.data.protocolVersion !== PROTOCOL_VERSION || !sameBoard(about.data.screen, screen))
        return null;
      const orders = new Map<string, OrderView>();
      for (const [key, value] of kept) {
        if (key === `${this.#prefix}about`) continue;
        const order = OrderView.safeParse(value);
        if (!order.success) return null;
        orders.set(order.data.id, order.data);
      }
      return { ...about.data, orders };
    } catch {
      return null;
    }
  }

  /**
   * Keeps the board soon, at an idle moment and every five seconds at most; `look` is asked then, and may answer that
   * there is none.
   */
  want(look: () => BoardToKeep | null): void {
    if (this.#waiting || this.#over) return;
    const timer = setTimeout(
      () => {
        this.#waiting = this.#idle(() => {
          this.#waiting = null;
          const board = look();
          if (board) void this.write(board);
        });
      },
      Math.max(0, this.#last + EVERY_MS - performance.now()),
    );
    this.#waiting = () => clearTimeout(timer);
  }

  async write({ state, rightAsOf, serverAhead }: BoardToKeep): Promise<void> {
    if (this.#writing || this.#over || state.rev === null || !state.screen) return;
    this.#writing = true;
    this.#last = performance.now();
    try {
      const orders = cut(state.orders);
      const before = this.#written ?? new Map<string, OrderView>();
      const put = new Map<string, unknown>();
      for (const [id, order] of orders) if (before.get(id) !== order) put.set(this.#keyOf(id), order);
      const drop = this.#written
        ? [...before.keys()].filter((id) => !orders.has(id)).map((id) => this.#keyOf(id))
        : await this.#others(orders);
      const about: z.infer<typeof About> = {
        protocolVersion: PROTOCOL_VERSION,
        screen: state.screen,
        rev: state.rev,
        rightAsOf,
        serverAhead,
        facts: state.facts,
        leftOut: state.orders.size - orders.size,
      };
      put.set(`${this.#prefix}about`, about);
      await this.#shelf.write({ put, drop });
      this.#written = orders;
    } catch {
      // Full, or not allowed to: what is there may be of any age, and says so. The next time all is written.
      this.#written = null;
    } finally {
      this.#writing = false;
      if (this.#over) void this.#forget();
    }
  }

  /** Takes the board off this device for good: nothing is kept from now on. */
  async clear(): Promise<void> {
    this.stop();
    this.#over = true;
    if (!this.#writing) await this.#forget();
  }

  stop(): void {
    this.#waiting?.();
    this.#waiting = null;
  }

  async #forget(): Promise<void> {
    await this.#shelf.clear(this.#prefix).catch(() => {});
  }

  /** What an earlier page kept and this board does not have. */
  async #others(orders: ReadonlyMap<string, OrderView>): Promise<string[]> {
    const wanted = new Set([...orders.keys()].map((id) => this.#keyOf(id)));
    return [...(await this.#shelf.read(this.#prefix)).keys()].filter((key) => !wanted.has(key));
  }

  #keyOf(orderId: string): string {
    return `${this.#prefix}order/${orderId}`;
  }
}

function cut(orders: ReadonlyMap<string, OrderView>): ReadonlyMap<string, OrderView> {
  if (orders.size <= MOST_ORDERS) return orders;
  const open = [...orders].filter(([, { closedAt }]) => closedAt === null);
  const closed = [...orders].filter(([, { closedAt }]) => closedAt !== null);
  return new Map([...open, ...closed].slice(0, MOST_ORDERS));
}

/** Not every browser has idle callbacks. */
function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(work, 200);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(work, { timeout: IDLE_WITHIN_MS });
  return () => cancelIdleCallback(handle);
}

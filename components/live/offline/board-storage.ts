// Stores the last board of one identity on this device, for a reload while the server is away. It is written at idle
// moments, and only the orders that changed since the last write, so that a large board costs no more than a small one.
// A stored board is only ever shown as an old one, and no delta is applied to it: the page asks the server for the whole
// board in any case.
import * as z from 'zod/mini';
import { PROTOCOL_VERSION } from '../../../server/protocol/messages.ts';
import { BoardFacts, OrderView, ScreenIdentity } from '../../../server/protocol/views.ts';
import { sameBoard, type BoardState } from '../board/board-state.ts';
import type { KeyValueStore } from './key-value-store.ts';

/** Orders beyond this are left out, closed ones first; the screen then says how many are missing. */
export const MOST_ORDERS = 2000;
/** Between two writes. */
const EVERY_MS = 5000;
/** A page that is never idle writes after this time all the same. */
const IDLE_WITHIN_MS = 2000;

const About = z.object({
  protocolVersion: z.number(),
  screen: ScreenIdentity,
  rev: z.number(),
  /** The server's time, in ms, at which this board was complete. */
  rightAsOf: z.number(),
  /** How far the server's clock was ahead of this device's, in ms. */
  serverAhead: z.number(),
  facts: BoardFacts,
  leftOut: z.number(),
});

export interface StoredBoard {
  readonly rev: number;
  readonly rightAsOf: number;
  readonly serverAhead: number;
  readonly facts: BoardFacts;
  readonly orders: ReadonlyMap<string, OrderView>;
  /** The number of orders that were on the board and are not stored. */
  readonly leftOut: number;
}

export interface BoardToStore {
  readonly state: BoardState;
  readonly rightAsOf: number;
  readonly serverAhead: number;
}

/** Calls back when the page is idle. @returns a function that cancels the call */
export type Idle = (work: () => void) => () => void;

export class BoardStorage {
  readonly #store: KeyValueStore;
  readonly #prefix: string;
  readonly #idle: Idle;
  #written: ReadonlyMap<string, OrderView> | null = null;
  #last = -Infinity;
  #waiting: (() => void) | null = null;
  #writing = false;
  #over = false;

  constructor(store: KeyValueStore, identity: string, idle: Idle = whenIdle) {
    this.#store = store;
    this.#prefix = `board/${identity}/`;
    this.#idle = idle;
  }

  /** @returns null where no board of this screen is stored, or where it cannot be read */
  async read(screen: ScreenIdentity): Promise<StoredBoard | null> {
    try {
      const kept = await this.#store.read(this.#prefix);
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
   * Writes the board soon, at an idle moment and every five seconds at most.
   * @param current called at that moment for the board to write; null where there is none
   */
  writeSoon(current: () => BoardToStore | null): void {
    if (this.#waiting || this.#over) return;
    const timer = setTimeout(
      () => {
        this.#waiting = this.#idle(() => {
          this.#waiting = null;
          const board = current();
          if (board) void this.write(board);
        });
      },
      Math.max(0, this.#last + EVERY_MS - performance.now()),
    );
    this.#waiting = () => clearTimeout(timer);
  }

  async write({ state, rightAsOf, serverAhead }: BoardToStore): Promise<void> {
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
      await this.#store.write({ put, drop });
      this.#written = orders;
    } catch {
      // The device is full, or may not store. The next write is a full one; an older board that is still stored tells
      // its age.
      this.#written = null;
    } finally {
      this.#writing = false;
      if (this.#over) void this.#forget();
    }
  }

  /** Deletes the board, and writes none from now on. */
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
    await this.#store.clear(this.#prefix).catch(() => {});
  }

  /** The keys that an earlier page stored for orders that this board does not have. */
  async #others(orders: ReadonlyMap<string, OrderView>): Promise<string[]> {
    const wanted = new Set([...orders.keys()].map((id) => this.#keyOf(id)));
    return [...(await this.#store.read(this.#prefix)).keys()].filter((key) => !wanted.has(key));
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

/** Safari has no idle callbacks. */
function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(work, 200);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(work, { timeout: IDLE_WITHIN_MS });
  return () => cancelIdleCallback(handle);
}

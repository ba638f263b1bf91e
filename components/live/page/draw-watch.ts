// Watches that the board is really drawn. The page confirms drawn tickets to the server, says so when it draws slowly,
// and is loaded again when it has stopped drawing. A ticket is drawn when a frame has shown it after React put it into
// the document. A page that is hidden or frozen draws no frames, so it confirms nothing.

export interface ShownTicket {
  readonly id: string;
  readonly firedAt: string;
}

export interface DrawWatchDeps {
  /** Tells the server that this screen has drawn these tickets as of this rev. @returns whether it was sent */
  readonly confirm: (rev: number, ticketIds: string[]) => boolean;
  /** Calls back after the next frame has been drawn. */
  readonly afterFrame: (done: () => void) => void;
  /** Whether something, such as a sheet, lies over the board. */
  readonly covered: () => boolean;
  readonly now: () => number;
}

/** At most twice a second. */
const CONFIRM_MS = 500;
export const MOST_AT_ONCE = 500;
/**
 * A page that runs and is visible has stopped drawing when it gets no frame for this long, or does not draw a change.
 */
const STUCK_MS = 15_000;
/** A check that comes so late shows that the page did not run, so that nothing can be said about its drawing. */
const LATE_CHECK_MS = 2000;
const LATELY_MS = 10_000;
const KEPT_LAGS = 20;

export class DrawWatch {
  readonly #deps: DrawWatchDeps;
  #shown: readonly ShownTicket[] = [];
  #drawnRev: number | null = null;
  #drawn: readonly ShownTicket[] = [];
  /** By ticket, the `firedAt` that was last confirmed to the server. */
  readonly #confirmed = new Map<string, string>();
  #confirmedAt = -Infinity;
  /** The newest change that the store has published and no frame has shown. */
  #waiting: { rev: number; since: number } | null = null;
  #frameAskedAt: number | null = null;
  #checkedAt: number | null = null;
  #lags: { at: number; ms: number }[] = [];

  constructor(deps: DrawWatchDeps) {
    this.#deps = deps;
  }

  /** The screen has put these tickets into the document, where a person can see them. */
  show(tickets: readonly ShownTicket[]): void {
    this.#shown = tickets;
    // A turned page changes what is in view, and not the board: no change follows that would be drawn.
    if (this.#drawnRev !== null)
      this.#deps.afterFrame(() => {
        if (this.#shown === tickets) this.#drawn = tickets;
      });
  }

  /** The store has published this change. */
  published(rev: number | null): void {
    if (rev === null) return;
    this.#waiting = { rev, since: this.#waiting?.since ?? this.#deps.now() };
  }

  /** The document holds this change now: it counts as drawn after the next frame. */
  inDocument(rev: number | null): void {
    if (rev === null) return;
    const shown = this.#shown;
    this.#deps.afterFrame(() => this.#seen(rev, shown));
  }

  /** The server may have missed the confirmations of these tickets, or of all: they are sent again. */
  tellAgain(ticketIds?: readonly string[]): void {
    if (!ticketIds) this.#confirmed.clear();
    else for (const id of ticketIds) this.#confirmed.delete(id);
  }

  /** The times that the last changes took to be drawn, in ms. */
  get lags(): readonly { at: number; ms: number }[] {
    return this.#lags;
  }

  /** The median of the last seconds; 0 where there was no change. */
  get usualLag(): number {
    const sorted = this.#recent.map(({ ms }) => ms).toSorted((a, b) => a - b);
    return sorted[sorted.length >> 1] ?? 0;
  }

  /**
   * Whether there is time for cards to glide to their places: they are drawn within two frames, and not all the time. On
   * a board that changes twice a second they would hardly ever stand still.
   */
  get calm(): boolean {
    return this.usualLag <= 34 && this.#recent.length < KEPT_LAGS;
  }

  get #recent(): readonly { at: number; ms: number }[] {
    const since = this.#deps.now() - LATELY_MS;
    return this.#lags.filter(({ at }) => at >= since);
  }

  /** To be called several times a second. @returns whether the page has stopped drawing */
  check(visible: boolean): boolean {
    const now = this.#deps.now();
    const ran = this.#checkedAt !== null && now - this.#checkedAt < LATE_CHECK_MS;
    this.#checkedAt = now;
    if (!visible || !ran) {
      // Time in which nothing could be drawn does not count.
      this.#frameAskedAt = null;
      if (this.#waiting) this.#waiting = { ...this.#waiting, since: now };
      return false;
    }
    this.#confirm(now);
    if (this.#frameAskedAt === null) {
      this.#frameAskedAt = now;
      const asked = now;
      this.#deps.afterFrame(() => {
        if (this.#frameAskedAt === asked) this.#frameAskedAt = null;
      });
    }
    const late = (since: number | undefined | null) => since !== null && since !== undefined && now - since > STUCK_MS;
    return late(this.#frameAskedAt) || late(this.#waiting?.since);
  }

  #seen(rev: number, shown: readonly ShownTicket[]): void {
    const now = this.#deps.now();
    this.#drawnRev = rev;
    this.#drawn = shown;
    if (this.#waiting) {
      this.#lags = [...this.#lags, { at: now, ms: now - this.#waiting.since }].slice(-KEPT_LAGS);
      if (this.#waiting.rev <= rev) this.#waiting = null;
      else this.#waiting = { ...this.#waiting, since: now };
    }
    this.#confirm(now);
  }

  #confirm(now: number): void {
    // What a sheet covers nobody sees: it is confirmed once the sheet is closed.
    if (this.#drawnRev === null || now - this.#confirmedAt < CONFIRM_MS || this.#deps.covered()) return;
    const news = this.#drawn.filter(({ id, firedAt }) => this.#confirmed.get(id) !== firedAt).slice(0, MOST_AT_ONCE);
    if (
      !news.length ||
      !this.#deps.confirm(
        this.#drawnRev,
        news.map(({ id }) => id),
      )
    )
      return;
    this.#confirmedAt = now;
    // Tickets that left the screen are forgotten.
    const drawn = new Set(this.#drawn.map(({ id }) => id));
    for (const id of this.#confirmed.keys()) if (!drawn.has(id)) this.#confirmed.delete(id);
    for (const { id, firedAt } of news) this.#confirmed.set(id, firedAt);
  }
}

/**
 * Calls back after the next frame has been drawn: a message posted in an animation frame is handled after it. While the
 * page is hidden there is no frame, and no call.
 */
export function afterFrame(done: () => void): void {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener(
      'message',
      () => {
        port1.close();
        done();
      },
      { once: true },
    );
    port1.start();
    port2.postMessage(null);
  });
}

// Whether what the store holds is really on the screen: what a page has drawn is confirmed to the server, one that is
// slow to draw says so, and one that has stopped drawing is started again. Drawn is what a frame has shown after React
// put it into the document; a page that is hidden or frozen draws no frames, so it confirms nothing.

export interface ShownTicket {
  readonly id: string;
  readonly firedAt: string;
}

export interface DrawWatchDeps {
  /** Tells the server which tickets this screen has drawn, as of which change. @returns whether it was on its way */
  readonly confirm: (rev: number, ticketIds: string[]) => boolean;
  /** Calls back after the next frame has been drawn. */
  readonly afterFrame: (done: () => void) => void;
  readonly now: () => number;
}

/** At most twice a second. */
const CONFIRM_MS = 500;
export const MOST_AT_ONCE = 500;
/**
 * Without a frame, or with a change that is not drawn, for so long although the page runs and is visible: it has
 * stopped drawing.
 */
const STUCK_MS = 15_000;
/** A look that comes so late says that the page did not run, which is another matter. */
const LATE_LOOK_MS = 2000;
const LATELY_MS = 10_000;
const KEPT_LAGS = 20;

export class DrawWatch {
  readonly #deps: DrawWatchDeps;
  #shown: readonly ShownTicket[] = [];
  #drawnRev: number | null = null;
  #drawn: readonly ShownTicket[] = [];
  /** By ticket, as of which fire the server was told that it is on the screen. */
  readonly #confirmed = new Map<string, string>();
  #confirmedAt = -Infinity;
  /** The newest change that the store has published and no frame has shown, and since when. */
  #waiting: { rev: number; since: number } | null = null;
  #frameAskedAt: number | null = null;
  #lookedAt: number | null = null;
  #lags: { at: number; ms: number }[] = [];

  constructor(deps: DrawWatchDeps) {
    this.#deps = deps;
  }

  /**
   * The tickets that the screen shows, or counts as not in view. Called by the screen when it has put them into the
   * document.
   */
  show(tickets: readonly ShownTicket[]): void {
    this.#shown = tickets;
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

  /** The server may not have got what it was told of these tickets, or of any: it is told again. */
  tellAgain(ticketIds?: readonly string[]): void {
    if (!ticketIds) this.#confirmed.clear();
    else for (const id of ticketIds) this.#confirmed.delete(id);
  }

  /** How long changes took to be drawn, lately, in ms with the times at which they were. */
  get lags(): readonly { at: number; ms: number }[] {
    return this.#lags;
  }

  /** The median of the last ones; 0 where there was none lately. */
  get usualLag(): number {
    const sorted = this.#recent.map(({ ms }) => ms).toSorted((a, b) => a - b);
    return sorted[sorted.length >> 1] ?? 0;
  }

  /**
   * Whether there is time for things to glide to their place: they are drawn within two frames, and not all the time.
   * On a board that changes twice a second they would hardly ever stand.
   */
  get calm(): boolean {
    return this.usualLag <= 34 && this.#recent.length < KEPT_LAGS;
  }

  get #recent(): readonly { at: number; ms: number }[] {
    const since = this.#deps.now() - LATELY_MS;
    return this.#lags.filter(({ at }) => at >= since);
  }

  /** Looked at several times a second. @returns whether the page has stopped drawing */
  look(visible: boolean): boolean {
    const now = this.#deps.now();
    const ran = this.#lookedAt !== null && now - this.#lookedAt < LATE_LOOK_MS;
    this.#lookedAt = now;
    if (!visible || !ran) {
      // Time in which nothing could be drawn counts for nothing.
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
    if (this.#drawnRev === null || now - this.#confirmedAt < CONFIRM_MS) return;
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
    // What left the screen need not be remembered.
    const held = new Set(this.#drawn.map(({ id }) => id));
    for (const id of this.#confirmed.keys()) if (!held.has(id)) this.#confirmed.delete(id);
    for (const { id, firedAt } of news) this.#confirmed.set(id, firedAt);
  }
}

/**
 * After the next frame has been drawn: a message posted in an animation frame is handled after it. Never while the page
 * is hidden.
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

// When this page may have missed something without being told: the device slept, the page was frozen or hidden or came
// back from the browser's cache, the network came back, a clock jumped. Some devices end sockets in their sleep without
// an event.

export interface Waking {
  /** What the socket says about itself is not to be believed until the server has spoken. */
  readonly woke: () => void;
  /** The device says that it has no network. */
  readonly lost: () => void;
}

/** Between two looks, in ms: more than this, and the page was not running. */
const GAP_MS = 3000;
/** The device's date moved so much against its monotonic clock: it slept, or somebody set it. */
const JUMP_MS = 1500;

/** @returns how to stop listening */
export function listenForWaking({ woke, lost }: Waking): () => void {
  const visible = () => document.visibilityState !== 'hidden' && woke();
  const shownAgain = (event: PageTransitionEvent) => event.persisted && woke();
  document.addEventListener('visibilitychange', visible);
  document.addEventListener('resume', woke);
  addEventListener('pageshow', shownAgain);
  addEventListener('online', visible);
  addEventListener('offline', lost);
  return () => {
    document.removeEventListener('visibilitychange', visible);
    document.removeEventListener('resume', woke);
    removeEventListener('pageshow', shownAgain);
    removeEventListener('online', visible);
    removeEventListener('offline', lost);
  };
}

/** Looked at several times a second: tells a sleep from the two clocks of the device. */
export class SleepWatch {
  #monotonic: number | null = null;
  #date = 0;

  /** @returns whether the page may have slept since the last look */
  slept(monotonic: number, date: number): boolean {
    const before = this.#monotonic;
    const passed = before === null ? 0 : monotonic - before;
    const jumped = before !== null && Math.abs(date - this.#date - passed) > JUMP_MS;
    this.#monotonic = monotonic;
    this.#date = date;
    return passed > GAP_MS || jumped;
  }
}

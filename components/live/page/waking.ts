// Notices moments after which this page may have missed something: the device slept, the page was frozen or hidden or
// came back from the browser's cache, the network came back, a clock jumped. Some devices end sockets in their sleep
// without an event.

export interface Waking {
  /** The socket's own state is not to be trusted until a message of the server has come. */
  readonly woke: () => void;
  /** The device has lost its network. */
  readonly lost: () => void;
}

/** The page was not running when two checks are further apart than this. */
const GAP_MS = 3000;
/** The device slept, or its date was set, when the date moves by more than this against the monotonic clock. */
const JUMP_MS = 1500;

/** @returns a function that stops listening */
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

/** Recognises a sleep by the two clocks of the device. To be asked several times a second. */
export class SleepWatch {
  #monotonic: number | null = null;
  #date = 0;

  /** @returns whether the page may have slept since the last call */
  slept(monotonic: number, date: number): boolean {
    const before = this.#monotonic;
    const passed = before === null ? 0 : monotonic - before;
    const jumped = before !== null && Math.abs(date - this.#date - passed) > JUMP_MS;
    this.#monotonic = monotonic;
    this.#date = date;
    return passed > GAP_MS || jumped;
  }
}

// Loads this page anew: at a quiet moment where its code is older than the server (nobody tapped for ten seconds and no tap would be
// lost), at once where it has stopped drawing. At most once a minute, so that neither can make a screen useless.

const QUIET_MS = 10_000;
const AGAIN_MS = 60_000;
const KEY = 'heard:reloaded-at';

export class QuietReload {
  readonly #mayReload: () => boolean;
  #lastTap = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #tapped = () => {
    this.#lastTap = performance.now();
  };

  constructor(mayReload: () => boolean) {
    this.#mayReload = mayReload;
  }

  start(): void {
    addEventListener('pointerdown', this.#tapped, true);
    addEventListener('keydown', this.#tapped, true);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    removeEventListener('pointerdown', this.#tapped, true);
    removeEventListener('keydown', this.#tapped, true);
  }

  want(): void {
    this.#timer ??= setInterval(() => {
      if (performance.now() - this.#lastTap > QUIET_MS && this.#mayReload()) this.now();
    }, 1000);
  }

  /** The server serves no other build any more. */
  unwant(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  now(): void {
    // The device's date: only the distance counts, and one that was set elsewhere must not forbid it.
    const reloadedAt = Number(sessionStorage.getItem(KEY) ?? 0);
    if (Math.abs(Date.now() - reloadedAt) < AGAIN_MS) return;
    sessionStorage.setItem(KEY, String(Date.now()));
    location.reload();
  }
}

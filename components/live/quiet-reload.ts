// Reloads a page whose code is older than the server, at a quiet moment: nobody tapped for ten seconds and no tap is on its way.
// At most once a minute, so that a server that keeps saying so cannot make a screen useless.

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
    this.#timer ??= setInterval(() => this.#look(), 1000);
  }

  #look(): void {
    const quiet = performance.now() - this.#lastTap > QUIET_MS;
    const reloadedAt = Number(sessionStorage.getItem(KEY) ?? 0);
    if (!quiet || !this.#mayReload() || Math.abs(Date.now() - reloadedAt) < AGAIN_MS) return;
    sessionStorage.setItem(KEY, String(Date.now()));
    location.reload();
  }
}

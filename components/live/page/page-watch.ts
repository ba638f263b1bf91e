// Whether this page does what it should: runs, keeps up, and draws. To be looked at several times a second.
import { afterFrame, DrawWatch } from './draw-watch.ts';
import { Slowness } from './slowness.ts';
import { SleepWatch } from './waking.ts';

export interface PageState {
  /** It may have missed something: it slept, or was frozen. */
  readonly slept: boolean;
  /** It runs and is visible, and has stopped drawing. */
  readonly stuck: boolean;
  readonly slow: boolean;
}

/**
 * A look that comes so late was kept from coming by a busy page; one that comes later than the second figure, by a
 * sleep. In ms.
 */
const BUSY_MS = 50;
const SLEPT_MS = 5000;

export class PageWatch {
  readonly drawing: DrawWatch;
  readonly #sleep = new SleepWatch();
  readonly #slowness = new Slowness();
  readonly #everyMs: number;
  #lookedAt: number | null = null;

  constructor(everyMs: number, confirm: (rev: number, ticketIds: string[]) => boolean) {
    this.#everyMs = everyMs;
    this.drawing = new DrawWatch({ confirm, afterFrame, now: () => performance.now() });
  }

  look(now: number): PageState {
    const visible = document.visibilityState === 'visible';
    const late = now - (this.#lookedAt ?? now) - this.#everyMs;
    this.#lookedAt = now;
    if (!visible) this.#slowness.reset();
    else if (late > BUSY_MS && late < SLEPT_MS) this.#slowness.blocked(now, late);
    return {
      slept: this.#sleep.slept(now, Date.now()),
      stuck: this.drawing.look(visible),
      slow: this.#slowness.slow(now, this.drawing.lags),
    };
  }
}

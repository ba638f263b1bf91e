// Watches this page: whether it runs, keeps up with the changes, and draws.
import { afterFrame, DrawWatch } from './draw-watch.ts';
import { Slowness } from './slowness.ts';
import { SleepWatch } from './waking.ts';

export interface PageState {
  /** It slept or was frozen, and so may have missed something. */
  readonly slept: boolean;
  /** It has stopped drawing, although it runs and is visible. */
  readonly stuck: boolean;
  readonly slow: boolean;
}

/** A check that comes so late was held up by a busy page. */
const BUSY_MS = 50;
/** A check that comes so late was held up by a sleep. */
const SLEPT_MS = 5000;

/** A dialog is modal here, and dims all of the board that it does not cover. */
const covered = (): boolean => document.querySelector('dialog[open]') !== null;

export class PageWatch {
  readonly drawing: DrawWatch;
  readonly #sleep = new SleepWatch();
  readonly #slowness = new Slowness();
  readonly #everyMs: number;
  #checkedAt: number | null = null;

  constructor(everyMs: number, confirm: (rev: number, ticketIds: string[]) => boolean) {
    this.#everyMs = everyMs;
    this.drawing = new DrawWatch({ confirm, afterFrame, covered, now: () => performance.now() });
  }

  /** To be called several times a second. */
  check(now: number): PageState {
    const visible = document.visibilityState === 'visible';
    const late = now - (this.#checkedAt ?? now) - this.#everyMs;
    this.#checkedAt = now;
    if (!visible) this.#slowness.reset();
    else if (late > BUSY_MS && late < SLEPT_MS) this.#slowness.blocked(now, late);
    return {
      slept: this.#sleep.slept(now, Date.now()),
      stuck: this.drawing.check(visible),
      slow: this.#slowness.slow(now, this.drawing.lags),
    };
  }
}

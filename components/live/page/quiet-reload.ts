// Loads this page again. A page that is older than the server waits for a quiet moment: no tap for ten seconds, and
// nothing that would be lost: a tap, a form that somebody has begun to fill in, a link or code that is shown once. A
// page that has stopped drawing is loaded at once. Either happens at most once a minute, so that it cannot make a screen
// useless.
import { PROTOCOL_VERSION, type ServerMessage } from '../../../server/protocol/messages.ts';
import { BUILD } from './build.ts';

const QUIET_MS = 10_000;
const AGAIN_MS = 60_000;
/** After so many unreadable messages, with nothing but pulses between them, the page counts as too old. */
const UNREADABLE = 3;
const KEY = 'heard:reloaded-at';

export class QuietReload {
  readonly #mayReload: () => boolean;
  #lastTap = 0;
  #unreadable = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** The fields that somebody typed into and that were not sent. */
  readonly #edited = new Set<Element>();
  readonly #typed = ({ target }: Event) => {
    if (target instanceof Element) this.#edited.add(target);
  };
  readonly #sent = ({ target }: Event) => {
    for (const field of this.#edited) if (target instanceof Node && target.contains(field)) this.#edited.delete(field);
  };
  readonly #tapped = () => {
    this.#lastTap = performance.now();
  };

  constructor(mayReload: () => boolean) {
    this.#mayReload = mayReload;
  }

  start(): void {
    addEventListener('pointerdown', this.#tapped, true);
    addEventListener('keydown', this.#tapped, true);
    addEventListener('input', this.#typed, true);
    addEventListener('submit', this.#sent, true);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    removeEventListener('pointerdown', this.#tapped, true);
    removeEventListener('keydown', this.#tapped, true);
    removeEventListener('input', this.#typed, true);
    removeEventListener('submit', this.#sent, true);
  }

  /** The server has told its version. @returns whether it speaks a newer protocol than this page */
  welcomed(protocolVersion: number, build: string | undefined): boolean {
    const outdated = protocolVersion > PROTOCOL_VERSION;
    if (outdated || (build && BUILD && build !== BUILD)) this.want();
    else this.unwant();
    return outdated;
  }

  understood({ type }: ServerMessage): void {
    // A pulse comes every second, so it does not show that this page can read the other messages.
    if (type !== 'pulse') this.#unreadable = 0;
  }

  /** @returns whether this page is too old */
  misunderstood(): boolean {
    return ++this.#unreadable >= UNREADABLE;
  }

  want(): void {
    this.#timer ??= setInterval(() => {
      if (performance.now() - this.#lastTap > QUIET_MS && this.#mayReload() && !this.#holdsWork()) this.now();
    }, 1000);
  }

  #holdsWork(): boolean {
    for (const field of this.#edited) if (!field.isConnected) this.#edited.delete(field);
    return this.#edited.size > 0 || document.querySelector('[data-shown-once]') !== null;
  }

  unwant(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  now(): void {
    // The device's date may have been changed since: only the distance counts, in either direction.
    const reloadedAt = Number(sessionStorage.getItem(KEY) ?? 0);
    if (Math.abs(Date.now() - reloadedAt) < AGAIN_MS) return;
    sessionStorage.setItem(KEY, String(Date.now()));
    location.reload();
  }
}

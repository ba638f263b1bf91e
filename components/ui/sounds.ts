// Five short sounds, told apart by their shape as much as by their pitch, so that a busy kitchen knows them without
// looking. Made by Web Audio: nothing to download. Browsers let a page sound only after a tap: `start` must be called
// from one.

export type SoundName = 'new' | 'changed' | 'voided' | 'rushed' | 'ready';

interface Note {
  /** In Hz; glides to `to` where that is given. */
  readonly hz: number;
  readonly to?: number;
  /** In seconds from the sound's beginning. */
  readonly at: number;
  readonly for: number;
  readonly wave: OscillatorType;
  readonly loud: number;
}

const note = (hz: number, at: number, length: number, wave: OscillatorType = 'sine', loud = 1, to?: number): Note => ({
  hz,
  at,
  for: length,
  wave,
  loud,
  ...(to && { to }),
});

const sounds: Record<SoundName, readonly Note[]> = {
  /** A bell, twice, going up. */
  new: [note(1047, 0, 0.22), note(1397, 0.16, 0.4)],
  /** Three knocks on one pitch. */
  changed: [
    note(740, 0, 0.09, 'triangle', 1.3),
    note(740, 0.14, 0.09, 'triangle', 1.3),
    note(740, 0.28, 0.16, 'triangle', 1.3),
  ],
  /** Falls. */
  voided: [note(520, 0, 0.55, 'sawtooth', 0.5, 170)],
  /** An alarm, to and fro. */
  rushed: [0, 1, 2, 3, 4, 5].map((step) => note(step % 2 ? 1245 : 1760, step * 0.085, 0.08, 'square', 0.42)),
  /** A chord that opens. */
  ready: [note(784, 0, 0.5, 'sine', 0.7), note(1047, 0.08, 0.5, 'sine', 0.7), note(1319, 0.16, 0.6, 'sine', 0.7)],
};

/** How long each lasts, in seconds: of several at once, one waits for the other. */
const lengthOf = (name: SoundName): number =>
  Math.max(...sounds[name].map(({ at, for: length }) => at + length)) + 0.12;

export class Sounds {
  #context: AudioContext | null = null;
  #freeAt = 0;
  /** When each begins, or last began, by the context's clock. */
  readonly #begins = new Map<SoundName, number>();
  readonly #changed: () => void;

  /** Called whenever it has become able to sound, or unable: browsers and phone calls may silence it at any time. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get running(): boolean {
    return this.#context?.state === 'running';
  }

  /** From a tap. @returns whether it can be heard now */
  async start(): Promise<boolean> {
    try {
      if (!this.#context) {
        this.#context = new AudioContext();
        this.#context.addEventListener('statechange', this.#changed);
      }
      await this.#context.resume();
    } catch {
      return false;
    }
    this.#changed();
    return this.running;
  }

  /**
   * One after another; each is heard, however many wait: a canceled order must not be missed for the new ones before
   * it. @param volume 0 to 1
   */
  play(names: readonly SoundName[], volume: number): void {
    const context = this.#context;
    if (!context || context.state !== 'running' || volume <= 0) return;
    for (const name of names) {
      // One that has not begun yet tells of this as well: so of each one waits at most, and all of them together last
      // four seconds.
      if ((this.#begins.get(name) ?? 0) > context.currentTime) continue;
      const from = Math.max(context.currentTime + 0.01, this.#freeAt);
      for (const one of sounds[name]) playNote(context, one, from, volume);
      this.#begins.set(name, from);
      this.#freeAt = from + lengthOf(name);
    }
  }

  stop(): void {
    void this.#context?.close().catch(() => {});
    this.#context = null;
  }
}

function playNote(
  context: AudioContext,
  { hz, to, at, for: length, wave, loud }: Note,
  from: number,
  volume: number,
): void {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  const begin = from + at;
  oscillator.type = wave;
  oscillator.frequency.setValueAtTime(hz, begin);
  if (to) oscillator.frequency.exponentialRampToValueAtTime(to, begin + length);
  // No click at either end, and as the ear hears it: half the slider is half as loud.
  gain.gain.setValueAtTime(0.0001, begin);
  gain.gain.exponentialRampToValueAtTime(0.5 * loud * volume ** 2 + 0.0001, begin + 0.012);
  gain.gain.exponentialRampToValueAtTime(0.0001, begin + length);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(begin);
  oscillator.stop(begin + length + 0.02);
}

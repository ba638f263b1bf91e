// Six short sounds. They differ in shape as much as in pitch, so that a busy kitchen recognises them without looking.
// Web Audio makes them, so there is nothing to download. Browsers let a page make sounds only after a tap, so `start`
// must be called from one.

export type SoundName = 'new' | 'changed' | 'voided' | 'rushed' | 'ready' | 'late';

interface Note {
  /** In Hz. The pitch glides to `to` if that is given. */
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
  /** A bell, twice, rising. */
  new: [note(1047, 0, 0.22), note(1397, 0.16, 0.4)],
  /** Three knocks on one pitch. */
  changed: [
    note(740, 0, 0.09, 'triangle', 1.3),
    note(740, 0.14, 0.09, 'triangle', 1.3),
    note(740, 0.28, 0.16, 'triangle', 1.3),
  ],
  /** A falling tone. */
  voided: [note(520, 0, 0.55, 'sawtooth', 0.5, 170)],
  /** An alarm that alternates between two pitches. */
  rushed: [0, 1, 2, 3, 4, 5].map((step) => note(step % 2 ? 1245 : 1760, step * 0.085, 0.08, 'square', 0.42)),
  /** A chord that opens. */
  ready: [note(784, 0, 0.5, 'sine', 0.7), note(1047, 0.08, 0.5, 'sine', 0.7), note(1319, 0.16, 0.6, 'sine', 0.7)],
  /** Two low, long tones, falling. */
  late: [note(494, 0, 0.3, 'triangle', 1.1), note(370, 0.3, 0.5, 'triangle', 1.1)],
};

/** The length of each sound in seconds. Of several sounds at once, each waits for the one before. */
const lengthOf = (name: SoundName): number =>
  Math.max(...sounds[name].map(({ at, for: length }) => at + length)) + 0.12;

export class Sounds {
  #context: AudioContext | null = null;
  #freeAt = 0;
  /** The time at which each sound begins, or last began, by the context's clock. */
  readonly #begins = new Map<SoundName, number>();
  readonly #changed: () => void;

  /** Called whenever sound becomes possible or impossible. Browsers and phone calls may silence a page at any time. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get running(): boolean {
    return this.#context?.state === 'running';
  }

  /** Must be called from a tap. @returns whether sounds can be heard now */
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
   * Plays the sounds one after another. Each is heard, however many wait: a canceled order must not be missed because
   * of the new orders before it. @param volume 0 to 1
   */
  play(names: readonly SoundName[], volume: number): void {
    const context = this.#context;
    if (!context || context.state !== 'running' || volume <= 0) return;
    for (const name of names) {
      // A sound of the same name that has not begun yet announces this event too. So at most one of each name waits,
      // and all of them together last four seconds.
      if ((this.#begins.get(name) ?? 0) > context.currentTime) continue;
      const from = Math.max(context.currentTime + 0.01, this.#freeAt);
      for (const note of sounds[name]) playNote(context, note, from, volume);
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
  // Short ramps avoid a click at either end. The square of the volume matches the ear: half the slider sounds half as
  // loud.
  gain.gain.setValueAtTime(0.0001, begin);
  gain.gain.exponentialRampToValueAtTime(0.5 * loud * volume ** 2 + 0.0001, begin + 0.012);
  gain.gain.exponentialRampToValueAtTime(0.0001, begin + length);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(begin);
  oscillator.stop(begin + length + 0.02);
}

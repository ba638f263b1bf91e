// The sound of a ready dish: two short rising tones, made by Web Audio. Browsers let a page sound only after somebody touched it.
let context: AudioContext | null = null;
const listeners = new Set<() => void>();

/** Whether the browser would let the page sound now. */
export const canSound = (): boolean => context?.state === 'running';

export function subscribeSound(listener: () => void): () => void {
  if (listeners.size === 0) for (const event of ['pointerdown', 'keydown'] as const) addEventListener(event, unlock, { capture: true });
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) for (const event of ['pointerdown', 'keydown'] as const) removeEventListener(event, unlock, { capture: true });
  };
}

/** To be called by a tap. */
export function unlock(): void {
  if (typeof AudioContext === 'undefined') return;
  if (context === null) {
    context = new AudioContext();
    context.addEventListener('statechange', () => { for (const listener of listeners) listener(); });
  }
  if (context.state !== 'running') void context.resume().catch(() => {});
}

/** @param volume 0 to 1 */
export function chime(volume: number): void {
  unlock();
  if (context === null) return;
  for (const [hertz, after] of [[784, 0], [1175, 0.14]] as const) tone(context, hertz, context.currentTime + after, volume);
}

function tone(audio: AudioContext, hertz: number, at: number, volume: number): void {
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.type = 'triangle';
  oscillator.frequency.value = hertz;
  // From and to nothing: a tone that is cut clicks.
  gain.gain.setValueAtTime(0.0001, at);
  gain.gain.exponentialRampToValueAtTime(Math.max(0.001, volume * 0.5), at + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.0001, at + 0.45);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(at);
  oscillator.stop(at + 0.5);
}

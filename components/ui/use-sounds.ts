'use client';
// The sounds of a screen, by the device's settings. It is silent until "start shift" was tapped. After a reload within
// the same shift, the first tap anywhere is enough.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Sounds, type SoundName } from './sounds.ts';
import { usePreferences } from './use-preferences.ts';

const SHIFT = 'heard.shift';

export interface ScreenSounds {
  /** True if sounds can be heard: started, and not silenced by the browser. */
  readonly running: boolean;
  /** Must be called from a tap. Plays one sound as a sample of its loudness. */
  start(): void;
  play(names: readonly SoundName[]): void;
}

export function useSounds(): ScreenSounds {
  const { muted, volume } = usePreferences().sounds;
  const [running, setRunning] = useState(false);
  const sounds = useRef<Sounds | null>(null);
  const level = muted ? 0 : volume;

  useEffect(() => {
    const made = new Sounds(() => setRunning(made.running));
    sounds.current = made;
    const resume = () => {
      if (sessionStorage.getItem(SHIFT) && !made.running) void made.start();
    };
    addEventListener('pointerdown', resume);
    addEventListener('keydown', resume);
    return () => {
      removeEventListener('pointerdown', resume);
      removeEventListener('keydown', resume);
      made.stop();
    };
  }, []);

  const start = useCallback(async () => {
    sessionStorage.setItem(SHIFT, '1');
    await sounds.current?.start();
    sounds.current?.play(['new'], level);
  }, [level]);
  const play = useCallback((names: readonly SoundName[]) => sounds.current?.play(names, level), [level]);
  return useMemo(() => ({ running, start, play }), [running, start, play]);
}

'use client';
// The sounds of this screen, for the sheets that change their settings.
import { createContext, useContext } from 'react';
import type { ScreenSounds } from '../ui/index.ts';

export const SoundsContext = createContext<ScreenSounds>({ running: false, start: () => {}, play: () => {} });

export const useHeard = (): ScreenSounds => useContext(SoundsContext);

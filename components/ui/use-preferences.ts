'use client';
// What this device is set to, for React.
import { useEffect, useSyncExternalStore } from 'react';
import { preferences, showLook, subscribePreferences, usual, type Preferences } from './preferences.ts';

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribePreferences, preferences, () => usual);
}

/**
 * Once a page: what was kept on the device may be newer than the page, which a service worker may have kept for long.
 */
export function useLook(): void {
  useEffect(() => showLook(), []);
}

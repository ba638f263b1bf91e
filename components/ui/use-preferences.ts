'use client';
// This device's preferences, for React.
import { useEffect, useSyncExternalStore } from 'react';
import { preferences, showLook, subscribePreferences, usual, type Preferences } from './preferences.ts';

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribePreferences, preferences, () => usual);
}

/**
 * Called once a page: the stored preferences may be newer than the page, which a service worker may have cached for
 * long.
 */
export function useLook(): void {
  useEffect(() => showLook(), []);
}

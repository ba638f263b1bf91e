import { useSyncExternalStore } from 'react';

const none = () => () => {};
/** False on the server and for the first render, until the page's script runs. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    none,
    () => true,
    () => false,
  );

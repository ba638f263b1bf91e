// The page's side of public/sw.js, which opens stored pages while the server cannot be reached.

const FILE = '/sw.js';
/** As in public/sw.js. */
const PAGES = 'heard-pages-1';

/** Registers the worker and asks it to store this page. Not in development, where files change under their names. */
export function storePage(build: string): void {
  if (!build || !('serviceWorker' in navigator)) return;
  void navigator.serviceWorker
    .register(FILE, { updateViaCache: 'none' })
    .then(async () => {
      const { active } = await navigator.serviceWorker.ready;
      // `postMessage` of a worker, unlike that of a window, takes no target origin.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      active?.postMessage({ type: 'keep', page: location.pathname + location.search });
    })
    .catch(() => {});
}

/** Deletes the stored page, because the person here now may not see it. */
export async function forgetPage(): Promise<void> {
  if (typeof caches === 'undefined') return;
  const page = location.pathname + location.search;
  // The worker may be about to store it.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  navigator.serviceWorker?.controller?.postMessage({ type: 'forget', page });
  await caches
    .open(PAGES)
    .then((cache) => cache.delete(page))
    .catch(() => {});
}

// The page's side of public/sw.js, which gives this device its screens while the server cannot be reached.

const FILE = '/sw.js';
/** The worker's own name of the cache that holds pages. */
const PAGES = 'heard-pages-1';

/** Registers it, and asks it to keep this page. Not in development, where files change under their names. */
export function keepPage(build: string): void {
  if (!build || !('serviceWorker' in navigator)) return;
  void navigator.serviceWorker
    .register(FILE, { updateViaCache: 'none' })
    .then(async () => {
      const { active } = await navigator.serviceWorker.ready;
      // A worker's, not a window's: it has no target origin.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      active?.postMessage({ type: 'keep', page: location.pathname + location.search });
    })
    .catch(() => {});
}

/** Who is here now may not see this page: it is not shown again while the server is away. */
export async function forgetPage(): Promise<void> {
  if (typeof caches === 'undefined') return;
  await caches
    .open(PAGES)
    .then((cache) => cache.delete(location.pathname + location.search))
    .catch(() => {});
}

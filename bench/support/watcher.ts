// A recorder that runs in the page: when frames of the socket came, when cards and quantities changed in the DOM, and
// when that was painted.
import type { Page } from '@playwright/test';

export interface Seen {
  orderId: string;
  /** Null: the card appeared. */ itemId: string | null;
  quantity: number;
  at: number;
  batch: number;
}
export interface Watched {
  seen: Seen[];
  frames: { at: number; data: string }[];
  /** By batch of mutations: when the frame with it had been drawn. */ painted: number[];
}

/** Must be called before the page is opened. */
export async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const now = () => performance.timeOrigin + performance.now();
    const watched: Watched = { seen: [], frames: [], painted: [] };
    Object.assign(globalThis, { heardBench: watched });
    globalThis.WebSocket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        this.addEventListener('message', ({ data }) => {
          if (typeof data === 'string') watched.frames.push({ at: now(), data });
        });
      }
    };
    const note = (line: Element, at: number, batch: number) => {
      const orderId = line.closest('[data-order-id]')?.getAttribute('data-order-id') ?? '';
      watched.seen.push({
        orderId,
        itemId: line.getAttribute('data-item-id'),
        quantity: Number(line.getAttribute('data-quantity')),
        at,
        batch,
      });
    };
    const observer = new MutationObserver((records) => {
      const at = now();
      const batch = watched.painted.push(Number.NaN) - 1;
      const before = watched.seen.length;
      for (const { type, target, addedNodes } of records) {
        if (type === 'attributes') {
          note(target as Element, at, batch);
          continue;
        }
        for (const added of addedNodes) {
          if (!(added instanceof Element)) continue;
          for (const card of [added, ...added.querySelectorAll('[data-order-id]')]) {
            const orderId = card.getAttribute('data-order-id');
            if (orderId) watched.seen.push({ orderId, itemId: null, quantity: 0, at, batch });
          }
          for (const line of [added, ...added.querySelectorAll('[data-item-id]')])
            if (line.hasAttribute('data-item-id')) note(line, at, batch);
        }
      }
      if (watched.seen.length === before) return;
      // A message posted in an animation frame is handled after that frame was drawn.
      const channel = new MessageChannel();
      channel.port1.addEventListener('message', () => {
        watched.painted[batch] = now();
        channel.port1.close();
      });
      channel.port1.start();
      requestAnimationFrame(() => channel.port2.postMessage(null));
    });
    observer.observe(document, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['data-quantity'],
    });
  });
}

export async function watchedIn(page: Page): Promise<Watched> {
  return page.evaluate(() => (globalThis as unknown as { heardBench: Watched }).heardBench);
}

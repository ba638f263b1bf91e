// Runs in the page: its long tasks, how long a tap takes until a frame shows what it did, and how many components React
// rendered.
import type { Page } from '@playwright/test';

export interface Probed {
  /** Tasks of 50 ms and more, in ms; the browser tells of no shorter ones. */
  longTasks: number[];
  /** From the tap's event to the frame that shows a dish marked, or a ticket gone, in ms. */
  marks: number[];
  bumps: number[];
  /** By commit of React's: when, and how many function components were rendered in it. */
  commits: { at: number; rendered: number }[];
  /** When a change came by the socket, and when a message posted in the frame after it was handled, in ms. */
  frames: number[];
}

/** Before the page is opened. */
export async function probe(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const probed: Probed & { counting: boolean } = {
      longTasks: [],
      marks: [],
      bumps: [],
      commits: [],
      frames: [],
      counting: true,
    };
    Object.assign(globalThis, { heardProbe: probed });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) probed.longTasks.push(duration);
    }).observe({ type: 'longtask', buffered: true });
    const painted = (then: () => void) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', () => {
          port1.close();
          then();
        });
        port1.start();
        port2.postMessage(null);
      });

    // React tells its developer tools of each commit, in production too. A component was rendered where its flag says
    // so; a subtree that was left alone is the same object as before.
    interface Fiber {
      tag: number;
      flags: number;
      alternate: Fiber | null;
      child: Fiber | null;
      sibling: Fiber | null;
    }
    const [PERFORMED_WORK, FUNCTION, FORWARD_REF, MEMO, SIMPLE_MEMO] = [1, 0, 11, 14, 15];
    const renderedIn = (fiber: Fiber): number => {
      const before = fiber.alternate;
      const isComponent =
        fiber.tag === FUNCTION || fiber.tag === FORWARD_REF || fiber.tag === MEMO || fiber.tag === SIMPLE_MEMO;
      let count = isComponent && (fiber.flags & PERFORMED_WORK!) !== 0 ? 1 : 0;
      if (before && fiber.child === before.child) return count;
      for (let child = fiber.child; child; child = child.sibling) count += renderedIn(child);
      return count;
    };
    Object.assign(globalThis, {
      __REACT_DEVTOOLS_GLOBAL_HOOK__: {
        supportsFiber: true,
        renderers: new Map(),
        inject: () => 1,
        onCommitFiberUnmount() {},
        onPostCommitFiberRoot() {},
        checkDCE() {},
        onCommitFiberRoot: (_: number, root: { current: Fiber }) => {
          if (probed.counting) probed.commits.push({ at: performance.now(), rendered: renderedIn(root.current) });
        },
      },
    });

    // A tap begins when the finger leaves the glass.
    let lifted = 0;
    addEventListener(
      'touchend',
      ({ timeStamp }) => {
        lifted = timeStamp;
      },
      { capture: true, passive: true },
    );
    addEventListener(
      'click',
      ({ target, timeStamp }) => {
        const began = timeStamp - lifted < 1000 ? lifted : timeStamp;
        const card = target instanceof Element ? target.closest('article') : null;
        if (!card) return;
        const kind = target instanceof Element && target.closest('[data-action="bump"]') ? 'bumps' : 'marks';
        const observer = new MutationObserver((changes) => {
          // A dish that is marked changes on its card; a ticket that is bumped is hidden, and leaves the board. (To ask
          // the browser whether it can be seen would have it lay the page out.)
          if (
            kind === 'bumps'
              ? card.isConnected && !card.parentElement?.classList.contains('invisible')
              : !changes.some(
                  ({ attributeName, target: changed }) => attributeName === 'data-state' && card.contains(changed),
                )
          )
            return;
          observer.disconnect();
          painted(() => probed[kind].push(performance.now() - began));
        });
        observer.observe(document.body, {
          subtree: true,
          childList: true,
          attributes: true,
          attributeFilter: ['data-state', 'class'],
        });
      },
      true,
    );

    // To look costs a frame of its own: at each change it would be seen in what is measured.
    const EVERY = 5;
    let deltas = 0;
    globalThis.WebSocket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        this.addEventListener('message', ({ data }) => {
          if (typeof data !== 'string' || !data.includes('"type":"delta"') || deltas++ % EVERY) return;
          const at = performance.now();
          painted(() => probed.frames.push(performance.now() - at));
        });
      }
    };
  });
}

/**
 * What was seen since the last time.
 * @param counting whether commits are counted from now on, which costs a walk through what each of them rendered
 */
export async function takeProbed(page: Page, counting = true): Promise<Probed> {
  return page.evaluate((counts) => {
    const probed = (globalThis as unknown as { heardProbe: Probed & { counting: boolean } }).heardProbe;
    const taken = structuredClone(probed);
    probed.counting = counts;
    for (const list of [probed.longTasks, probed.marks, probed.bumps, probed.commits, probed.frames]) list.length = 0;
    return taken;
  }, counting);
}

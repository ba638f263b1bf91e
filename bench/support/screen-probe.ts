// A probe that runs in the page: it measures long tasks, the time from a tap to the frame that shows its effect, and
// the number of components that React rendered.
import type { Page } from '@playwright/test';

export interface Probed {
  /** Tasks of 50 ms and more, in ms. The browser reports no shorter ones. */
  longTasks: number[];
  /** From the tap's event to the frame that shows a dish marked, or a ticket gone, in ms. */
  marks: number[];
  bumps: number[];
  /** For each of React's commits: its time, and the number of function components rendered in it. */
  commits: { at: number; rendered: number }[];
  /** From the arrival of a change at the socket until a message posted in the next frame was handled, in ms. */
  frames: number[];
}

/** Must be called before the page is opened. */
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

    // React tells its developer tools of each commit, in production too. A component was rendered if its flag says so.
    // An untouched subtree is the same object as before.
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
          // A marked dish changes on its card. A bumped ticket is hidden and then leaves the board. (Asking the browser
          // for its visibility would force a layout.)
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

    // Measuring costs a frame of its own, so only every fifth change is measured: else the cost would show in the
    // figures.
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
 * The figures since the last call.
 * @param counting whether commits are counted from now on, which costs a walk through everything that each of them
 * rendered
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

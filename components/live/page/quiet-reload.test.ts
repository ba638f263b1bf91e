// A newer version waits for what a person has begun.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PROTOCOL_VERSION } from '../../../server/protocol/messages.ts';
import { QuietReload } from './quiet-reload.ts';

/** As much of the browser's elements as a reload asks about. */
class FakeElement extends EventTarget {
  isConnected = true;
  constructor(private readonly inside: readonly FakeElement[] = []) {
    super();
  }
  contains(other: FakeElement): boolean {
    return this.inside.includes(other);
  }
}

let [reloads, shownOnce]: [number, FakeElement | null] = [0, null];
let page: EventTarget;
beforeEach(() => {
  vi.useFakeTimers();
  [reloads, shownOnce, page] = [0, null, new EventTarget()];
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  vi.stubGlobal('Element', FakeElement);
  vi.stubGlobal('Node', FakeElement);
  vi.stubGlobal('document', { querySelector: () => shownOnce });
  vi.stubGlobal('location', { reload: () => (reloads += 1) });
  vi.stubGlobal('sessionStorage', { getItem: () => null, setItem: () => {} });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const happens = (type: string, target: FakeElement) => {
  const event = new Event(type);
  Object.defineProperty(event, 'target', { value: target });
  page.dispatchEvent(event);
};
const outdated = () => {
  const reload = new QuietReload(() => true);
  reload.start();
  reload.welcomed(PROTOCOL_VERSION + 1, undefined);
  return reload;
};
const after = async (ms: number) => {
  await vi.advanceTimersByTimeAsync(ms);
  return reloads;
};

it('loads itself again after ten quiet seconds', async () => {
  const reload = outdated();
  expect([await after(5000), (await after(10_000)) > 0]).toEqual([0, true]);
  reload.stop();
});

it('keeps a form in the making until it is sent, or gone', async () => {
  const reload = outdated();
  const [field, other] = [new FakeElement(), new FakeElement()];
  happens('input', field);
  expect(await after(600_000)).toBe(0);
  happens('submit', new FakeElement([other]));
  expect(await after(600_000)).toBe(0);
  happens('submit', new FakeElement([field]));
  expect(await after(20_000)).toBeGreaterThan(0);
  happens('input', field);
  field.isConnected = false;
  const before = reloads;
  expect(await after(20_000)).toBeGreaterThan(before);
  reload.stop();
});

it('keeps a link or a code that is shown once', async () => {
  const reload = outdated();
  shownOnce = new FakeElement();
  expect(await after(600_000)).toBe(0);
  shownOnce = null;
  expect(await after(20_000)).toBeGreaterThan(0);
  reload.stop();
});

// Under reloads, outages and lost answers each tap is carried out once, in the order of the taps of its order,
// and under one id.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { orderIdOf, type Command } from '../../../server/protocol/commands.ts';
import { AGAIN_MS, CommandQueue } from '../store/command-queue.ts';
import { TapStorage } from './tap-storage.ts';
import { at, makeOrder } from '../../../test/orders.ts';
import { MemoryStore } from '../../../test/key-value-store.ts';
import { uuid } from '../store/uuid.ts';

const ticketId = 'f3b0c442-98fc-4c14-9afb-f4c8996fb924';
const tapOn = (orderId: string): Command => ({ kind: 'bump', id: uuid(), orderId, ticketId });
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Carries out each id once and answers the same again, as the server does; it may lose its answer, or be away. */
class FakeServer {
  readonly done: string[] = [];
  next: 'answers' | 'loses its answer' | 'is away' | 'is busy' = 'answers';

  post = async (command: Command): Promise<unknown> => {
    const mood = this.next;
    this.next = 'answers';
    if (mood === 'is away') throw new Error('no socket');
    if (mood === 'is busy') return { outcome: 'unavailable', reason: '', why: { code: 'database-away' } };
    if (!this.done.includes(command.id)) this.done.push(command.id);
    if (mood === 'loses its answer') throw new Error('timed out');
    return { outcome: 'done', order: makeOrder(orderIdOf(command)!), rev: this.done.length };
  };
}

const step = fc.oneof(
  fc.record({ do: fc.constant('tap' as const), order: fc.constantFrom('a', 'b') }),
  fc.record({
    do: fc.constant('server' as const),
    next: fc.constantFrom('answers', 'loses its answer', 'is away', 'is busy') as fc.Arbitrary<FakeServer['next']>,
  }),
  fc.record({ do: fc.constantFrom('open', 'close', 'reload', 'second window', 'time') }),
);

describe('taps that are kept', () => {
  it('are carried out once each, in their order, over reloads, lost answers and several windows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const store = new MemoryStore();
        const server = new FakeServer();
        const tapped: Command[] = [];
        const makePage = async () => {
          const page = new CommandQueue({ post: server.post, changed: () => {}, storage: new TapStorage(store, 'd1') });
          await page.adopt();
          return page;
        };
        let page = await makePage();
        let open = false;
        for (const action of steps) {
          if (action.do === 'tap') {
            const command = tapOn((action as { order: string }).order);
            tapped.push(command);
            void page.add(command, at(tapped.length));
          } else if (action.do === 'server') server.next = (action as { next: FakeServer['next'] }).next;
          else if (action.do === 'open' || action.do === 'close') page.setOpen((open = action.do === 'open'));
          else if (action.do === 'time') await vi.advanceTimersByTimeAsync(AGAIN_MS);
          else {
            await settle();
            if (action.do === 'reload') page.setOpen(false);
            page = await makePage();
            page.setOpen(open);
          }
          await settle();
        }
        page.setOpen(true);
        server.next = 'answers';
        await vi.advanceTimersByTimeAsync(20 * AGAIN_MS);
        expect([...server.done].sort()).toEqual(tapped.map(({ id }) => id).sort());
        for (const order of ['a', 'b']) {
          const ids = tapped.filter((command) => orderIdOf(command) === order).map(({ id }) => id);
          expect(server.done.filter((id) => ids.includes(id))).toEqual(ids);
        }
        page.reached(Number.MAX_SAFE_INTEGER);
        expect(page.pending).toEqual([]);
        expect(store.entries.size).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it('go out in the order of the taps, however many they are', async () => {
    const store = new MemoryStore();
    const server = new FakeServer();
    const page = () => new CommandQueue({ post: server.post, changed: () => {}, storage: new TapStorage(store, 'd1') });
    const tapped = Array.from({ length: 12 }, () => tapOn('a'));
    const first = page();
    for (const command of tapped) void first.add(command, at(0));
    await settle();
    const second = page();
    await second.adopt();
    second.setOpen(true);
    await settle();
    expect(server.done).toEqual(tapped.map(({ id }) => id));
  });

  it('are seen and sent by the identity that made them only', async () => {
    const store = new MemoryStore();
    const sent: string[] = [];
    const page = (identity: string) =>
      new CommandQueue({
        post: async ({ id }) => {
          sent.push(id);
          return null;
        },
        changed: () => {},
        storage: new TapStorage(store, identity),
      });
    void page('d1').add(tapOn('a'), at(0));
    await settle();
    const other = page('d10');
    await other.adopt();
    other.setOpen(true);
    await settle();
    expect([other.pending, sent]).toEqual([[], []]);
    const again = page('d1');
    await again.adopt();
    expect(again.pending).toHaveLength(1);
    await again.clear();
    expect(store.entries.size).toBe(0);
  });

  it('are counted where a newer page cannot read them, and sent although the device is full', async () => {
    const store = new MemoryStore();
    store.entries.set('taps/d1/000000000001/x', { command: { kind: 'dance', id: 'x' }, at: at(0) });
    const server = new FakeServer();
    const page = new CommandQueue({ post: server.post, changed: () => {}, storage: new TapStorage(store, 'd1') });
    expect(await page.adopt()).toBe(1);
    expect(store.entries.size).toBe(0);
    store.full = true;
    page.setOpen(true);
    const command = tapOn('a');
    expect((await page.add(command, at(1))).outcome).toBe('done');
    expect(server.done).toEqual([command.id]);
  });

  it('warn where the device cannot keep them and the server does not decide them at once', async () => {
    const store = new MemoryStore();
    const server = new FakeServer();
    let warned = 0;
    const page = new CommandQueue({
      post: server.post,
      changed: () => {},
      storage: new TapStorage(store, 'd1'),
      notStored: () => (warned += 1),
    });
    void page.add(tapOn('a'), at(0));
    await settle();
    expect(warned).toBe(0);
    store.full = true;
    void page.add(tapOn('b'), at(1));
    await settle();
    expect(warned).toBe(1);
    const without = new CommandQueue({
      post: server.post,
      changed: () => {},
      storage: null,
      notStored: () => (warned += 1),
    });
    void without.add(tapOn('a'), at(0));
    await settle();
    expect(warned).toBe(2);
  });
});

// Taps reach the server in their order, once each as far as a person can see, and are kept while it is away.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { orderIdOf, type OrderCommand } from '../../../server/protocol/commands.ts';
import { Overlay } from './board-view.ts';
import { CommandQueue, UNREADABLE_ANSWERS } from './command-queue.ts';
import { emptyBoard } from '../board/board-state.ts';
import { at, makeOrder, testScreen } from '../../../test/orders.ts';
import { uuid } from './uuid.ts';

const ticketId = 'f3b0c442-98fc-4c14-9afb-f4c8996fb924';
const command = (orderId: string, kind: 'bump' | 'recall' = 'bump'): OrderCommand => ({
  kind,
  id: uuid(),
  orderId,
  ticketId,
});
const done = (orderId: string, rev: number) => ({ outcome: 'done', order: makeOrder(orderId), rev });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('CommandQueue', () => {
  it('keeps a tap made offline and sends it when the server is back', async () => {
    const post = vi.fn(async () => done('a', 7));
    const queue = new CommandQueue({ post, changed: () => {} });
    const result = queue.add(command('a'), at(0));
    expect(post).not.toHaveBeenCalled();
    queue.setOpen(true);
    expect((await result).outcome).toBe('done');
    expect(queue.pending).toHaveLength(1);
    queue.reached(6);
    expect(queue.pending).toHaveLength(1);
    queue.reached(7);
    expect(queue.pending).toHaveLength(0);
  });

  it('sends one order after its own, however long that takes, and others beside it', async () => {
    const sent: string[] = [];
    let answers = 0;
    const queue = new CommandQueue({
      changed: () => {},
      post: async (command) => {
        const orderId = orderIdOf(command)!;
        sent.push(`${orderId} ${command.kind}`);
        return answers++
          ? done(orderId, 1)
          : { outcome: 'unavailable', reason: 'database away', why: { code: 'database-away' } };
      },
    });
    queue.setOpen(true);
    void queue.add(command('a'), at(0));
    void queue.add(command('a', 'recall'), at(1));
    void queue.add(command('b'), at(2));
    await vi.advanceTimersByTimeAsync(0);
    expect(sent.slice(0, 2)).toEqual(['a bump', 'b bump']);
    await vi.advanceTimersByTimeAsync(1500);
    expect(sent.filter((entry) => entry.startsWith('a'))).toEqual(['a bump', 'a bump', 'a recall']);
  });

  it('takes a refused tap off the board', async () => {
    const queue = new CommandQueue({
      post: async () => ({
        outcome: 'conflict',
        order: makeOrder('a'),
        reason: 'already bumped',
        why: { code: 'ticket-state' },
      }),
      changed: () => {},
    });
    queue.setOpen(true);
    expect((await queue.add(command('a'), at(0))).outcome).toBe('conflict');
    expect(queue.pending).toHaveLength(0);
  });
});

describe('an answer that was lost', () => {
  it('puts no tap over a board that has passed it: a ticket recalled elsewhere meanwhile is there at once', async () => {
    const post = vi.fn<() => Promise<unknown>>(async () => {
      throw new Error('the connection ended');
    });
    const queue = new CommandQueue({ post, changed: () => {} });
    queue.reached(5);
    queue.setOpen(true);
    const result = queue.add(command('a'), at(0));
    await vi.advanceTimersByTimeAsync(0);
    queue.setOpen(false);
    // The server carried it out as 6. The pass recalled the ticket as 7, and the board comes before the answer.
    post.mockImplementation(async () => done('a', 7));
    queue.reached(7);
    queue.setOpen(true);
    expect((await result).outcome).toBe('done');
    expect(queue.pending).toEqual([]);
  });

  it('keeps the tap over a board that has another history, and has not come so far', async () => {
    const queue = new CommandQueue({ post: async () => done('a', 7), changed: () => {} });
    queue.reached(9);
    queue.reached(3);
    queue.setOpen(true);
    await queue.add(command('a'), at(0));
    expect(queue.pending).toMatchObject([{ doneRev: 7 }]);
  });
});

it('takes a tap off a board that goes back: the database may have lost it, and its ticket is open again', async () => {
  const queue = new CommandQueue({ post: async () => done('a', 7), changed: () => {} });
  queue.reached(6);
  queue.setOpen(true);
  await queue.add(command('a'), at(0));
  expect(queue.pending).toMatchObject([{ doneRev: 7 }]);
  queue.reached(3);
  expect(queue.pending).toEqual([]);
});

describe('an answer that this page cannot read', () => {
  it('is asked for a few times, then the tap ends here, with a word, and the next of its order goes on', async () => {
    const decided = vi.fn();
    const removed: string[] = [];
    const post = vi.fn(async ({ kind }: { kind: string }) =>
      kind === 'bump' ? { outcome: 'half-done' } : done('a', 1),
    );
    const queue = new CommandQueue({
      post,
      changed: () => {},
      decided,
      storage: {
        add: async () => {},
        remove: async (id: string) => void removed.push(id),
        read: async () => ({ taps: [], unreadable: 0 }),
        clear: async () => {},
      } as never,
    });
    queue.setOpen(true);
    const [first, second] = [command('a'), command('a', 'recall')];
    const result = queue.add(first, at(0));
    const next = queue.add(second, at(1));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await result).toMatchObject({ outcome: 'refused', why: { code: 'answer-unreadable' } });
    expect((await next).outcome).toBe('done');
    expect(post.mock.calls.filter(([{ kind }]) => kind === 'bump')).toHaveLength(UNREADABLE_ANSWERS);
    expect(decided).toHaveBeenCalledWith(
      expect.objectContaining({ command: first }),
      expect.objectContaining({ why: { code: 'answer-unreadable' } }),
    );
    // The next page of this device sends it again.
    expect(removed).toEqual([second.id]);
  });

  it('is not one that did not come: that tap is sent until the server decides', async () => {
    const post = vi.fn(async () => {
      throw new Error('no answer');
    });
    const queue = new CommandQueue({ post, changed: () => {} });
    queue.setOpen(true);
    void queue.add(command('a'), at(0));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(post.mock.calls.length).toBeGreaterThan(UNREADABLE_ANSWERS * 3);
    expect(queue.pending).toHaveLength(1);
  });
});

it('lets nobody wait for a tap of an identity that is gone', async () => {
  const queue = new CommandQueue({ post: async () => null, changed: () => {} });
  const result = queue.add(command('a'), at(0));
  await queue.clear();
  expect(await result).toMatchObject({ outcome: 'refused', why: { code: 'not-this-screen' } });
});

describe('Overlay', () => {
  it('shows the tap on its order, and leaves all others the same objects', () => {
    const orders = new Map([
      ['a', makeOrder('a', { tickets: [{ ...makeOrder('a').tickets[0]!, id: ticketId }] })],
      ['b', makeOrder('b')],
    ]);
    const overlay = new Overlay();
    const screen = { ...testScreen, deviceName: 'Grill tablet' };
    const { facts } = emptyBoard(null);
    const pending = [{ command: command('a'), at: at(9), doneRev: null }];
    const lay = (board: typeof orders, taps: typeof pending) =>
      overlay.over({ orders: board, facts }, taps, screen).orders;
    const first = lay(orders, pending);
    expect(first.get('a')?.tickets[0]).toMatchObject({ state: 'bumped', bumpedAt: at(9), bumpedBy: 'Grill tablet' });
    expect(first.get('b')).toBe(orders.get('b'));
    expect(lay(new Map(orders), pending).get('a')).toBe(first.get('a'));
    expect(lay(orders, [])).toBe(orders);
  });
});

describe('uuid', () => {
  it('is a version 4 UUID', () => {
    expect(uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

// The board that a device keeps is one that it had, whole, of this screen, and never taken for the board as it is.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderView } from '../../../server/protocol/views.ts';
import { emptyBoard, type BoardState } from '../board/board-state.ts';
import { BoardStorage, MOST_ORDERS } from './board-storage.ts';
import { at, makeOrder, testScreen } from '../../../test/orders.ts';
import { MemoryStore } from '../../../test/key-value-store.ts';

const now: (work: () => void) => () => void = (work) => {
  work();
  return () => {};
};
const board = (rev: number, orders: Iterable<[string, number]>): BoardState => ({
  ...emptyBoard(testScreen),
  rev,
  orders: new Map([...orders].map(([id, version]) => [id, makeOrder(id, { version })])),
});
const keeper = (store: MemoryStore) => new BoardStorage(store, 'd1', now);

describe('the board that is kept', () => {
  it('is the last one that was written, by whichever page', async () => {
    const states = fc.array(fc.tuple(fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(3)), fc.boolean()), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(states, async (history) => {
        const store = new MemoryStore();
        let page = keeper(store);
        for (const [index, [orders, reload]] of history.entries()) {
          if (reload) page = keeper(store);
          await page.write({ state: board(index, Object.entries(orders)), rightAsOf: 1000 + index, serverAhead: 5 });
          const kept = await keeper(store).read(testScreen);
          expect(kept).toMatchObject({ rev: index, rightAsOf: 1000 + index, serverAhead: 5, leftOut: 0 });
          expect(Object.fromEntries([...kept!.orders].map(([id, { version }]) => [id, version]))).toEqual(orders);
        }
      }),
    );
  });

  it('writes what changed, and no more', async () => {
    const store = new MemoryStore();
    const puts: string[][] = [];
    const write = store.write.bind(store);
    store.write = (changes) => {
      puts.push([...(changes.put ?? new Map()).keys()].map((key) => key.split('/').at(-1)!));
      return write(changes);
    };
    const page = keeper(store);
    const first = board(1, [
      ['a', 1],
      ['b', 1],
    ]);
    await page.write({ state: first, rightAsOf: 1, serverAhead: 0 });
    await page.write({
      state: { ...first, rev: 2, orders: new Map([...first.orders, ['c', makeOrder('c')]]) },
      rightAsOf: 2,
      serverAhead: 0,
    });
    expect(puts).toEqual([
      ['a', 'b', 'about'],
      ['c', 'about'],
    ]);
  });

  it('is nothing for another screen, another protocol, or once it was taken away', async () => {
    const store = new MemoryStore();
    const page = keeper(store);
    await page.write({ state: board(1, [['a', 1]]), rightAsOf: 1, serverAhead: 0 });
    expect(await keeper(store).read({ ...testScreen, role: 'expo' })).toBeNull();
    expect(await new BoardStorage(store, 'd2', now).read(testScreen)).toBeNull();
    const about = store.entries.get('board/d1/about') as object;
    store.entries.set('board/d1/about', { ...about, protocolVersion: 0 });
    expect(await keeper(store).read(testScreen)).toBeNull();
    await page.clear();
    await page.write({ state: board(2, [['a', 1]]), rightAsOf: 2, serverAhead: 0 });
    expect(store.entries.size).toBe(0);
  });

  it('is nothing where an older page stored its orders without readings: a band would be missing', async () => {
    const store = new MemoryStore();
    const state = { ...board(1, []), orders: new Map([['a', makeOrder('a', { note: 'nut allergy' })]]) };
    await keeper(store).write({ state, rightAsOf: 1, serverAhead: 0 });
    expect((await keeper(store).read(testScreen))!.orders.get('a')!.readings).toEqual([
      { text: 'nut allergy', note: ['nuts'] },
    ]);
    const [key, stored] = [...store.entries].find(([key]) => key.endsWith('/order/a'))!;
    const { readings: _, ...older } = stored as OrderView;
    store.entries.set(key, older);
    expect(await keeper(store).read(testScreen)).toBeNull();
  });

  it('is bounded, keeps what is open, and says what it leaves out', async () => {
    const store = new MemoryStore();
    const state = board(
      1,
      Array.from({ length: MOST_ORDERS + 3 }, (_, index) => [`o${index}`, 1] as [string, number]),
    );
    const orders = new Map([['closed', makeOrder('closed', { closedAt: at(1) })], ...state.orders]);
    await keeper(store).write({ state: { ...state, orders }, rightAsOf: 1, serverAhead: 0 });
    const kept = await keeper(store).read(testScreen);
    expect(kept!.orders.size).toBe(MOST_ORDERS);
    expect(kept!.leftOut).toBe(4);
    expect(kept!.orders.has('closed')).toBe(false);
  });

  it('is written whole again after a device was full', async () => {
    const store = new MemoryStore();
    const page = keeper(store);
    store.full = true;
    await page.write({ state: board(1, [['a', 1]]), rightAsOf: 1, serverAhead: 0 });
    store.full = false;
    await page.write({
      state: board(2, [
        ['a', 1],
        ['b', 1],
      ]),
      rightAsOf: 2,
      serverAhead: 0,
    });
    expect([...(await keeper(store).read(testScreen))!.orders.keys()]).toEqual(['a', 'b']);
  });
});

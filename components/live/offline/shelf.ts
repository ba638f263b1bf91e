// What this device keeps over a reload: a small key-value shelf in IndexedDB. Keys are paths ("taps/<device>/<n>"),
// read and cleared by their beginnings, so that what one identity kept is never mixed with another's.
import { createStore, promisifyRequest, type UseStore } from 'idb-keyval';

export interface Shelf {
  /** All that is kept below this beginning, in the order of the keys. */
  read(prefix: string): Promise<Map<string, unknown>>;
  /** All or nothing, also when the page ends in the middle of it. */
  write(changes: ShelfChanges): Promise<void>;
  clear(prefix: string): Promise<void>;
}

export interface ShelfChanges {
  readonly put?: ReadonlyMap<string, unknown>;
  readonly drop?: readonly string[];
}

const DATABASE = 'heard';
/**
 * Values put in one go. Copying a value into the database holds up the page, so many of them are put in several turns.
 */
const PUT_AT_ONCE = 20;

/** @returns null where the browser keeps nothing (its private mode, for one) */
export function openShelf(): Shelf | null {
  if (typeof indexedDB === 'undefined') return null;
  const use: UseStore = createStore(DATABASE, 'kept');
  return {
    read: async (prefix) =>
      use('readonly', async (store) => {
        const range = below(prefix);
        const [keys, values] = await Promise.all([
          promisifyRequest(store.getAllKeys(range)),
          promisifyRequest(store.getAll(range)),
        ]);
        return new Map(keys.map((key, index) => [String(key), values[index]]));
      }),
    write: async ({ put = new Map(), drop = [] }) =>
      use('readwrite', async (store) => {
        const done = promisifyRequest(store.transaction);
        for (const key of drop) store.delete(key);
        const entries = [...put];
        // Each turn is begun by the last request of the one before it: a transaction without a request ends.
        const next = (from: number): void => {
          const turn = entries.slice(from, from + PUT_AT_ONCE);
          for (const [index, [key, value]] of turn.entries()) {
            const request = store.put(value, key);
            if (index === turn.length - 1 && from + PUT_AT_ONCE < entries.length)
              request.addEventListener('success', () => next(from + PUT_AT_ONCE));
          }
        };
        next(0);
        await done;
      }),
    clear: async (prefix) =>
      use('readwrite', async (store) => {
        store.delete(below(prefix));
        await promisifyRequest(store.transaction);
      }),
  };
}

/** Every key that begins with this. */
const below = (prefix: string) => IDBKeyRange.bound(prefix, `${prefix}\uffff`);

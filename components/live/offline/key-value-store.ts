// The data that this device keeps over a reload, in IndexedDB as keys and values. Keys are paths ("taps/<device>/<n>").
// They are read and cleared by prefix, so that the data of two identities never mix.
import { createStore, promisifyRequest, type UseStore } from 'idb-keyval';

export interface KeyValueStore {
  /** All entries with this prefix, in the order of their keys. */
  read(prefix: string): Promise<Map<string, unknown>>;
  /** In one transaction: all or nothing, also when the page ends in the middle of it. */
  write(changes: Changes): Promise<void>;
  clear(prefix: string): Promise<void>;
}

export interface Changes {
  readonly put?: ReadonlyMap<string, unknown>;
  readonly drop?: readonly string[];
}

const DATABASE = 'heard';
const STORE = 'kept';
/**
 * Values put in one turn. Copying a value into the database blocks the page, so many values take several turns.
 */
const PUT_AT_ONCE = 20;

/** @returns null where the browser has no database, as in some private modes */
export function openKeyValueStore(): KeyValueStore | null {
  if (typeof indexedDB === 'undefined') return null;
  let connection: UseStore = createStore(DATABASE, STORE);
  // iOS ends the connection of a page that slept, without an event, and each later transaction throws.
  const use: UseStore = async (mode, work) => {
    try {
      return await connection(mode, work);
    } catch {
      connection = createStore(DATABASE, STORE);
      return connection(mode, work);
    }
  };
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
        // The last request of a turn begins the next turn, because a transaction without a request ends.
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

/** Every key with this prefix. */
const below = (prefix: string) => IDBKeyRange.bound(prefix, `${prefix}\uffff`);

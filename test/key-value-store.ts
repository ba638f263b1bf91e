// A store in memory for tests: it outlives the page that a test throws away, takes its time, and copies its values, as a
// database does.
import type { KeyValueStore } from '../components/live/offline/key-value-store.ts';

export class MemoryStore implements KeyValueStore {
  readonly entries = new Map<string, unknown>();
  /** As with a device that is full. */
  full = false;

  async read(prefix: string): Promise<Map<string, unknown>> {
    await turn();
    return new Map(
      [...this.entries]
        .filter(([key]) => key.startsWith(prefix))
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, value]) => [key, structuredClone(value)]),
    );
  }

  async write({ put = new Map(), drop = [] }: Parameters<KeyValueStore['write']>[0]): Promise<void> {
    await turn();
    if (this.full) throw new Error('QuotaExceededError');
    for (const key of drop) this.entries.delete(key);
    for (const [key, value] of put) this.entries.set(key, structuredClone(value));
  }

  async clear(prefix: string): Promise<void> {
    await turn();
    for (const key of this.entries.keys()) if (key.startsWith(prefix)) this.entries.delete(key);
  }
}

const turn = () => Promise.resolve();

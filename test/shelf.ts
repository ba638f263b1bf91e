// A shelf in memory for tests: it outlives the page that a test throws away, takes its time, and copies the
// values that are put on it, as a database does.
import type { Shelf } from '../components/live/offline/shelf.ts';

export class MemoryShelf implements Shelf {
  readonly kept = new Map<string, unknown>();
  /** As with a device that is full. */
  full = false;

  async read(prefix: string): Promise<Map<string, unknown>> {
    await turn();
    return new Map(
      [...this.kept]
        .filter(([key]) => key.startsWith(prefix))
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, value]) => [key, structuredClone(value)]),
    );
  }

  async write({ put = new Map(), drop = [] }: Parameters<Shelf['write']>[0]): Promise<void> {
    await turn();
    if (this.full) throw new Error('QuotaExceededError');
    for (const key of drop) this.kept.delete(key);
    for (const [key, value] of put) this.kept.set(key, structuredClone(value));
  }

  async clear(prefix: string): Promise<void> {
    await turn();
    for (const key of this.kept.keys()) if (key.startsWith(prefix)) this.kept.delete(key);
  }
}

const turn = () => Promise.resolve();

// Stores the taps of one identity that the server has not decided yet, over a reload. Each has a number that only grows,
// so that they are sent in the order of the taps, even where the device's clock jumps. Several windows of one screen
// share them. That does no harm, because the server carries out a command once for each id.
import * as z from 'zod/mini';
import { Command } from '../../../server/protocol/commands.ts';
import type { KeyValueStore } from './key-value-store.ts';

export const StoredTap = z.object({ command: Command, at: z.string() });
export type StoredTap = z.infer<typeof StoredTap>;

export interface StoredTaps {
  readonly taps: readonly StoredTap[];
  /** The number of taps that an older page stored in a form that this page cannot read. */
  readonly unreadable: number;
}

const DIGITS = 12;

export class TapStorage {
  readonly #store: KeyValueStore;
  readonly #prefix: string;
  readonly #keys = new Map<string, string>();
  #next = 1;
  /** Operations run one after another, so that a tap is never removed before it is stored. */
  #tail: Promise<unknown> = Promise.resolve();

  constructor(store: KeyValueStore, identity: string) {
    this.#store = store;
    this.#prefix = `taps/${identity}/`;
  }

  /** All stored taps, also those of other windows. To be called before the first `add`. */
  read(): Promise<StoredTaps> {
    return this.#then(
      async () => {
        const taps: StoredTap[] = [];
        const unreadable: string[] = [];
        for (const [key, value] of await this.#store.read(this.#prefix)) {
          this.#next = Math.max(this.#next, Number(key.slice(this.#prefix.length).split('/', 1)[0]) + 1 || 0);
          const parsed = StoredTap.safeParse(value);
          if (!parsed.success) {
            unreadable.push(key);
            continue;
          }
          this.#keys.set(parsed.data.command.id, key);
          taps.push(parsed.data);
        }
        if (unreadable.length) await this.#store.write({ drop: unreadable });
        return { taps, unreadable: unreadable.length };
      },
      { taps: [], unreadable: 0 },
    );
  }

  /** @returns false where this device could not store it */
  add(tap: StoredTap): Promise<boolean> {
    return this.#then(async () => {
      // The id is part of the key, because two windows may use the same number.
      const key = `${this.#prefix}${String(this.#next++).padStart(DIGITS, '0')}/${tap.command.id}`;
      this.#keys.set(tap.command.id, key);
      await this.#store.write({ put: new Map([[key, tap]]) });
      return true;
    }, false);
  }

  remove(commandId: string): Promise<void> {
    return this.#then(async () => {
      const key = this.#keys.get(commandId);
      this.#keys.delete(commandId);
      if (key) await this.#store.write({ drop: [key] });
    }, undefined);
  }

  /** Removes all taps; none of them is ever sent. */
  clear(): Promise<void> {
    return this.#then(() => this.#store.clear(this.#prefix), undefined);
  }

  /** A device that cannot store (it is full, or may not) still sends its taps. */
  #then<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
    const done = this.#tail.then(work).catch(() => otherwise);
    this.#tail = done;
    return done;
  }
}

// The taps of one identity that the server has not decided yet, as this device keeps them over a reload. Each is kept
// under a number of its own that only grows, so that they go out in the order of the taps, whatever the device's clock
// says; several windows of one screen share them, which does no harm: a command is carried out once for each id.
import * as z from 'zod/mini';
import { Command } from '../../../server/protocol/commands.ts';
import type { Shelf } from './shelf.ts';

export const KeptTap = z.object({ command: Command, at: z.string() });
export type KeptTap = z.infer<typeof KeptTap>;

export interface ReadTaps {
  readonly taps: readonly KeptTap[];
  /** How many were kept by an older page in words that this one does not know. */
  readonly unreadable: number;
}

const DIGITS = 12;

export class KeptTaps {
  readonly #shelf: Shelf;
  readonly #prefix: string;
  readonly #keys = new Map<string, string>();
  #next = 1;
  /** One thing after another: a tap is never taken off before it was put there. */
  #tail: Promise<unknown> = Promise.resolve();

  constructor(shelf: Shelf, identity: string) {
    this.#shelf = shelf;
    this.#prefix = `taps/${identity}/`;
  }

  /** All that is kept now, also by other windows; to be called before anything is kept. */
  read(): Promise<ReadTaps> {
    return this.#then(
      async () => {
        const taps: KeptTap[] = [];
        const unreadable: string[] = [];
        for (const [key, value] of await this.#shelf.read(this.#prefix)) {
          this.#next = Math.max(this.#next, Number(key.slice(this.#prefix.length).split('/', 1)[0]) + 1 || 0);
          const parsed = KeptTap.safeParse(value);
          if (!parsed.success) {
            unreadable.push(key);
            continue;
          }
          this.#keys.set(parsed.data.command.id, key);
          taps.push(parsed.data);
        }
        if (unreadable.length) await this.#shelf.write({ drop: unreadable });
        return { taps, unreadable: unreadable.length };
      },
      { taps: [], unreadable: 0 },
    );
  }

  keep(tap: KeptTap): Promise<void> {
    return this.#then(async () => {
      // The id is part of the key: two windows may come to the same number.
      const key = `${this.#prefix}${String(this.#next++).padStart(DIGITS, '0')}/${tap.command.id}`;
      this.#keys.set(tap.command.id, key);
      await this.#shelf.write({ put: new Map([[key, tap]]) });
    }, undefined);
  }

  drop(commandId: string): Promise<void> {
    return this.#then(async () => {
      const key = this.#keys.get(commandId);
      this.#keys.delete(commandId);
      if (key) await this.#shelf.write({ drop: [key] });
    }, undefined);
  }

  /** Nobody will ever see or send them again. */
  clear(): Promise<void> {
    return this.#then(() => this.#shelf.clear(this.#prefix), undefined);
  }

  /** A device that cannot keep anything (full, or not allowed to) still sends what is tapped. */
  #then<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
    const done = this.#tail.then(work).catch(() => otherwise);
    this.#tail = done;
    return done;
  }
}

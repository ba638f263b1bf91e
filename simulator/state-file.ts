// Keeps open orders and those that ended lately in a file over restarts, because the kitchen still has them on its
// boards and requests them.
import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Book } from './book.ts';
import type { Order } from './order.ts';

const SAVE_MS = 10_000;

export class StateFile {
  #timer: NodeJS.Timeout | undefined;
  #saving: Promise<void> = Promise.resolve();

  constructor(
    private readonly path: string,
    private readonly book: Book,
    private readonly log: (line: string) => void,
  ) {}

  async start(): Promise<void> {
    const text = await readFile(this.path, 'utf8').catch(() => '[]');
    try {
      this.book.restore(JSON.parse(text) as Order[]);
    } catch {
      this.log(`${this.path} cannot be read: open orders of the last run are forgotten`);
    }
    this.#timer = setInterval(() => void this.save(), SAVE_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.save();
  }

  /** Saves run one after the other and end by a rename, so that the file is whole whenever the process ends. */
  save(): Promise<void> {
    this.#saving = this.#saving
      .then(async () => {
        await writeFile(`${this.path}.new`, JSON.stringify([...this.book.current()]));
        await rename(`${this.path}.new`, this.path);
      })
      .catch((error: Error) => this.log(`open orders could not be kept: ${error.message}`));
    return this.#saving;
  }
}

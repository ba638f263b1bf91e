// Taps on their way to the server. One order's commands go one after another, in the order of the taps; a command leaves the queue
// only when the server has decided it, so what was tapped offline goes out when the server is back. Sending one twice is harmless.
import { CommandResult, laneOf, type Command } from '../../server/protocol/commands.ts';

export interface PendingCommand {
  readonly command: Command;
  /** The server's time of the tap. */
  readonly at: string;
  /** Set once it is carried out: it stays over the board until the board itself has come that far. */
  readonly doneRev: number | null;
}

/** Sends one command, and answers what came back, or null when nothing did. */
export type Post = (command: Command) => Promise<unknown>;

const AGAIN_MS = 1000;

export class CommandQueue {
  readonly #post: Post;
  readonly #changed: () => void;
  readonly #settled = new Map<string, (result: CommandResult) => void>();
  readonly #busy = new Set<string>();
  #pending: readonly PendingCommand[] = [];
  #open = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(post: Post, changed: () => void) {
    this.#post = post;
    this.#changed = changed;
  }

  get pending(): readonly PendingCommand[] {
    return this.#pending;
  }

  add(command: Command, at: string): Promise<CommandResult> {
    return new Promise((resolve) => {
      this.#settled.set(command.id, resolve);
      this.#set([...this.#pending, { command, at, doneRev: null }]);
      this.#flush();
    });
  }

  /** The way to the server is open, or is not. */
  setOpen(open: boolean): void {
    this.#open = open;
    clearTimeout(this.#timer);
    if (open) this.#flush();
  }

  /** The board has come as far as this rev: what was carried out by then shows in it. */
  reached(rev: number | null): void {
    const left = this.#pending.filter(({ doneRev }) => doneRev === null || rev === null || doneRev > rev);
    if (left.length !== this.#pending.length) this.#set(left);
  }

  #flush(): void {
    if (!this.#open) return;
    const started = new Set(this.#busy);
    for (const { command, doneRev } of this.#pending) {
      if (doneRev !== null || started.has(laneOf(command))) continue;
      started.add(laneOf(command));
      void this.#sendOne(command);
    }
  }

  async #sendOne(command: Command): Promise<void> {
    this.#busy.add(laneOf(command));
    const answer = CommandResult.safeParse(await this.#post(command).catch(() => null));
    this.#busy.delete(laneOf(command));
    if (!answer.success || answer.data.outcome === 'unavailable') {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#flush(), AGAIN_MS);
      return;
    }
    const result = answer.data;
    const rest = this.#pending.flatMap((entry) =>
      entry.command.id !== command.id ? [entry] : result.outcome === 'done' ? [{ ...entry, doneRev: result.rev }] : [],
    );
    this.#settled.get(command.id)?.(result);
    this.#settled.delete(command.id);
    this.#set(rest);
    this.#flush();
  }

  #set(pending: readonly PendingCommand[]): void {
    this.#pending = pending;
    this.#changed();
  }
}

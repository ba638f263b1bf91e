// Taps on their way to the server. One order's commands go one after another, in the order of the taps; a command
// leaves the queue only when the server has decided it, so what was tapped offline goes out when the server is back.
// Sending one twice is harmless. What waits is kept on the device, too: a page that is loaded again goes on where the
// last one stopped, with the same ids.
import { CommandResult, laneOf, type Command } from '../../../server/protocol/commands.ts';
import type { KeptTap, KeptTaps } from '../offline/kept-taps.ts';

export interface PendingCommand {
  readonly command: Command;
  /** The server's time of the tap. */
  readonly at: string;
  /** Set once it is carried out: it stays over the board until the board itself has come that far. */
  readonly doneRev: number | null;
}

type Omitted<T> = T extends unknown ? Omit<T, 'id'> : never;
/** A command as a component asks for it; the store gives it its id. */
export type CommandRequest = Omitted<Command>;

export interface QueueDeps {
  /** Sends one command, and answers what came back, or null when nothing did. */
  readonly post: (command: Command) => Promise<unknown>;
  /** @param atOnce where a person has just tapped, and waits to see it */
  readonly changed: (atOnce: boolean) => void;
  /** A tap was decided, by whichever page it was made. */
  readonly decided?: (tap: KeptTap, result: CommandResult) => void;
  /** Where taps are kept; null where this device keeps nothing. */
  readonly kept?: KeptTaps | null;
}

export const AGAIN_MS = 1000;

export class CommandQueue {
  readonly #deps: QueueDeps;
  readonly #settled = new Map<string, (result: CommandResult) => void>();
  readonly #busy = new Set<string>();
  /** Decided here: another window may not have taken them off yet. */
  readonly #decided = new Set<string>();
  #pending: readonly PendingCommand[] = [];
  #open = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: QueueDeps) {
    this.#deps = deps;
  }

  get pending(): readonly PendingCommand[] {
    return this.#pending;
  }

  add(command: Command, at: string): Promise<CommandResult> {
    return new Promise((resolve) => {
      this.#settled.set(command.id, resolve);
      void this.#deps.kept?.keep({ command, at });
      this.#set([...this.#pending, { command, at, doneRev: null }], true);
      this.#flush();
    });
  }

  /**
   * Takes in what this device keeps: taps of an earlier page, and of other windows. They were made before what is
   * tapped from now on.
   * @returns how many could not be read any more
   */
  async adopt(): Promise<number> {
    if (!this.#deps.kept) return 0;
    const { taps, unreadable } = await this.#deps.kept.read();
    const here = new Set(this.#pending.map(({ command }) => command.id));
    const news = taps.filter(({ command }) => !here.has(command.id) && !this.#decided.has(command.id));
    if (news.length) this.#set([...news.map((tap) => ({ ...tap, doneRev: null })), ...this.#pending]);
    this.#flush();
    return unreadable;
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

  /** Whoever uses this screen now is not who made these taps, or may make none: none of them is sent, now or later. */
  async clear(): Promise<void> {
    this.setOpen(false);
    this.#settled.clear();
    this.#set([]);
    await this.#deps.kept?.clear();
  }

  #flush(): void {
    if (!this.#open) return;
    const started = new Set(this.#busy);
    for (const { command, at, doneRev } of this.#pending) {
      if (doneRev !== null || started.has(laneOf(command))) continue;
      started.add(laneOf(command));
      void this.#sendOne({ command, at });
    }
  }

  async #sendOne(tap: KeptTap): Promise<void> {
    const { command } = tap;
    this.#busy.add(laneOf(command));
    const answer = CommandResult.safeParse(await this.#deps.post(command).catch(() => null));
    this.#busy.delete(laneOf(command));
    // Taken away meanwhile, by clear: its result is nobody's any more.
    if (!this.#pending.some((entry) => entry.command.id === command.id)) return;
    if (!answer.success || answer.data.outcome === 'unavailable') {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#flush(), AGAIN_MS);
      return;
    }
    const result = answer.data;
    const rest = this.#pending.flatMap((entry) =>
      entry.command.id !== command.id ? [entry] : result.outcome === 'done' ? [{ ...entry, doneRev: result.rev }] : [],
    );
    this.#decided.add(command.id);
    void this.#deps.kept?.drop(command.id);
    this.#settled.get(command.id)?.(result);
    this.#settled.delete(command.id);
    this.#set(rest);
    this.#deps.decided?.(tap, result);
    this.#flush();
  }

  #set(pending: readonly PendingCommand[], atOnce = false): void {
    this.#pending = pending;
    this.#deps.changed(atOnce);
  }
}

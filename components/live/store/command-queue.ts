// The queue of taps on their way to the server. The commands of one order are sent one after another, in the order of
// the taps. A command leaves the queue only when the server has decided it, so taps made offline are sent when the server
// is back. Sending a command twice is harmless. The device stores the queue, so that a reloaded page goes on where the
// last page stopped, with the same ids.
import { CommandResult, laneOf, type Command } from '../../../server/protocol/commands.ts';
import type { StoredTap, TapStorage } from '../offline/tap-storage.ts';

export interface PendingCommand {
  readonly command: Command;
  /** The server's time of the tap. */
  readonly at: string;
  /** The rev at which it was carried out. It stays over the board until the board itself has reached that rev. */
  readonly doneRev: number | null;
}

type Omitted<T> = T extends unknown ? Omit<T, 'id'> : never;
/** A command as a component asks for it, without the id that the store gives it. */
export type CommandRequest = Omitted<Command>;

export interface QueueDeps {
  /** Sends one command. @returns the server's answer */
  readonly post: (command: Command) => Promise<unknown>;
  /** The queue has changed. @param atOnce whether a person has just tapped, and waits to see it */
  readonly changed: (atOnce: boolean) => void;
  /** The server decided a tap of this page, or of another one. */
  readonly decided?: (tap: StoredTap, result: CommandResult) => void;
  /** Null where this device cannot store. */
  readonly storage?: TapStorage | null;
  /** A tap that the server has not decided will be gone with this page. */
  readonly notStored?: () => void;
}

/** A command without a decision is sent again after this. */
export const AGAIN_MS = 1000;
/** So many answers that this page cannot read end a tap here: the server has decided, and asking on tells no more. */
export const UNREADABLE_ANSWERS = 3;

const notHere = (code: 'not-this-screen' | 'answer-unreadable'): CommandResult => ({
  outcome: 'refused',
  reason: code,
  why: { code },
});

export class CommandQueue {
  readonly #deps: QueueDeps;
  readonly #settled = new Map<string, (result: CommandResult) => void>();
  readonly #busy = new Set<string>();
  /** Ids decided here, which may still be stored when `adopt` reads. */
  readonly #decided = new Set<string>();
  readonly #unreadable = new Map<string, number>();
  #pending: readonly PendingCommand[] = [];
  /** The rev of the board. */
  #rev: number | null = null;
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
      void this.#store({ command, at });
      this.#set([...this.#pending, { command, at, doneRev: null }], true);
      this.#flush();
    });
  }

  async #store(tap: StoredTap): Promise<void> {
    const stored = await (this.#deps.storage?.add(tap) ?? false);
    if (!stored && this.#pending.some(({ command }) => command.id === tap.command.id)) this.#deps.notStored?.();
  }

  /**
   * Adds the taps that this device stores: those of an earlier page, and of other windows. They go before the taps made
   * from now on.
   * @returns the number of taps that cannot be read any more
   */
  async adopt(): Promise<number> {
    if (!this.#deps.storage) return 0;
    const { taps, unreadable } = await this.#deps.storage.read();
    const here = new Set(this.#pending.map(({ command }) => command.id));
    const news = taps.filter(({ command }) => !here.has(command.id) && !this.#decided.has(command.id));
    if (news.length) this.#set([...news.map((tap) => ({ ...tap, doneRev: null })), ...this.#pending]);
    this.#flush();
    return unreadable;
  }

  /** Commands are sent only while the connection to the server is open. */
  setOpen(open: boolean): void {
    this.#open = open;
    clearTimeout(this.#timer);
    if (open) this.#flush();
  }

  /**
   * The board has reached this rev, so it shows the results of the commands carried out by then. A board that goes back is
   * of a database that was put back: it may lack those results, and they must not hide tickets that are open again.
   */
  reached(rev: number | null): void {
    const back = rev !== null && this.#rev !== null && rev < this.#rev;
    this.#rev = rev;
    const left = this.#pending.filter(({ doneRev }) => doneRev === null || rev === null || (doneRev > rev && !back));
    if (left.length !== this.#pending.length) this.#set(left);
  }

  /** Another identity uses the screen now, or none may: no tap is sent, now or later. */
  async clear(): Promise<void> {
    this.setOpen(false);
    for (const settle of this.#settled.values()) settle(notHere('not-this-screen'));
    this.#settled.clear();
    this.#unreadable.clear();
    this.#set([]);
    await this.#deps.storage?.clear();
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

  async #sendOne(tap: StoredTap): Promise<void> {
    const { command } = tap;
    this.#busy.add(laneOf(command));
    const raw = await this.#deps.post(command).catch(() => null);
    const answer = CommandResult.safeParse(raw);
    this.#busy.delete(laneOf(command));
    // `clear` has removed it meanwhile.
    if (!this.#pending.some((entry) => entry.command.id === command.id)) return;
    const unread = raw !== null && !answer.success && this.#countUnreadable(command.id) >= UNREADABLE_ANSWERS;
    if (!unread && (!answer.success || answer.data.outcome === 'unavailable')) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#flush(), AGAIN_MS);
      return;
    }
    const result = answer.success ? answer.data : notHere('answer-unreadable');
    const rest = this.#pending.flatMap((entry) =>
      entry.command.id !== command.id ? [entry] : this.#isAhead(result) ? [{ ...entry, doneRev: result.rev }] : [],
    );
    this.#decided.add(command.id);
    this.#unreadable.delete(command.id);
    // A tap whose answer could not be read stays stored. The next page sends it again, and reads the answer.
    if (!unread) void this.#deps.storage?.remove(command.id);
    this.#settled.get(command.id)?.(result);
    this.#settled.delete(command.id);
    this.#set(rest);
    this.#deps.decided?.(tap, result);
    this.#flush();
  }

  /**
   * Whether the board does not show the result yet, so that the prediction must stay over it. The board may have passed
   * the answer, which was lost and asked for again: then it shows the result, and all that happened to it since.
   */
  #isAhead(result: CommandResult): result is Extract<CommandResult, { outcome: 'done' }> {
    return result.outcome === 'done' && (this.#rev === null || result.rev > this.#rev);
  }

  #countUnreadable(id: string): number {
    const times = (this.#unreadable.get(id) ?? 0) + 1;
    this.#unreadable.set(id, times);
    return times;
  }

  #set(pending: readonly PendingCommand[], atOnce = false): void {
    this.#pending = pending;
    this.#deps.changed(atOnce);
  }
}

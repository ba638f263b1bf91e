// Messages that the user of a screen sees once. Most are taps that were not carried out, with the reason and the faster
// person.
import {
  orderIdOf,
  type Command,
  type CommandKind,
  type CommandResult,
  type Why,
} from '../../../server/protocol/commands.ts';
import type { OrderView } from '../../../server/protocol/views.ts';
import { uuid } from './uuid.ts';

/** A tap that was not carried out. */
export interface UndoneTap {
  readonly kind: CommandKind;
  readonly why: Why;
  /** The name of the faster person, where it is known. */
  readonly by: string | null;
  /** The order's number, or the dish of the tap. */
  readonly about: { readonly order: string } | { readonly dish: string };
  /** The server's time of the tap, where it waited for the server for a while. */
  readonly tappedAt: string | null;
}

interface Said {
  readonly tone: 'information' | 'warning';
  /** It stays until a person dismisses it, because nobody may have been looking when it came. */
  readonly stays?: boolean;
}

/**
 * `lostTaps` is the number of taps that an older version of this page stored and this one cannot send. `unstoredTaps`:
 * this device cannot store its taps now, so they are gone with the page.
 */
export type Notice = Said &
  ({ readonly tap: UndoneTap } | { readonly lostTaps: number } | { readonly unstoredTaps: true });
export type BoardMessage = Notice & { readonly id: string };

/** After such a wait the person may be elsewhere. */
const A_WHILE_MS = 10_000;
const MOST = 12;

export class Notices {
  #all: readonly BoardMessage[] = [];

  get all(): readonly BoardMessage[] {
    return this.#all;
  }

  tell(message: Notice): void {
    this.#all = [...this.#all, { ...message, id: uuid() }].slice(-MOST);
  }

  dismiss(id: string): void {
    this.#all = this.#all.filter((message) => message.id !== id);
  }

  clear(): void {
    this.#all = [];
  }
}

/** The message about a tap that the server decided; null where it was carried out. */
export function noticeOf(
  command: Command,
  at: string,
  result: CommandResult,
  orders: ReadonlyMap<string, OrderView>,
  now: number,
): Notice | null {
  if (result.outcome !== 'conflict' && result.outcome !== 'refused') return null;
  const orderId = orderIdOf(command);
  const order = result.outcome === 'conflict' ? result.order : orders.get(orderId ?? '');
  const about = 'dish' in command ? { dish: command.dish.name } : { order: order?.number ?? orderId ?? '' };
  const by = result.outcome === 'conflict' ? (result.by ?? null) : null;
  const late = now - Date.parse(at) > A_WHILE_MS;
  return {
    tone: 'warning',
    tap: { kind: command.kind, why: result.why, by, about, tappedAt: late ? at : null },
    stays: late,
  };
}

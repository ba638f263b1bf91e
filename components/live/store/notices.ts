// What the screen's user is to be told once: above all the taps that were not carried out, why, and who was first.
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
  /** Who was first, where that is known. */
  readonly by: string | null;
  /** The order's number, or the dish that the tap was about. */
  readonly about: { readonly order: string } | { readonly dish: string };
  /** When it was made, where that was a while ago: the server was away. In the server's time. */
  readonly tappedAt: string | null;
}

interface Said {
  readonly tone: 'information' | 'warning';
  /** Stays until somebody takes it away: nobody may have been looking when it came. */
  readonly stays?: boolean;
}

/** `lostTaps`: so many taps of an older version of this page cannot be sent by this one. */
export type Notice = Said & ({ readonly tap: UndoneTap } | { readonly lostTaps: number });
export type BoardMessage = Notice & { readonly id: string };

/** Made so long before its answer, in ms, a tap has waited for the server: its user may be elsewhere by now. */
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

/** What to say of a tap that was decided; null where it was carried out. */
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

// The keyboard or bump bar of a screen, without the browser: the presses come in, and each chooses a slot or is an
// action.
//
// Digits belong to one action. They are a number until another key, a tap or an open sheet ends it, so that the digit of
// one ticket never joins the digit of the next. A page with ten slots or more has numbers of two digits: there a digit
// waits for a second one, as long as the two could still be a slot.
import { actionOf, digitOf, type KeyAction, type KeyMap } from './keys.ts';

/** The second of two digits must come within this time, in ms. */
export const DIGIT_MS = 1000;

export interface Press {
  /** KeyboardEvent.code. */
  readonly code: string;
  /** In ms, of any clock that never goes back. */
  readonly at: number;
  /** Whether the key is held down, and repeats. */
  readonly repeat?: boolean;
}

/** `slot` is null where the number is none of the page's slots: then nothing is chosen any more. */
export type Pressed =
  | { readonly kind: 'choose'; readonly slot: number | null }
  | { readonly kind: 'act'; readonly action: KeyAction };

/** The actions that a held key repeats. */
const repeated: readonly KeyAction[] = ['up', 'down', 'next', 'previous'];

export class Keyboard {
  readonly #keys: KeyMap;
  /** The digit that waits for a second one. */
  #first: { readonly digit: number; readonly at: number } | null = null;

  constructor(keys: KeyMap) {
    this.#keys = keys;
  }

  /** @param slots the number of slots on the page @returns null for a key that means nothing here */
  press({ code, at, repeat = false }: Press, slots: number): Pressed | null {
    const digit = digitOf(code);
    if (digit !== null) return repeat ? null : { kind: 'choose', slot: this.#choose(digit, at, slots) };
    this.forget();
    const action = actionOf(this.#keys, code);
    return action === null || (repeat && !repeated.includes(action)) ? null : { kind: 'act', action };
  }

  /** The next digit begins a new number. */
  forget(): void {
    this.#first = null;
  }

  #choose(digit: number, at: number, slots: number): number | null {
    const first = this.#first;
    const joins = first !== null && at - first.at < DIGIT_MS && hasTwo(first.digit, slots);
    this.#first = !joins && hasTwo(digit, slots) ? { digit, at } : null;
    const number = joins ? first.digit * 10 + digit : digit === 0 ? 10 : digit;
    return number >= 1 && number <= slots ? number : null;
  }
}

/** Whether the digit can be the first of two. With 0 first, a second digit is the slot by itself. */
const hasTwo = (digit: number, slots: number): boolean => slots >= 10 && digit * 10 <= slots;

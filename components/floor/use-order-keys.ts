'use client';
// The keyboard or bump bar of the pass and the floor, by the kitchen's rules: a number chooses a card, arrows lead from
// card to card and from dish to dish, and Enter serves all of the chosen order that is ready.
//
// Choice and numbers are drawn by attributes of the cards (app/globals.css), so that no card is rendered again for them.
// The numbers show once a key has been used on the device, since most phones and tablets have no keys.
import { useLayoutEffect, useState, type RefObject } from 'react';
import { itemIdOf } from '../../server/protocol/views.ts';
import { keyDevice, type PassAction } from '../keys/keys.ts';
import { useKeys } from '../keys/use-keys.ts';
import { prefer, usePreferences } from '../ui/index.ts';
import type { FloorCard } from '../order/cards.ts';
import type { Doing } from './use-order-actions.ts';

interface Choice {
  readonly orderId: string;
  /** The place of the chosen dish on its card; null where none is chosen. */
  readonly row: number | null;
}

export interface OrderKeysDeps {
  /** Contains the cards (`article[data-order-id]`), in the order of their numbers. */
  readonly root: RefObject<HTMLElement | null>;
  readonly cards: readonly FloorCard[];
  readonly doing: Pick<Doing, 'actions' | 'serving' | 'asks' | 'cancel'>;
  /** Does with the chosen order as the main button of its card does. */
  readonly finish: (card: FloorCard) => void;
  /** The screen's own: its lists and settings. An action that it lacks is left to the browser. */
  readonly screen: Partial<Record<PassAction, () => void>>;
}

export function useOrderKeys({ root, cards, doing, finish, screen }: OrderKeysDeps): void {
  const { keyed, sounds } = usePreferences();
  const [choice, setChoice] = useState<Choice | null>(null);
  // After each render, because the cards are drawn by others.
  useLayoutEffect(() => draw(cardsIn(root.current), choice, keyed));
  const choose = (card: HTMLElement | undefined, row: number | null = null) => {
    setChoice(card ? { orderId: card.dataset['orderId']!, row } : null);
    if (!card) return;
    card.tabIndex = -1;
    // Focus moves with the choice, so that a screen reader follows it, and the page scrolls to it.
    card.focus();
  };
  const shownCard = () => cardsIn(root.current).find((card) => card.dataset['orderId'] === choice?.orderId);
  /** The chosen order, where its card is in view: nobody serves an order that the board has turned away from. */
  const chosen = () => (shownCard() ? cards.find(({ order }) => order.id === choice?.orderId) : undefined);
  const step = (by: number) => {
    const all = cardsIn(root.current);
    const [at, last] = [all.indexOf(shownCard()!), all.length - 1];
    choose(all[at === -1 ? (by > 0 ? 0 : last) : Math.max(0, Math.min(last, at + by))]);
  };
  const stepRow = (by: number) => {
    const card = shownCard();
    if (!card) return step(by);
    const { length } = rowsIn(card);
    const row = (choice?.row ?? (by > 0 ? -1 : length)) + by;
    choose(card, length ? Math.max(0, Math.min(length - 1, row)) : null);
  };
  /** The chosen dish, where it can be served. */
  const chosenLine = () => {
    const row = rowsIn(shownCard())[choice?.row ?? -1];
    return chosen()?.ready.find(
      (line) => itemIdOf(line) === row?.dataset['itemId'] && row.dataset['state'] === 'ready',
    );
  };
  const { actions, serving, asks, cancel } = doing;
  const own: Partial<Record<PassAction, () => void>> = {
    bump: () => {
      const card = chosen();
      if (card) finish(card);
      setChoice(null);
    },
    mark: () => {
      const [card, line] = [chosen(), chosenLine()];
      if (card && line) actions.serve(card.order, [line]);
    },
    open: () => {
      const card = chosen();
      if (card) actions.more(card.order.id);
    },
    undo: () => {
      const [served, ask] = [serving.served.at(-1), asks.at(-1)];
      if (served) serving.undo(served);
      else if (ask) cancel(ask.key);
    },
    previous: () => step(-1),
    next: () => step(1),
    up: () => stepRow(-1),
    down: () => stepRow(1),
    clear: () => setChoice(null),
    mute: () => prefer({ sounds: { ...sounds, muted: !sounds.muted } }),
  };
  useKeys({
    slots: () => Math.max(0, ...cardsIn(root.current).map(slotOf)),
    choose: (slot) => {
      if (!keyed) prefer({ keyed: true });
      choose(cardsIn(root.current).find((card, index) => slotOf(card, index) === slot));
    },
    act: (action) => {
      const ownAct = own[action as PassAction];
      const act = ownAct ?? screen[action as PassAction];
      if (!act) return false;
      if (keyDevice.includes(action) && !keyed) prefer({ keyed: true });
      // The screen's lists have nothing to do with the chosen card.
      if (!ownAct) setChoice(null);
      act();
      return true;
    },
  });
}

const cardsIn = (root: HTMLElement | null): HTMLElement[] =>
  root ? [...root.querySelectorAll<HTMLElement>('article[data-order-id]')] : [];
const rowsIn = (card: HTMLElement | undefined): HTMLElement[] =>
  card ? [...card.querySelectorAll<HTMLElement>('li[data-item-id]')] : [];
/** Cards on pages have their slot's number. Others are counted. */
const slotOf = (card: HTMLElement, index: number): number => Number(card.dataset['slot'] ?? index + 1);

/** Sets the attributes only where they differ, since each change costs a new look at the styles. */
function draw(cards: readonly HTMLElement[], choice: Choice | null, numbered: boolean): void {
  // An order may go on in another slot. Its rows are counted on the first.
  const first = cards.find((card) => card.dataset['orderId'] === choice?.orderId);
  for (const [index, card] of cards.entries()) {
    const chosen = card.dataset['orderId'] === choice?.orderId;
    set(card, 'data-key-slot', numbered && card.dataset['slot'] === undefined ? `${index + 1}` : null);
    set(card, 'data-key-chosen', chosen ? 'true' : null);
    for (const [row, line] of rowsIn(card).entries())
      set(line, 'data-key-chosen', card === first && row === choice?.row ? 'true' : null);
  }
}

function set(element: HTMLElement, name: string, value: string | null): void {
  if (element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

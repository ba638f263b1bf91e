'use client';
// One page of cards, each at its place. Cards are measured before they are painted, and those that moved ignore taps
// for a moment (settle-guard.ts).
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  type CSSProperties,
  type ReactNode,
  type RefCallback,
} from 'react';
import { useBoard } from '../live/index.ts';
import { SettleGuard, type Box } from '../ui/index.ts';
import type { HeightBook } from './height-book.ts';
import type { Placement } from './layout.ts';
import type { Pages } from './use-pages.ts';

/** A card, or a part of one, at its place on the page. */
export interface Standing<C> {
  readonly placement: Placement;
  readonly card: C;
  /** The slot of this page in which the card goes on. Null if it ends here or goes on on the next page. */
  readonly nextSlot: number | null;
  readonly key: string;
  readonly left: number;
}

export function standingOf<C extends object>(
  cards: readonly C[],
  { pages, cardWidth, gap }: Pages<C>,
  page: number,
  idOf: (card: C) => string,
): Standing<C>[] {
  return (pages[page] ?? []).flatMap((placement, index, all) => {
    const card = cards[placement.card];
    const next = all.find((part, at) => at !== index && part.card === placement.card && part.from === placement.to);
    return card
      ? [
          {
            placement,
            card,
            nextSlot: next?.slot ?? null,
            key: `${idOf(card)}/${placement.from}`,
            left: placement.column * (cardWidth + gap),
          },
        ]
      : [];
  });
}

/** The elements of the cards that are drawn, by key. */
export type Elements = Map<string, HTMLElement>;

/**
 * Measures the cards that are drawn, lays them out again if a height was another one, and covers those that moved.
 * @returns the cover's ref
 */
export function useSettledPage<C extends object>(
  placed: readonly Standing<C>[],
  elements: Elements,
  { book, cardWidth, again }: Pages<C>,
): (element: HTMLElement | null) => void {
  const guard = useMemo(() => new SettleGuard(), []);
  const moves = useBoard((view) => view.motion);
  useLayoutEffect(() => {
    let news = false;
    for (const { key, card, placement } of placed) {
      const element = elements.get(key);
      if (element && !book.knows(card, placement)) news = measure(element, card, placement, book) || news;
    }
    if (news) return again();
    const boxes = new Map<string, Box>(
      placed.map(({ key, placement, left }) => [
        key,
        { left, top: placement.top, width: cardWidth, height: placement.height },
      ]),
    );
    guard.settle(boxes, { glide: moves && !matchMedia('(prefers-reduced-motion: reduce)').matches });
  });
  useEffect(() => () => guard.stop(), [guard]);
  return guard.cover;
}

export interface CardPlaceProps {
  readonly of: string;
  readonly elements: Elements;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly hidden?: boolean;
  /** The variables of a card with sizes of its own. */
  readonly variables?: CSSProperties | undefined;
  readonly children: ReactNode;
}

/** The box of one card. */
export function CardPlace({
  of,
  elements,
  left,
  top,
  width,
  height,
  hidden = false,
  variables,
  children,
}: CardPlaceProps) {
  const element: RefCallback<HTMLElement> = useCallback(
    (found) => {
      if (found) elements.set(of, found);
      return () => void elements.delete(of);
    },
    [elements, of],
  );
  return (
    <div
      ref={element}
      className={`glides absolute top-0 left-0 [contain:size_layout] ${hidden ? 'invisible' : ''}`}
      style={{ ...variables, width, height, transform: `translate(${left}px, ${top}px)` }}
    >
      {children}
    </div>
  );
}

/** Measures a card. @returns true if its heights differ from those that the layout used */
function measure<C extends object>(element: HTMLElement, card: C, placement: Placement, book: HeightBook<C>): boolean {
  const list = element.querySelector<HTMLElement>('[data-lines]');
  const ticket = element.firstElementChild;
  if (!list || !ticket) return false;
  const [outer, inner] = [ticket.getBoundingClientRect(), list.getBoundingClientRect()];
  return book.measured(
    card,
    placement,
    inner.top - outer.top,
    Array.from(list.children, (child) => child.getBoundingClientRect().height),
    outer.bottom - inner.bottom,
  );
}

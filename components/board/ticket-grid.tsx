'use client';
// One page of cards. They are placed by the layout, measured before they are painted, and rest after they moved.
import { useEffect, useLayoutEffect, useMemo, useReducer, useRef } from 'react';
import { HeightBook } from './card-heights.ts';
import { layOut, type Placement } from './layout.ts';
import { SettleGuard, type Box } from './moved-cards.ts';
import type { StationTicket } from './station-tickets.ts';
import { TicketCard } from './ticket-card.tsx';

const GAP = 8;
const MIN_CARD = 292;

export interface Pages {
  readonly pages: readonly (readonly Placement[])[];
  readonly book: HeightBook;
  readonly cardWidth: number;
  /** Lays everything out again, after measuring said something new. */
  readonly again: () => void;
}

/** Pages the tickets for an area of this size; null until the size is known. */
export function usePages(tickets: readonly StationTicket[], size: { width: number; height: number } | null): Pages | null {
  const book = useMemo(() => new HeightBook(), []);
  const [measures, again] = useReducer((count: number) => count + 1, 0);
  return useMemo(() => {
    void measures;
    if (!size) return null;
    const columns = Math.max(1, Math.floor((size.width + GAP) / (MIN_CARD + GAP)));
    const cardWidth = Math.floor((size.width - GAP * (columns - 1)) / columns);
    const heights = tickets.map((ticket) => book.heightsOf(ticket, cardWidth));
    return { pages: layOut(heights, { columns, height: size.height, gap: GAP }), book, cardWidth, again };
  }, [tickets, size, book, measures]);
}

export interface TicketGridProps {
  readonly tickets: readonly StationTicket[];
  readonly layout: Pages;
  readonly page: number;
  readonly onBump: (card: StationTicket) => void;
}

export function TicketGrid({ tickets, layout, page, onBump }: TicketGridProps) {
  const { book, cardWidth, again } = layout;
  const elements = useRef(new Map<string, HTMLElement>());
  const measured = useMemo(() => new WeakMap<HTMLElement, { card: StationTicket; from: number; to: number; cardWidth: number; fonts: string }>(), []);
  const guard = useMemo(() => new SettleGuard(), []);
  const placed = (layout.pages[page] ?? []).flatMap((placement, index, all) => {
    const card = tickets[placement.card];
    const next = all[index + 1];
    const nextSlot = next?.card === placement.card ? next.slot : null;
    return card ? [{ placement, card, nextSlot, key: `${card.ticket.id}/${placement.from}`, left: placement.column * (cardWidth + GAP) }] : [];
  });

  useLayoutEffect(() => {
    const news = placed.filter(({ key, card, placement }) => {
      const element = elements.current.get(key);
      const known = element && measured.get(element);
      // Asking the browser for sixty heights takes longer than all else that a change costs: only what is new is asked for.
      if (!element || (known?.card === card && known.from === placement.from && known.to === placement.to && known.cardWidth === cardWidth && known.fonts === document.fonts.status)) return false;
      measured.set(element, { card, from: placement.from, to: placement.to, cardWidth, fonts: document.fonts.status });
      return measure(element, card, placement, book, cardWidth);
    });
    if (news.length) return again();
    const boxes = new Map<string, Box>(placed.map(({ key, placement, left }) => [key, { left, top: placement.top, width: cardWidth, height: placement.height }]));
    guard.settle(boxes, (key) => elements.current.get(key));
  });
  useEffect(() => () => guard.stop(), [guard]);

  return (
    <div className="relative size-full">
      {placed.map(({ placement, card, nextSlot, key, left }) => (
        <div
          key={key}
          ref={(element) => {
            if (element) elements.current.set(key, element);
            return () => void elements.current.delete(key);
          }}
          className="glides absolute top-0 left-0"
          style={{ width: cardWidth, transform: `translate(${left}px, ${placement.top}px)` }}
        >
          <TicketCard card={card} slot={placement.slot} from={placement.from} to={placement.to} nextSlot={nextSlot} onBump={onBump} />
        </div>
      ))}
    </div>
  );
}

/** Whether the card turned out otherwise than the layout took it to be. A part of a split ticket tells only about its lines. */
function measure(element: HTMLElement, card: StationTicket, { from }: Placement, book: HeightBook, width: number): boolean {
  const list = element.querySelector<HTMLElement>('[data-lines]');
  if (!list) return false;
  const lines = Array.from(list.children, (child, index) => ({ index: from + index, height: child.getBoundingClientRect().height }));
  const chrome = from === 0 ? element.getBoundingClientRect().height - list.getBoundingClientRect().height : null;
  return book.measured(card, width, chrome, lines);
}

'use client';
// One page of cards. The layout places them, they are measured before they are painted, and cards that moved ignore
// taps for a moment (settle-guard.ts).
import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useReducer } from 'react';
import { useTranslations } from '../i18n/index.ts';
import { useBoard, useOrder, useShown } from '../live/index.ts';
import { SettleGuard, type Box, type Preferences } from '../ui/index.ts';
import { HeightBook } from './card-heights.ts';
import { FixedPlaces } from './fixed-places.ts';
import type { TicketActions } from './kitchen-actions.ts';
import { layOut, type Placement } from './layout.ts';
import { sizeVariables, type Sizes } from './sizes.ts';
import { asOf, type StationTicket } from './station-tickets.ts';
import { TicketCard, type TicketCardProps } from './ticket-card.tsx';
import { useFewAtOnce } from './use-few-at-once.ts';
import { useFonts } from './use-fonts.ts';
import type { Size } from './use-size.ts';

export interface Pages {
  readonly pages: readonly (readonly Placement[])[];
  readonly book: HeightBook;
  readonly cardWidth: number;
  readonly sizes: Sizes;
  /** Lays everything out again, after a measurement changed a height. */
  readonly again: () => void;
}

/** Pages the tickets for an area of this size. Null until the size is known. */
export function usePages(
  tickets: readonly StationTicket[],
  size: Size | null,
  sizes: Sizes,
  places: Preferences['places'],
): Pages | null {
  const t = useTranslations('board');
  const facts = useBoard((view) => view.facts);
  const fonts = useFonts();
  const width = size?.width ?? 0;
  const columns = Math.max(1, Math.floor((width + sizes.gap) / (sizes.column + sizes.gap)));
  const cardWidth = Math.floor((width - sizes.gap * (columns - 1)) / columns);
  const book = useMemo(() => {
    // Heights measured with other fonts, other station names or other sold-out dishes no longer hold, so the book is
    // made anew.
    void fonts;
    return new HeightBook(t, sizes, cardWidth, facts.stations);
  }, [t, sizes, cardWidth, fonts, facts]);
  const fixed = useMemo(() => (places === 'fixed' ? new FixedPlaces() : null), [places]);
  const [measures, again] = useReducer((count: number) => count + 1, 0);
  return useMemo(() => {
    void measures;
    if (!size) return null;
    const heights = tickets.map((ticket) => book.heightsOf(ticket));
    const frame = { columns, height: size.height, gap: sizes.gap };
    const pages = fixed
      ? fixed.layOut(
          tickets.map(({ ticket }) => ticket.id),
          heights,
          frame,
        )
      : layOut(heights, frame);
    return { pages, book, cardWidth, sizes, again };
  }, [tickets, size, sizes, columns, cardWidth, book, fixed, measures]);
}

/** The choice made by keys: a ticket, and perhaps one of its rows. */
export interface KeyChoice {
  readonly ticketId: string;
  readonly row: number | null;
}

export interface TicketGridProps {
  readonly tickets: readonly StationTicket[];
  readonly layout: Pages;
  readonly page: number;
  readonly choice: KeyChoice | null;
  readonly actions: TicketActions;
}

export function TicketGrid({ tickets, layout, page, choice, actions }: TicketGridProps) {
  const { book, cardWidth, sizes, again } = layout;
  const elements = useMemo(() => new Map<string, HTMLElement>(), []);
  const guard = useMemo(() => new SettleGuard(), []);
  const { cover } = guard;
  const moves = useBoard((view) => view.motion);
  const variables = useMemo(() => sizeVariables(sizes), [sizes]);
  const standing = (layout.pages[page] ?? []).flatMap((placement, index, all) => {
    const card = tickets[placement.card];
    const next = all.find((part, at) => at !== index && part.card === placement.card && part.from === placement.to);
    return card
      ? [
          {
            placement,
            card,
            nextSlot: next?.slot ?? null,
            key: `${card.ticket.id}/${placement.from}`,
            left: placement.column * (cardWidth + sizes.gap),
          },
        ]
      : [];
  });

  const coming = useFewAtOnce(
    standing,
    (key) => elements.has(key),
    useBoard((view) => !view.quick),
  );
  const placed = coming.size ? standing.filter((card) => !coming.has(card)) : standing;
  // Tickets on other pages are reported as shown. Cards that are still to be drawn are not.
  useShown(
    useMemo(() => {
      const later = new Set([...coming].map(({ card }) => card));
      return tickets.flatMap((card) => (later.has(card) ? [] : [card.ticket]));
    }, [tickets, coming]),
  );

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

  return (
    <div data-coming={coming.size || undefined} className="relative size-full" style={variables}>
      {placed.map(({ placement, card, nextSlot, key, left }) => (
        <Place
          key={key}
          of={key}
          elements={elements}
          left={left}
          top={placement.top}
          height={placement.height}
          card={card}
          slot={placement.slot}
          from={placement.from}
          to={placement.to}
          nextSlot={nextSlot}
          sizes={sizes}
          width={cardWidth}
          actions={actions}
          chosen={choice?.ticketId === card.ticket.id}
          chosenRow={choice?.ticketId === card.ticket.id ? choice.row : null}
        />
      ))}
      <div ref={cover} aria-hidden className="absolute inset-0 z-20" />
    </div>
  );
}

interface PlaceProps extends TicketCardProps {
  readonly of: string;
  readonly elements: Map<string, HTMLElement>;
  readonly left: number;
  readonly top: number;
  readonly height: number;
}

/**
 * Memoised: it renders only when its card or its place changed, so a change on a full page costs the work of one card.
 */
const Place = memo(function Place({ of, elements, left, top, height, card, ...ticket }: PlaceProps) {
  // A tap updates its own card at once and hides it if that was its last dish. The board follows later.
  const shown = asOf(useOrder(card.order.id), card);
  const element = useCallback(
    (found: HTMLElement | null) => {
      if (found) elements.set(of, found);
      return () => void elements.delete(of);
    },
    [elements, of],
  );
  return (
    <div
      ref={element}
      className={`glides absolute top-0 left-0 [contain:size_layout] ${shown ? '' : 'invisible'}`}
      style={{ width: ticket.width, height, transform: `translate(${left}px, ${top}px)` }}
    >
      <TicketCard {...ticket} card={shown ?? card} />
    </div>
  );
});

/** Measures a card. @returns true if its heights differ from those that the layout used */
function measure(element: HTMLElement, card: StationTicket, placement: Placement, book: HeightBook): boolean {
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

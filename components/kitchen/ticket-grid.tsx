'use client';
// One page of the kitchen's tickets.
import { memo, useCallback, useMemo, useState, type CSSProperties } from 'react';
import { layOut, type CardHeights, type Frame } from '../cards/layout.ts';
import { CardPlace, standingOf, useSettledPage, type Elements } from '../cards/standing.tsx';
import { useFewAtOnce } from '../cards/use-few-at-once.ts';
import { usePages, type Pages } from '../cards/use-pages.ts';
import type { Size } from '../cards/use-size.ts';
import { useTranslations } from '../i18n/index.ts';
import { useBoard, useOrder, useShown } from '../live/index.ts';
import type { Preferences } from '../ui/index.ts';
import { CanceledCard } from './canceled-card.tsx';
import { estimate } from './card-heights.ts';
import { FixedPlaces } from './fixed-places.ts';
import type { TicketActions } from './kitchen-actions.ts';
import { heldSizesOf, sizeVariables, type Sizes } from './sizes.ts';
import { asOf, type StationTicket } from './station-tickets.ts';
import { TicketCard, type TicketCardProps } from './ticket-card.tsx';

/** Pages the tickets for an area of this size. Null until the size is known. */
export function useTicketPages(
  tickets: readonly StationTicket[],
  size: Size | null,
  sizes: Sizes,
  { places, text }: Pick<Preferences, 'places' | 'text'>,
): Pages<StationTicket> | null {
  const t = useTranslations('board');
  const common = useTranslations('common');
  const facts = useBoard((view) => view.facts);
  // Heights measured with other station names or other sold-out dishes no longer hold, so all facts count.
  const estimateFor = useCallback(
    (width: number) => (ticket: StationTicket) =>
      estimate(t, common, ticket, ticket.held ? heldSizesOf({ text }) : sizes, width, facts.stations),
    [t, common, sizes, text, facts],
  );
  const fixed = useMemo(() => (places === 'fixed' ? new FixedPlaces() : null), [places]);
  const place = useCallback(
    (heights: readonly CardHeights[], frame: Frame) =>
      fixed
        ? fixed.layOut(
            tickets.map(({ ticket }) => ticket.id),
            heights,
            frame,
          )
        : layOut(heights, frame),
    [fixed, tickets],
  );
  return usePages(tickets, size, sizes, estimateFor, place);
}

/** The choice made by keys: a ticket, and perhaps one of its rows. */
export interface KeyChoice {
  readonly ticketId: string;
  readonly row: number | null;
}

export interface TicketGridProps {
  readonly tickets: readonly StationTicket[];
  readonly layout: Pages<StationTicket>;
  readonly sizes: Sizes;
  readonly heldSizes: Sizes;
  readonly page: number;
  readonly choice: KeyChoice | null;
  readonly actions: TicketActions;
}

export function TicketGrid({ tickets, layout, sizes, heldSizes, page, choice, actions }: TicketGridProps) {
  const { cardWidth } = layout;
  const elements = useMemo((): Elements => new Map(), []);
  const variables = useMemo(() => sizeVariables(sizes), [sizes]);
  const heldVariables = useMemo(() => sizeVariables(heldSizes), [heldSizes]);
  const standing = standingOf(tickets, layout, page, ({ ticket }) => ticket.id);

  const coming = useFewAtOnce(
    standing,
    (key) => elements.has(key),
    useBoard((view) => !view.quick),
  );
  const placed = coming.size ? standing.filter((card) => !coming.has(card)) : standing;
  // Tickets on other pages, and cards that are still to be drawn, are not reported as shown: nobody has seen them.
  useShown(useSame(placed.flatMap(({ card, placement }) => (placement.from === 0 ? [card.ticket] : []))));

  const cover = useSettledPage(placed, elements, layout);

  return (
    <div data-coming={coming.size || undefined} className="relative size-full" style={variables}>
      {placed.map(({ placement, card, nextSlot, key, left }) => (
        <TicketPlace
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
          sizes={card.held ? heldSizes : sizes}
          variables={card.held ? heldVariables : undefined}
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

/** The same array as long as its elements are the same. */
function useSame<T>(list: readonly T[]): readonly T[] {
  const [held, hold] = useState(list);
  if (held.length === list.length && held.every((one, index) => one === list[index])) return held;
  hold(list);
  return list;
}

interface TicketPlaceProps extends TicketCardProps {
  readonly of: string;
  readonly elements: Elements;
  readonly left: number;
  readonly top: number;
  readonly height: number;
  readonly variables: CSSProperties | undefined;
}

/**
 * Memoised: it renders only when its card or its place changed, so a change on a full page costs the work of one card.
 */
const TicketPlace = memo(function TicketPlace({
  of,
  elements,
  left,
  top,
  height,
  variables,
  card,
  ...ticket
}: TicketPlaceProps) {
  // A tap updates its own card at once and hides it if that was its last dish. The board follows later.
  const shown = asOf(useOrder(card.order.id), card);
  return (
    <CardPlace
      of={of}
      elements={elements}
      left={left}
      top={top}
      width={ticket.width}
      height={height}
      variables={variables}
      hidden={!shown}
    >
      {card.state === 'canceled' ? (
        <CanceledCard card={shown ?? card} slot={ticket.slot} chosen={ticket.chosen} actions={ticket.actions} />
      ) : (
        <TicketCard {...ticket} card={shown ?? card} />
      )}
    </CardPlace>
  );
});

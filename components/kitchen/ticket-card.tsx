'use client';
// A ticket on the kitchen's board, or the part of it that fits into one slot. Its age shows in three ways at once: the
// header's colour and stripes, the border, and the icon.
import { memo, useId } from 'react';
import { useTranslations } from '../i18n/index.ts';
import { useBoard, useClock, usePending } from '../live/index.ts';
import { alsoAtPlace, bumps, hasSections, headPlace, isLongPlace, startsSection } from './card-heights.ts';
import type { TicketActions } from './kitchen-actions.ts';
import type { Sizes } from './sizes.ts';
import { howBegun } from './starting.ts';
import type { StationTicket } from './station-tickets.ts';
import { ChangeBand, NoteBand, SubBand } from './ticket-bands.tsx';
import { TicketFoot } from './ticket-foot.tsx';
import { TicketHead } from './ticket-head.tsx';
import { TicketLine } from './ticket-line.tsx';
import { alsoAt, cardName, sectionWords, waitWords } from './ticket-words.ts';
import { AllergyBand, useAllergyWords } from '../order/allergy-band.tsx';
import { useMustSeeAllergy } from '../order/see-allergy.tsx';
import { toneBorders } from '../order/card-tones.ts';
import { useDueTime } from '../order/use-due-time.ts';
import { useDishTag } from '../sold-out/use-dish-tag.ts';
import { limitsOf, toneOf } from '../order/tone.ts';

export interface TicketCardProps {
  readonly card: StationTicket;
  readonly slot: number;
  readonly from: number;
  readonly to: number;
  /** The slot of this page in which the ticket goes on. Null if it ends here or goes on on the next page. */
  readonly nextSlot: number | null;
  /** Whether a key has chosen this ticket, and the chosen row. */
  readonly chosen: boolean;
  readonly chosenRow: number | null;
  readonly sizes: Sizes;
  readonly width: number;
  readonly actions: TicketActions;
}

export const TicketCard = memo(function TicketCard({
  card,
  slot,
  from,
  to,
  nextSlot,
  chosen,
  chosenRow,
  sizes,
  width,
  actions,
}: TicketCardProps) {
  const t = useTranslations('board');
  const { order, ticket, lines, rows, state } = card;
  const stations = useBoard((view) => view.facts.stations);
  const mode = useBoard((view) => view.facts.courses.mode);
  const tagOf = useDishTag();
  const dueTime = useDueTime();
  const tone = useClock((now) => (now && !card.held ? toneOf(now - card.firedAt, limitsOf(card, stations)) : 'fresh'));
  const pending = usePending(order.id);
  const sections = hasSections(card);
  const inner = width - 4 - 2 * sizes.pad;
  const long = isLongPlace(t, card, sizes, inner);
  const place = headPlace(t, order, sizes, dueTime);
  const also = alsoAtPlace(t, card, sizes, inner, stations);
  const seen = () => actions.seen(card);
  const allergy = useAllergyWords(order, lines);
  const mustSee = useMustSeeAllergy(order, ticket.id);
  const bandId = useId();
  return (
    <article
      aria-label={cardName(t, card)}
      aria-describedby={allergy && bandId}
      data-allergy={allergy}
      data-order-id={order.id}
      data-ticket-id={ticket.id}
      data-state={state}
      data-tone={tone}
      data-slot={slot}
      data-pending={pending || undefined}
      data-chosen={chosen || undefined}
      tabIndex={-1}
      className={`relative flex flex-col overflow-hidden rounded-xl border-2 bg-card ${toneBorders[tone]} ${pending ? 'border-dashed' : ''} ${chosen ? 'outline-5 outline-info' : ''}`}
    >
      <TicketHead
        card={card}
        slot={slot}
        tone={tone}
        place={from > 0 ? t('continued') : long ? '' : place}
        elsewhere={sizes.taps ? 0 : alsoAt(order, ticket.stationId, stations).length}
        bumps={!sizes.taps && bumps(card) && !mustSee && to === rows.length}
        actions={actions}
      />
      {from === 0 && <SubBand card={card} place={long ? place : ''} also={also.band} />}
      <AllergyBand
        id={bandId}
        order={order}
        ticketId={ticket.id}
        lines={lines}
        className="px-(--card-pad) text-(length:--card-allergy) leading-(--card-allergy-row)"
      />
      {from === 0 && <NoteBand order={order} />}
      {from === 0 && <ChangeBand card={card} onSeen={seen} />}
      <ul data-lines className="relative">
        {rows.slice(from, to).map((row, index) => {
          const tag = tagOf(row.line);
          const starts = sections && (index === 0 || startsSection(rows, from + index));
          return (
            <TicketLine
              key={row.line.id}
              row={row}
              section={starts ? sectionWords(t, row, card.held ? null : waitWords(t, row.ticket, mode, dueTime)) : null}
              soldOut={tag?.gone ?? false}
              tag={tag?.words ?? null}
              chosen={chosenRow === from + index}
              taps={sizes.taps}
              onTap={actions.mark(card)}
            />
          );
        })}
      </ul>
      {!sizes.taps && (
        <button
          type="button"
          data-action="open-ticket"
          aria-label={t('details', { number: order.number })}
          onClick={() => actions.open(card)}
          className="absolute inset-x-0 bottom-0 active:bg-press"
          style={{ top: sizes.head }}
        />
      )}
      <TicketFoot
        card={card}
        continues={to < rows.length}
        nextSlot={nextSlot}
        taps={sizes.taps}
        also={also.foot}
        waits={waitWords(t, ticket, mode, dueTime)}
        mustSee={mustSee}
        starts={howBegun(card, stations).mode !== 'off'}
        onBegin={() => actions.begin(card)}
        onBump={() => actions.bump(card)}
        onSeen={seen}
      />
    </article>
  );
});

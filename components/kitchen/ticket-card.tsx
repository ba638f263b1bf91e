'use client';
// A ticket on the kitchen's board, or the part of it that fits into one slot. Its age shows in three ways at once: the
// header's colour and stripes, the border, and the icon.
import { ArrowRight, CheckCheck, Eye, Flame, Pause, Zap } from 'lucide';
import { memo, useId } from 'react';
import { useTranslations } from '../i18n/index.ts';
import { useBoard, useClock, usePending } from '../live/index.ts';
import { Icon } from '../ui/icon.tsx';
import { AgeApart } from '../ui/index.ts';
import { BumpButton } from './bump-button.tsx';
import { alsoAtPlace, bumps, hasSections, headPlace, isLongPlace, startsSection } from './card-heights.ts';
import type { TicketActions } from './kitchen-actions.ts';
import type { Sizes } from './sizes.ts';
import { soldOutKeys } from './sold-out.ts';
import { StartCell } from './start-cell.tsx';
import { begunAt, howBegun } from './starting.ts';
import { onlyToSee, type StationTicket } from './station-tickets.ts';
import { ChangeBand, NoteBand, SubBand } from './ticket-bands.tsx';
import { TicketLine } from './ticket-line.tsx';
import { alsoAt, cardName, sectionWords, waitWords } from './ticket-words.ts';
import { AllergyBand, useAllergyWords } from '../order/allergy-band.tsx';
import { SeeAllergy, useMustSeeAllergy } from '../order/see-allergy.tsx';
import { toneBorders, toneHeads, toneIcons } from '../order/card-tones.ts';
import { useDueTime } from '../order/use-due-time.ts';
import { limitsOf, toneOf, type Tone } from '../order/tone.ts';
import { dishKey } from '../../server/protocol/domain.ts';

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
  const soldOut = useBoard((view) => soldOutKeys(view.facts.soldOut));
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
      <CardHead
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
          const starts = sections && (index === 0 || startsSection(rows, from + index));
          return (
            <TicketLine
              key={row.line.id}
              row={row}
              section={starts ? sectionWords(t, row, card.held ? null : waitWords(t, row.ticket, mode, dueTime)) : null}
              soldOut={soldOut.has(dishKey(row.line))}
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
      <CardFoot
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

interface CardHeadProps {
  readonly card: StationTicket;
  readonly slot: number;
  readonly tone: Tone;
  readonly place: string;
  /** The number of other stations that cook for the order, if they are not named below. */
  readonly elsewhere: number;
  readonly bumps: boolean;
  readonly actions: TicketActions;
}

/** The whole head is one button. It opens the ticket, or bumps it where cards have no foot. */
function CardHead({ card, slot, tone, place, elsewhere, bumps, actions }: CardHeadProps) {
  const t = useTranslations('board');
  const { order, firedAt, held, rush } = card;
  const head = tone === 'fresh' ? 'bg-head text-text' : toneHeads[tone];
  const begun = begunAt(card) !== null;
  const icon = held ? Pause : tone === 'fresh' ? null : toneIcons[tone];
  const long = order.number.length > 7;
  const className = `flex h-(--card-head) w-full items-stretch text-left select-none active:brightness-110 ${held ? 'bg-head text-muted' : head}`;
  const content = (
    <>
      <span aria-hidden className="grid w-7 shrink-0 place-items-center bg-black/15 text-[1rem] font-bold tabular-nums">
        {slot}
      </span>
      <span className="flex min-w-0 flex-1 flex-col justify-center px-2">
        <span className="flex items-center gap-1.5">
          <span
            className={`min-w-0 flex-1 font-extrabold tracking-tight ${long ? 'line-clamp-2 text-[calc(var(--card-number)*0.58)] leading-[1.1] wrap-anywhere' : 'text-(length:--card-number) leading-(--card-number-row) whitespace-nowrap'}`}
            title={order.number}
          >
            {order.number}
          </span>
          {icon && <Icon of={icon} className="size-[1.35rem] shrink-0" strokeWidth={2.5} />}
          {!held && (
            <AgeApart
              since={firedAt}
              className="shrink-0 text-(length:--card-age) leading-(--card-age-row) font-bold tracking-tight"
            />
          )}
        </span>
        <span className="flex items-center gap-1">
          {place && (
            <span className="min-w-0 flex-1 truncate text-(length:--card-place) leading-(--card-place-row) font-bold tracking-tight">
              {place}
            </span>
          )}
          {rush && (
            <strong
              data-tag="rush"
              className="ml-auto inline-flex shrink-0 items-center gap-0.5 rounded bg-text px-1 text-(length:--card-place) leading-(--card-place-row) font-extrabold text-bg"
            >
              <Icon of={Zap} className="size-[0.9em] fill-current" />
              {t('rush')}
            </strong>
          )}
          {elsewhere > 0 && (
            <span className="ml-auto shrink-0 text-(length:--card-place) font-bold tabular-nums">+{elsewhere}</span>
          )}
          {bumps && begun && (
            <Icon
              of={Flame}
              role="img"
              aria-label={t('spoken.cooking')}
              className="ml-auto size-5 shrink-0"
              strokeWidth={2.5}
            />
          )}
          {bumps && (
            <Icon
              of={CheckCheck}
              className={`size-5 shrink-0 ${elsewhere || begun ? '' : 'ml-auto'}`}
              strokeWidth={2.5}
            />
          )}
        </span>
      </span>
    </>
  );
  if (bumps)
    return (
      <BumpButton className={className} onBump={() => actions.bump(card)}>
        {() => content}
      </BumpButton>
    );
  return (
    <button
      type="button"
      data-action="open-ticket"
      aria-label={t('details', { number: order.number })}
      onClick={() => actions.open(card)}
      className={className}
    >
      {content}
    </button>
  );
}

interface CardFootProps {
  readonly card: StationTicket;
  readonly continues: boolean;
  readonly nextSlot: number | null;
  readonly taps: boolean;
  /** The other stations that cook for the order, in words, where they stand here. */
  readonly also: string;
  readonly waits: string | null;
  /** Whether somebody must say first that they have seen its allergy. */
  readonly mustSee: boolean;
  /** Whether the station says when a ticket is begun. */
  readonly starts: boolean;
  readonly onBegin: () => void;
  readonly onBump: () => void;
  readonly onSeen: () => void;
}

function CardFoot({
  card,
  continues,
  nextSlot,
  taps,
  also,
  waits,
  mustSee,
  starts,
  onBegin,
  onBump,
  onSeen,
}: CardFootProps) {
  const t = useTranslations('board');
  const strip =
    'flex min-h-(--card-strip) w-full items-center justify-center gap-2 border-t border-line bg-head px-(--card-pad) text-[1rem] leading-tight font-semibold text-muted';
  const whole = 'relative z-10 flex min-h-(--card-foot) w-full flex-col items-center justify-center select-none';
  const button =
    'relative z-10 flex min-h-16 w-full items-center justify-center gap-2.5 text-[1.375rem] font-bold select-none';
  if (continues) {
    return (
      <p data-continues={nextSlot ?? 'next-page'} className={strip}>
        <span className="truncate">
          {nextSlot === null ? t('continuesNext') : t('continuesIn', { slot: nextSlot })}
        </span>
        <Icon of={ArrowRight} className="size-5 shrink-0" />
      </p>
    );
  }
  if (onlyToSee(card)) {
    return (
      <button
        type="button"
        data-action="acknowledge"
        onClick={onSeen}
        className={`${button} bg-warn-fill text-on-warn active:brightness-110`}
      >
        <Icon of={Eye} className="size-7" />
        {t('seen')}
      </button>
    );
  }
  if (card.ticket.state === 'held') {
    return (
      <p className={strip}>
        <Icon of={Pause} className="size-5 shrink-0" />
        <span className="min-w-0">{waits ? t('heldFor', { waits }) : t('held')}</span>
      </p>
    );
  }
  if (mustSee)
    return <SeeAllergy order={card.order} ticketId={card.ticket.id} className={`${button} border-t border-line`} />;
  if (!taps) return null;
  const bump = (
    <BumpButton className={`${whole} bg-ready-fill text-on-ready active:brightness-125`} onBump={onBump}>
      {(again) => (
        <>
          <span className="flex items-center gap-2.5 text-[1.375rem] leading-7 font-bold in-data-[density=medium]:text-[1.1875rem] in-data-[density=medium]:leading-6">
            <Icon of={CheckCheck} className="size-7 in-data-[density=medium]:size-6" />
            {t(again ? 'tapAgain' : 'bump')}
          </span>
          {also && (
            <span
              title={also}
              className="line-clamp-2 px-1 text-center text-(length:--card-sub) leading-5 font-medium text-balance"
            >
              {also}
            </span>
          )}
        </>
      )}
    </BumpButton>
  );
  return starts ? (
    <div className="flex gap-2 bg-card">
      <StartCell card={card} onBegin={onBegin} />
      {bump}
    </div>
  ) : (
    bump
  );
}

'use client';
// One row of a ticket: quantity, dish, modifiers and note. A tap marks it as ready, and another tap undoes that.
import { allergyExcerpt } from '../order/allergy-excerpt.ts';
import { Check, Flame, Pause } from 'lucide';
import { memo } from 'react';
import { readerOf } from '../../server/protocol/readings.ts';
import { itemIdOf } from '../../server/protocol/views.ts';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { useScreen } from '../live/index.ts';
import { allergyMark, isAllergyNote } from '../order/allergies.ts';
import { AllergyMarks } from '../order/allergy-band.tsx';
import { Icon } from '../ui/icon.tsx';
import type { Row } from './station-tickets.ts';
import { ModifierList, UnreadParts } from '../order/modifier-list.tsx';
import { Name } from '../order/name.tsx';
import { quantityWords } from '../../server/protocol/rules/quantity.ts';
import { UNREAD_ON_CARD } from './card-heights.ts';
import { ticketFlagWords } from './ticket-words.ts';

export interface TicketLineProps {
  readonly row: Row;
  /** The heading of the course that begins with this line, if the ticket has several courses. */
  readonly section: string | null;
  readonly soldOut: boolean;
  /** "86", or how many are left; null where neither is so. */
  readonly tag: string | null;
  readonly chosen: boolean;
  /** Whether a tap on the row marks it. */
  readonly taps: boolean;
  readonly onTap: (row: Row) => void;
}

const face = 'text-(length:--card-extra) leading-(--card-extra-row)';
const extra = `block ${face}`;
/** The beginning of a text that may be long. */
const beginning = `line-clamp-3 ${face}`;

export const TicketLine = memo(function TicketLine({
  row,
  section,
  soldOut,
  tag,
  chosen,
  taps,
  onTap,
}: TicketLineProps) {
  const t = useTranslations('board');
  const common = useTranslations('common');
  const times = useTimes();
  const { line, lines, quantity, order } = row;
  const { timeZone } = useScreen().restaurant;
  const time = (at: string) => times.time(Date.parse(at), timeZone);
  const gone = line.voided;
  const done = !gone && (line.state === 'ready' || line.state === 'served');
  const held = line.state === 'held';
  const tappable = !gone && line.state !== 'served' && !held;
  const quiet = done || gone || held;
  const words = gone ? 'text-late line-through decoration-[3px]' : done || held ? 'text-faint' : 'text-text';
  const content = (
    <>
      <span
        className={`text-[calc(var(--card-name)*1.1)] leading-(--card-name-row) font-extrabold tabular-nums ${words}`}
      >
        {quantityWords(quantity, line.unit)}
      </span>
      <span className="min-w-0 wrap-anywhere">
        <span
          className={`block text-(length:--card-name) leading-(--card-name-row) font-semibold tracking-tight ${words}`}
        >
          {tag && !gone && (soldOut || !quiet) && (
            <strong
              className={`mr-1.5 inline-block rounded px-1.5 text-[0.8em] leading-[1.25] font-extrabold no-underline ${soldOut ? 'bg-late-deep text-white' : 'bg-warn-soft text-warn'}`}
            >
              {tag}
            </strong>
          )}
          <Name>{line.name}</Name>
        </span>
        <AllergyMarks order={order} line={line} className={extra} />
        <ModifierList
          order={order}
          line={line}
          look={(effect) =>
            `${extra} ${effect === 'left-out' || effect === 'allergy' ? 'font-extrabold' : 'font-medium'} ${quiet ? 'text-faint' : effect === 'left-out' ? 'text-late' : effect === 'allergy' ? 'text-allergy' : 'text-warn'}`
          }
        />
        {!gone && <UnreadParts line={line} className={extra} most={UNREAD_ON_CARD} />}
        {line.note && (
          <span
            className={
              isAllergyNote(order, line) && !quiet
                ? `${extra} font-extrabold text-allergy`
                : `${beginning} italic ${quiet ? 'text-faint' : 'text-text'}`
            }
          >
            “<bdi>{isAllergyNote(order, line) ? allergyExcerpt(line.note, readerOf(order)) : line.note}</bdi>”
          </span>
        )}
        {line.flag && (
          <span className={`${beginning} font-semibold ${line.voided ? 'text-late' : 'text-warn'}`}>
            {ticketFlagWords(t, common, { ...line, flag: line.flag }, readerOf(order), time)}
          </span>
        )}
        {lines.length > 1 && (
          <span className={`${extra} text-muted tabular-nums`}>
            {lines.map((each, index) => (
              <span
                key={each.id}
                {...(index > 0 && {
                  'data-item-id': itemIdOf(each),
                  'data-quantity': each.quantity,
                  'data-state': each.state,
                })}
              >
                {index > 0 && ' + '}
                {quantityWords(each.quantity)}
              </span>
            ))}
          </span>
        )}
      </span>
      <span className="flex justify-end">
        {!gone && line.state === 'cooking' && (
          <Icon
            of={Flame}
            aria-label={t('spoken.cooking')}
            role="img"
            className={`${taps ? 'size-6' : 'size-4.5'} -mr-[calc(var(--card-pad)-4px)] shrink-0 text-info`}
            strokeWidth={2.5}
          />
        )}
        {done && (
          <Icon
            of={Check}
            aria-label={t(line.state === 'served' ? 'spoken.served' : 'spoken.ready')}
            role="img"
            className={`${taps ? 'size-6' : 'size-4.5'} -mr-[calc(var(--card-pad)-4px)] shrink-0 text-ready`}
            strokeWidth={3}
          />
        )}
      </span>
    </>
  );
  const grid = `grid w-full content-center border-t border-line px-(--card-pad) text-left select-none ${taps ? 'grid-cols-[minmax(28px,auto)_1fr_calc(28px-var(--card-pad))]' : 'grid-cols-[minmax(20px,auto)_1fr_calc(22px-var(--card-pad))]'} gap-x-1.5 ${chosen ? 'bg-info-soft' : ''}`;
  return (
    <li
      data-item-id={itemIdOf(line)}
      data-quantity={lines.length > 1 ? line.quantity : quantity}
      data-state={gone ? 'voided' : line.state}
      data-allergy={allergyMark(common, order, line)?.own || undefined}
      data-chosen={chosen || undefined}
      data-sold-out={soldOut || undefined}
    >
      {section && (
        <p
          className={`flex min-h-[calc(var(--card-strip)-6px)] items-center gap-2 border-t border-line px-(--card-pad) text-[0.9375rem] leading-tight font-bold tracking-wide ${held ? 'bg-head/60 text-muted' : 'bg-info-soft text-info'}`}
        >
          {held ? (
            <Icon of={Pause} className="size-4 shrink-0" />
          ) : (
            <Icon of={Flame} aria-hidden className="size-4 shrink-0" />
          )}
          <span className="min-w-0">{section}</span>
        </p>
      )}
      {taps ? (
        <button
          type="button"
          data-action="mark"
          disabled={!tappable}
          aria-pressed={tappable ? done : undefined}
          onClick={() => onTap(row)}
          className={`min-h-[calc(var(--card-line)+1px)] py-2 enabled:active:bg-press ${grid}`}
        >
          {content}
        </button>
      ) : (
        <div
          className={`min-h-[calc(var(--card-line)+1px)] py-1 in-[li:only-child]:min-h-[calc(2*var(--card-line)+1px)] ${grid}`}
        >
          {content}
        </div>
      )}
    </li>
  );
});

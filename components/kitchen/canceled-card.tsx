'use client';
// A canceled ticket on the kitchen's board, as a line: nothing of it is to be cooked, so it takes little room until
// somebody has seen it. A tap beside "Seen" opens it whole.
import { Eye, X } from 'lucide';
import { useTranslations } from '../i18n/index.ts';
import { usePending } from '../live/index.ts';
import { dishText } from '../order/dish-text.ts';
import { Icon } from '../ui/icon.tsx';
import { itemIdOf } from '../../server/protocol/views.ts';
import type { TicketActions } from './kitchen-actions.ts';
import type { StationTicket } from './station-tickets.ts';
import { cardName, ticketPlaceWords } from './ticket-words.ts';

export interface CanceledCardProps {
  readonly card: StationTicket;
  readonly slot: number;
  readonly chosen: boolean;
  readonly actions: TicketActions;
}

export function CanceledCard({ card, slot, chosen, actions }: CanceledCardProps) {
  const t = useTranslations('board');
  const { order, ticket, rows } = card;
  const pending = usePending(order.id);
  return (
    <article
      aria-label={cardName(t, card)}
      data-order-id={order.id}
      data-ticket-id={ticket.id}
      data-state="canceled"
      data-tone="fresh"
      data-slot={slot}
      data-pending={pending || undefined}
      data-chosen={chosen || undefined}
      tabIndex={-1}
      className={`flex items-stretch overflow-hidden rounded-xl border-2 border-late-deep bg-card ${pending ? 'border-dashed' : ''} ${chosen ? 'outline-5 outline-info' : ''}`}
    >
      <div className="relative min-w-0 flex-1 pb-1">
        <div className="bg-late-deep pb-0.5 text-white">
          <p className="flex flex-wrap items-baseline gap-x-2 pr-2">
            <span
              aria-hidden
              className="grid w-7 shrink-0 place-items-center self-stretch bg-black/15 text-[1rem] font-bold tabular-nums"
            >
              {slot}
            </span>
            <span className="text-(length:--card-age) leading-(--card-age-row) font-extrabold tracking-tight wrap-anywhere">
              {order.number}
            </span>
            <span className="text-(length:--card-place) leading-(--card-place-row) font-bold wrap-anywhere">
              {ticketPlaceWords(t, order)}
            </span>
          </p>
          <p className="px-2">
            <strong className="inline-flex items-center gap-1 text-(length:--card-place) leading-(--card-place-row) font-extrabold tracking-wide">
              <Icon of={X} className="size-[1em]" strokeWidth={4} />
              {t('cancelled')}
            </strong>
          </p>
        </div>
        <ul data-lines>
          <li
            title={rows.map(({ line }) => line.name).join(', ')}
            className="line-clamp-2 px-(--card-pad) text-(length:--card-extra) leading-(--card-extra-row) font-semibold wrap-anywhere text-late line-through"
          >
            {rows.map(({ line, lines, quantity }, index) => (
              <span
                key={line.id}
                data-item-id={itemIdOf(line)}
                data-quantity={lines.length > 1 ? line.quantity : quantity}
                data-state="voided"
              >
                {index > 0 && ', '}
                {dishText({ ...line, quantity })}
              </span>
            ))}
          </li>
        </ul>
        <button
          type="button"
          data-action="open-ticket"
          aria-label={t('details', { number: order.number })}
          onClick={() => actions.open(card)}
          className="absolute inset-0 active:bg-press"
        />
      </div>
      <button
        type="button"
        data-action="acknowledge"
        onClick={() => actions.seen(card)}
        className="flex min-h-16 w-18 shrink-0 flex-col items-center justify-center bg-warn-fill text-[1.125rem] leading-6 font-bold text-on-warn select-none active:brightness-110"
      >
        <Icon of={Eye} className="size-6" />
        {t('seen')}
      </button>
    </article>
  );
}

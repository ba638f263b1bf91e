'use client';
// The bands between a card's header and its lines: facts about the order, and changes that nobody has seen. The band of
// allergies is the same one on every screen (order/allergy-band.tsx).
import { MessageSquareText, Pause, PencilLine } from 'lucide';
import { isCanceled } from '../../server/protocol/status.ts';
import type { OrderView } from '../../server/protocol/views.ts';
import { useTranslations } from '../i18n/index.ts';
import { isInBand } from '../order/allergies.ts';
import { Icon } from '../ui/icon.tsx';
import { onlyToSee, type StationTicket } from './station-tickets.ts';
import { ticketChangeWords } from './ticket-words.ts';

const sub = 'text-(length:--card-sub) leading-(--card-sub-row)';
const pad = 'px-(--card-pad)';

/** `place` is set if it is too long for the head, and `also` if the other stations have no room in the foot. */
export function SubBand({ card, place, also }: { card: StationTicket; place: string; also: string }) {
  const t = useTranslations('board');
  const hold = card.order.hold !== null && !card.held;
  if (!also && !hold && !place) return null;
  return (
    <p className={`flex flex-wrap items-center gap-x-2.5 py-1 text-muted ${pad} ${sub}`}>
      {hold && (
        <strong className="inline-flex items-center gap-1 font-bold text-info">
          <Icon of={Pause} className="size-[0.9em]" />
          {t('onHold')}
        </strong>
      )}
      {place && <strong className="line-clamp-3 font-bold text-text wrap-anywhere">{place}</strong>}
      {also && <span className="line-clamp-3 wrap-anywhere">{also}</span>}
    </p>
  );
}

/** The order's note, unless it is in the band of allergies. */
export function NoteBand({ order }: { order: OrderView }) {
  if (!order.note || (isInBand(order) && !isCanceled(order))) return null;
  return (
    <p
      className={`flex gap-2 border-t border-line py-1 text-(length:--card-extra) leading-(--card-extra-row) font-medium text-text ${pad}`}
    >
      <Icon of={MessageSquareText} className="mt-[0.2em] size-[1em] shrink-0 text-info" />
      <span className="line-clamp-3 min-w-0 italic wrap-anywhere">
        “<bdi>{order.note}</bdi>”
      </span>
    </p>
  );
}

export function ChangeBand({ card, onSeen }: { card: StationTicket; onSeen: () => void }) {
  const t = useTranslations('board');
  if (!card.flagged) return null;
  return (
    <div className="relative z-10 flex items-stretch gap-2 bg-warn-soft p-1 pl-(--card-pad) text-warn">
      <span className={`flex min-w-0 flex-1 items-center gap-2 py-1 font-bold ${sub}`}>
        <Icon of={PencilLine} className="size-[1.2em] shrink-0" />
        <span className="min-w-0 wrap-anywhere">
          {ticketChangeWords(t, card).map((words) => (
            <span key={words} className="block text-balance">
              {words}
            </span>
          ))}
        </span>
      </span>
      {!onlyToSee(card) && (
        <button
          type="button"
          data-action="acknowledge"
          onClick={onSeen}
          className="min-h-16 min-w-18 shrink-0 rounded-lg bg-warn-fill px-3 text-[1.1875rem] font-bold text-on-warn active:brightness-110"
        >
          {t('seen')}
        </button>
      )}
    </div>
  );
}

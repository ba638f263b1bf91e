'use client';
// The bands between a card's header and its lines: facts about the order, the allergy warning, and changes that nobody
// has seen.
import { MessageSquareText, Pause, PencilLine, TriangleAlert, X } from 'lucide';
import { useTranslations } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import { onlyToSee, type StationTicket } from './station-tickets.ts';
import { allergensOf, ticketChangeWords, warnsOfAllergy } from './ticket-words.ts';

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

export function NoteBand({ note }: { note: string | null }) {
  if (!note || warnsOfAllergy(note)) return null;
  return (
    <p
      className={`flex gap-2 border-t border-line py-1 text-(length:--card-extra) leading-(--card-extra-row) font-medium text-text ${pad}`}
    >
      <Icon of={MessageSquareText} className="mt-[0.2em] size-[1em] shrink-0 text-info" />
      <span className="line-clamp-3 min-w-0 italic wrap-anywhere">
        “<bdi>{note}</bdi>”
      </span>
    </p>
  );
}

export function AllergyBand({ card }: { card: StationTicket }) {
  const t = useTranslations('board');
  const allergens = card.state === 'canceled' ? [] : allergensOf(card.lines);
  const note = card.state !== 'canceled' && warnsOfAllergy(card.order.note) ? card.order.note : null;
  if (!allergens.length && !note) return null;
  return (
    <div
      className={`flex items-center gap-2.5 border-y-3 border-allergy bg-allergy-fill py-1 text-(length:--card-allergy) leading-(--card-allergy-row) font-extrabold text-on-allergy ${pad}`}
    >
      <Icon of={TriangleAlert} className="size-[1.25em] shrink-0" strokeWidth={2.5} />
      <span className="min-w-0 wrap-anywhere">
        {allergens.length > 0 && <span className="block">{t('allergy', { allergens: allergens.join(', ') })}</span>}
        {note && (
          <span className="block">
            “<bdi>{note}</bdi>”
          </span>
        )}
      </span>
    </div>
  );
}

export function ChangeBand({ card, onSeen }: { card: StationTicket; onSeen: () => void }) {
  const t = useTranslations('board');
  if (card.state === 'canceled') {
    return (
      <p
        className={`flex min-h-14 items-center justify-center gap-2.5 bg-late-deep py-2 text-[1.5rem] leading-8 font-extrabold tracking-wide text-white ${pad}`}
      >
        <Icon of={X} className="size-8" strokeWidth={3.5} />
        {t('cancelled')}
      </p>
    );
  }
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

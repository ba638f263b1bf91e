'use client';
// One found order: a sentence about where it is, then each station's ticket with the name and time of its bump.
import { Check, CircleAlert, Clock3, PauseCircle, TriangleAlert } from 'lucide';
import type { FoundOrder } from '../../server/protocol/find.ts';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { isolated } from '../../server/protocol/rules/isolate.ts';
import { useScreen } from '../live/index.ts';
import { Age } from '../ui/clock.tsx';
import { useDueTime } from '../order/use-due-time.ts';
import { Icon } from '../ui/icon.tsx';
import { parkedWords, whereWords } from './find-words.ts';

const looks = {
  open: { icon: Clock3, color: 'text-info' },
  bumped: { icon: Check, color: 'text-ready' },
  held: { icon: PauseCircle, color: 'text-muted' },
  closed: { icon: Check, color: 'text-muted' },
};

export function FoundCard({ match }: { match: FoundOrder }) {
  const t = useTranslations('find');
  const common = useTranslations('common');
  const times = useTimes();
  const { timeZone } = useScreen().restaurant;
  const dueTime = useDueTime();
  const at = (time: string) => times.time(Date.parse(time), timeZone);
  const { text, bad } = whereWords(t, match);
  const parked = parkedWords(t, times, timeZone, match);
  return (
    <article
      data-found-order-id={match.orderId}
      data-where={match.where}
      data-allergy={match.allergies.map(({ text: words }) => words).join('; ') || undefined}
      aria-label={t('order', { number: match.number })}
      className="mb-3 overflow-hidden rounded-xl border-2 border-line bg-card last:mb-0"
    >
      <header className="flex flex-wrap items-baseline gap-x-4 gap-y-1 bg-head px-4 py-3">
        <h3 className="text-[1.625rem] leading-none font-extrabold wrap-anywhere">{match.number}</h3>
        {match.table && <span className="text-[1.125rem] font-semibold">{t('table', { table: match.table })}</span>}
        <span className="ml-auto text-[1rem] text-muted">
          {t('received', { date: times.date(Date.parse(match.receivedAt), timeZone), time: at(match.receivedAt) })}
        </span>
      </header>
      <p className={`flex items-start gap-2.5 px-4 pt-3 text-[1.25rem] leading-7 font-bold ${bad ? 'text-late' : ''}`}>
        {bad && <Icon of={CircleAlert} className="mt-0.5 size-6 shrink-0" />}
        {text}
      </p>
      {match.dueAt && (
        <p data-due={match.dueAt} className="px-4 pt-1 text-[1.125rem] font-semibold tabular-nums">
          {t('due', { time: dueTime(match.dueAt) })}
        </p>
      )}
      {match.allergies.length > 0 && (
        <div
          data-allergy-band
          className="mt-3 flex items-center gap-2.5 border-y-3 border-allergy bg-allergy-fill px-4 py-1 text-[1.125rem] leading-6 font-extrabold text-on-allergy"
        >
          <Icon of={TriangleAlert} className="size-[1.25em] shrink-0" strokeWidth={2.5} />
          <span className="min-w-0 wrap-anywhere">
            {match.allergies.map(({ text: words, dish }) => (
              <span key={`${dish} ${words}`} className="block">
                {dish === null
                  ? common('allergy.of', { what: isolated(words) })
                  : common('allergy.ofDish', {
                      title: common('allergy.of', { what: isolated(words) }),
                      dish: isolated(dish),
                    })}
              </span>
            ))}
          </span>
        </div>
      )}
      {parked && <p className="px-4 pt-1 text-[1.0625rem] wrap-anywhere text-warn">{parked}</p>}
      <ul className="grid gap-1 px-4 pt-2 pb-3">
        {match.tickets.map(({ station, state, course, firedAt, bumpedAt, bumpedBy }) => {
          const { icon, color } = looks[state];
          return (
            <li
              key={`${station} ${firedAt} ${course}`}
              data-station={station}
              data-state={state}
              className="flex items-center gap-3 text-[1.125rem]"
            >
              <Icon of={icon} className={`size-6 shrink-0 ${color}`} strokeWidth={2.5} />
              <strong className="wrap-anywhere">
                {course === null ? station : t('stationCourse', { station, course })}
              </strong>
              <span className="ml-auto text-right text-muted">
                {state === 'open' && (
                  <>
                    {t('since', { time: at(firedAt) })} · <Age since={firedAt} className="font-bold text-text" />
                  </>
                )}
                {state === 'held' && t('heldTicket')}
                {state === 'closed' && t('closedTicket')}
                {state === 'bumped' &&
                  (bumpedAt === null
                    ? t('bumped')
                    : bumpedBy === null
                      ? t('bumpedAt', { time: at(bumpedAt) })
                      : t('bumpedBy', { time: at(bumpedAt), by: bumpedBy }))}
              </span>
            </li>
          );
        })}
      </ul>
    </article>
  );
}

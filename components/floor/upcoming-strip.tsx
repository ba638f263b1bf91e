'use client';
// The strip of orders for later under the floor's header. It is absent where none waits.
import { CalendarClock } from 'lucide';
import { useTranslations } from '../i18n/index.ts';
import { useUpcoming } from '../order/use-upcoming.ts';
import { Icon } from '../ui/icon.tsx';

export function UpcomingStrip({ onOpen }: { onOpen: () => void }) {
  const t = useTranslations('common.upcoming');
  const { count, next, overdue } = useUpcoming(null);
  if (count === 0) return null;
  return (
    <button
      type="button"
      data-action="open-upcoming"
      data-upcoming-count={count}
      data-overdue={overdue || undefined}
      onClick={onOpen}
      className={`flex min-h-13 w-full items-center gap-2.5 rounded-xl border border-line bg-head px-3.5 py-2 text-left text-[1rem] leading-5 font-bold active:brightness-125 ${overdue ? 'text-late' : ''}`}
    >
      <Icon of={CalendarClock} className="size-5 shrink-0" strokeWidth={2.5} />
      <span className="min-w-0">{next === null ? t('count', { count }) : t('countNext', { count, time: next })}</span>
    </button>
  );
}

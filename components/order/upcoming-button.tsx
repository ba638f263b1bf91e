'use client';
// The button of the orders for later, in the head of the kitchen's and the pass's screens: how many wait, and when the
// next one starts. It is absent where none waits.
import { CalendarClock } from 'lucide';
import { useTranslations } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import { headButton } from '../ui/head-button.tsx';
import { useUpcoming } from './use-upcoming.ts';

export function UpcomingButton({ stationId, onOpen }: { stationId: string | null; onOpen: () => void }) {
  const t = useTranslations('common.upcoming');
  const { count, next, overdue } = useUpcoming(stationId);
  if (count === 0) return null;
  const words = t('count', { count });
  return (
    <button
      type="button"
      data-action="open-upcoming"
      data-upcoming-count={count}
      data-overdue={overdue || undefined}
      aria-label={next === null ? words : t('countNext', { count, time: next })}
      onClick={onOpen}
      className={`flex items-center justify-center ${headButton} ${overdue ? 'text-late' : ''}`}
    >
      <span className="flex items-center gap-1 font-bold tabular-nums">
        <Icon of={CalendarClock} className={next === null ? '' : 'size-4!'} />
        <span className="sm:hidden">{count}</span>
        <span className="max-sm:hidden">{next}</span>
      </span>
      <span className="max-sm:hidden">{words}</span>
      <span className="font-bold tabular-nums sm:hidden">{next}</span>
    </button>
  );
}

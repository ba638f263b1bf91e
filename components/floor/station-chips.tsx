'use client';
// The progress of each station with an order: "Grill 2/3", with a tick when its part is done.
import { Check, Pause } from 'lucide';
import type { OrderView } from '../../server/protocol/views.ts';
import { useTranslations } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import { stationProgress } from '../order/cards.ts';

export function StationChips({ order, stationName }: { order: OrderView; stationName: (id: string) => string }) {
  const t = useTranslations('floor');
  const stations = stationProgress(order);
  if (stations.length === 0) return null;
  return (
    <ul aria-label={t('stations')} className="flex flex-wrap gap-1.5 border-t border-line px-3.5 py-2">
      {stations.map(({ stationId, done, total, held }) => {
        const complete = done === total;
        const name = stationName(stationId);
        return (
          <li
            key={stationId}
            data-station={name}
            data-done={done}
            data-total={total}
            className={`inline-flex max-w-full items-center gap-1.5 rounded-lg px-2 py-1 text-[0.9375rem] leading-5 font-bold tabular-nums ${complete ? 'bg-ready-soft text-ready' : 'bg-head'}`}
          >
            {complete && <Icon of={Check} className="size-4 shrink-0" strokeWidth={3} />}
            {held && (
              <Icon of={Pause} role="img" aria-label={t('state.held')} className="size-4 shrink-0" strokeWidth={3} />
            )}
            <span className="min-w-0 [overflow-wrap:anywhere]">{name}</span> {done}/{total}
          </li>
        );
      })}
    </ul>
  );
}

'use client';
// The stations' progress with an order at the pass.
import { Bell, Check, Pause } from 'lucide';
import { useTranslations } from '../i18n/index.ts';
import { useClock } from '../live/index.ts';
import { stationProgress, type FloorCard } from '../order/cards.ts';
import { COLD_MS } from '../order/thresholds.ts';
import { Icon } from '../ui/icon.tsx';
import { AgeApart } from '../ui/index.ts';

/**
 * Each station's progress, once for the order, and how long its first ready dish has waited. While a part of the order
 * is there, the stations that it waits for are louder.
 */
export function PassProgress({
  card,
  complete,
  stationName,
}: {
  card: FloorCard;
  complete: boolean;
  stationName: (id: string) => string;
}) {
  const t = useTranslations('floor');
  const { order, ready, readySince } = card;
  const cold = useClock((now) => readySince !== null && now - readySince > COLD_MS);
  const stations = stationProgress(order);
  const waited = ready.length > 0 && !complete ? 'text-warn' : '';
  const chip = 'inline-flex max-w-full items-center gap-1 font-bold tabular-nums';
  if (stations.length === 0) return null;
  return (
    <ul
      aria-label={t('stations')}
      className="flex flex-wrap gap-x-3 border-t border-line px-(--card-pad) py-1 text-(length:--card-sub) leading-(--card-sub-row)"
    >
      {stations.map(({ stationId, done, total, held }) => {
        const name = stationName(stationId);
        const isDone = done === total;
        return (
          <li
            key={stationId}
            data-station={name}
            data-done={done}
            data-total={total}
            className={`${chip} ${isDone ? 'text-ready' : held ? 'text-faint' : waited}`}
          >
            {isDone && <Icon of={Check} className="size-[1em] shrink-0" strokeWidth={3.5} />}
            {held && (
              <Icon
                of={Pause}
                role="img"
                aria-label={t('state.held')}
                className="size-[1em] shrink-0"
                strokeWidth={3}
              />
            )}
            <span className="min-w-0 wrap-anywhere">{name}</span> {done}/{total}
          </li>
        );
      })}
      {readySince !== null && (
        <li data-cold={cold || undefined} className={`${chip} ml-auto ${cold ? 'text-late' : 'text-ready'}`}>
          <Icon of={Bell} role="img" aria-label={t('state.ready')} className="size-[1em] shrink-0" strokeWidth={2.5} />
          <AgeApart since={readySince} />
        </li>
      )}
    </ul>
  );
}

'use client';
// The dishes that became ready a moment ago, in words within reach of a thumb. A tap shows their card.
import { Bell, X } from 'lucide';
import { useTranslations } from '../i18n/index.ts';
import { useBoard } from '../live/index.ts';
import { Icon } from '../ui/icon.tsx';
import { dishList } from '../order/dish-text.ts';
import { callOf } from '../order/place.ts';
import type { useReadyAlerts } from './use-ready-alerts.ts';

export function ReadyAlerts({ alerts, dismiss }: ReturnType<typeof useReadyAlerts>) {
  const t = useTranslations('floor');
  const stations = useBoard((view) => view.facts.stations);
  const nameOf = (wanted: string) => stations.find(({ id }) => id === wanted)?.name ?? t('kitchen');
  return (
    <div aria-live="assertive" className="grid gap-2 empty:absolute">
      {alerts.map(({ key, order, lines }) => (
        <div
          key={key}
          data-alert="ready"
          className="pointer-events-auto flex items-center rounded-2xl bg-ready text-bg shadow-2xl"
        >
          <button
            type="button"
            data-action="show-order"
            onClick={() => {
              show(order.id);
              dismiss(key);
            }}
            className="flex min-h-13 min-w-0 flex-1 items-center gap-3 py-2 pl-3.5 text-left"
          >
            <Icon of={Bell} className="size-6 shrink-0" strokeWidth={2.5} />
            <span className="min-w-0 text-[1.0625rem] leading-5 font-bold [overflow-wrap:anywhere]">
              {t('alerts.ready', {
                place: callOf(t, order),
                dishes: dishList(lines),
              })}{' '}
              <span className="block font-semibold">
                {t('alerts.at', { stations: [...new Set(lines.map(({ stationId }) => nameOf(stationId)))].join(', ') })}
              </span>
            </span>
          </button>
          <button
            type="button"
            data-action="dismiss"
            aria-label={t('alerts.close')}
            onClick={() => dismiss(key)}
            className="grid size-13 shrink-0 place-items-center"
          >
            <Icon of={X} className="size-6" strokeWidth={2.5} />
          </button>
        </div>
      ))}
    </div>
  );
}

function show(orderId: string): void {
  document.querySelector(`article[data-order-id="${CSS.escape(orderId)}"]`)?.scrollIntoView({ block: 'center' });
}

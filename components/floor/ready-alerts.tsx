'use client';
// The dishes that became ready a moment ago, in words within reach of a thumb. A tap shows their card. In a rush, when
// several orders are told at once, they are one line, and a tap shows everything that is ready.
import { Bell, X } from 'lucide';
import type { ReactNode } from 'react';
import { useTranslations } from '../i18n/index.ts';
import { useBoard } from '../live/index.ts';
import { Icon } from '../ui/icon.tsx';
import { dishList } from '../order/dish-text.ts';
import { callOf } from '../order/place.ts';
import type { useReadyAlerts } from './use-ready-alerts.ts';

type Props = ReturnType<typeof useReadyAlerts> & {
  /** Shows the cards of all orders with something ready. */
  onAll: () => void;
};

export function ReadyAlerts({ alerts, dismiss, onAll }: Props) {
  const t = useTranslations('floor');
  const stations = useBoard((view) => view.facts.stations);
  const nameOf = (wanted: string) => stations.find(({ id }) => id === wanted)?.name ?? t('kitchen');
  // The dishes of one order may come from several stations, one after another.
  const orders = [...new Set(alerts.map(({ order }) => order.id))];
  const first = alerts[0] && { order: alerts[0].order, lines: alerts.flatMap(({ lines }) => lines) };
  const dismissAll = () => {
    for (const { key } of alerts) dismiss(key);
  };
  return (
    <div aria-live="assertive" className="empty:absolute">
      {first && orders.length === 1 && (
        <Alert
          count={1}
          onShow={() => {
            show(first.order.id);
            dismissAll();
          }}
          onDismiss={dismissAll}
        >
          {t('alerts.ready', {
            place: callOf(t, first.order),
            dishes: dishList(first.lines),
          })}{' '}
          <span className="block font-semibold">
            {t('alerts.at', {
              stations: [...new Set(first.lines.map(({ stationId }) => nameOf(stationId)))].join(', '),
            })}
          </span>
        </Alert>
      )}
      {orders.length > 1 && (
        <Alert
          count={orders.length}
          onShow={() => {
            onAll();
            dismissAll();
          }}
          onDismiss={dismissAll}
        >
          {t('alerts.several', {
            count: orders.length,
            places: [...new Set(alerts.map(({ order }) => callOf(t, order)))].join(', '),
          })}
        </Alert>
      )}
    </div>
  );
}

function Alert({
  count,
  onShow,
  onDismiss,
  children,
}: {
  count: number;
  onShow: () => void;
  onDismiss: () => void;
  children: ReactNode;
}) {
  const t = useTranslations('floor.alerts');
  return (
    <div data-alert="ready" data-count={count} className="flex items-center rounded-2xl bg-ready text-bg">
      <button
        type="button"
        data-action="show-order"
        onClick={onShow}
        className="flex min-h-13 min-w-0 flex-1 items-center gap-3 py-2 pl-3.5 text-left"
      >
        <Icon of={Bell} className="size-6 shrink-0" strokeWidth={2.5} />
        <span className="line-clamp-3 min-w-0 text-[1.0625rem] leading-5 font-bold [overflow-wrap:anywhere]">
          {children}
        </span>
      </button>
      <button
        type="button"
        data-action="dismiss"
        aria-label={t('close')}
        onClick={onDismiss}
        className="grid size-13 shrink-0 place-items-center"
      >
        <Icon of={X} className="size-6" strokeWidth={2.5} />
      </button>
    </div>
  );
}

function show(orderId: string): void {
  document.querySelector(`article[data-order-id="${CSS.escape(orderId)}"]`)?.scrollIntoView({ block: 'center' });
}

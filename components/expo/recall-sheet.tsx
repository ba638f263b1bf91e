'use client';
// The orders handed over in the last ten minutes, newest first. One tap brings an order back to the pass as ready.
import { Undo2 } from 'lucide';
import { useMemo } from 'react';
import { readerOf } from '../../server/protocol/readings.ts';
import type { OrderView } from '../../server/protocol/views.ts';
import { AllergyBand } from '../order/allergy-band.tsx';
import { isLive } from '../order/cards.ts';
import { dishText } from '../order/dish-text.ts';
import { modifierLine } from '../order/modifier-words.ts';
import { placeOf } from '../order/place.ts';
import { SheetButton } from '../floor/sheet-parts.tsx';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { useBoard, useScreen, useSend } from '../live/index.ts';
import { Sheet } from '../ui/sheet.tsx';
import { isCanceled } from '../../server/protocol/status.ts';

/** The time at which the last of its dishes was served. Null while a dish is still to be carried. */
function handedOverAt(order: OrderView): string | null {
  const live = order.lines.filter(isLive);
  if (isCanceled(order) || live.length === 0 || live.some(({ state }) => state !== 'served')) return null;
  return (
    live
      .map(({ servedAt }) => servedAt ?? order.changedAt)
      .sort()
      .at(-1) ?? null
  );
}

export function ExpoRecallSheet({ onClose }: { onClose: () => void }) {
  const t = useTranslations('expo');
  const floor = useTranslations('floor');
  const common = useTranslations('common');
  const times = useTimes();
  const send = useSend();
  const { timeZone } = useScreen().restaurant;
  const orders = useBoard((view) => view.orders);
  const gone = useMemo(
    () =>
      [...orders.values()]
        .map((order) => ({ order, at: handedOverAt(order) }))
        .filter((entry): entry is { order: OrderView; at: string } => entry.at !== null)
        .sort((a, b) => b.at.localeCompare(a.at)),
    [orders],
  );
  return (
    <Sheet title={t('recallTitle')} onClose={onClose}>
      <ul className="grid gap-2 p-4">
        {gone.length === 0 && <li className="py-4 text-[1.0625rem] text-muted">{t('recallNone')}</li>}
        {gone.map(({ order, at }) => (
          <li
            key={order.id}
            data-recall={order.id}
            className="flex items-center gap-3 rounded-xl border border-line px-3.5 py-2"
          >
            <div className="min-w-0 flex-1">
              <p className="text-[1.125rem] font-bold [overflow-wrap:anywhere]">
                <bdi>{order.number}</bdi> · {placeOf(floor, order)}
              </p>
              <p className="text-[0.9375rem] text-muted tabular-nums">
                {t('handedOver', { time: times.time(Date.parse(at), timeZone) })}
              </p>
              <p className="text-[0.9375rem] [overflow-wrap:anywhere] text-muted">
                {order.lines
                  .filter(isLive)
                  .map((line) =>
                    [dishText(line), modifierLine(common, line.modifiers, readerOf(order))].filter(Boolean).join(': '),
                  )
                  .join(', ')}
              </p>
              <AllergyBand
                order={order}
                lines={order.lines.filter(isLive)}
                className="mt-1 px-2 text-[1.0625rem] leading-6"
              />
            </div>
            <SheetButton
              icon={Undo2}
              action="recall"
              onClick={() =>
                void send({
                  kind: 'unserve',
                  orderId: order.id,
                  lineIds: order.lines.filter(isLive).map(({ id }) => id),
                })
              }
            >
              {t('recall')}
            </SheetButton>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

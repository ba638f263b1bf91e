'use client';
// The sheet of sold-out dishes ("86"). It lists them, and one tap marks a dish of the board as sold out. All screens
// show the mark.
import { Check, CircleSlash } from 'lucide';
import { useState } from 'react';
import { dishKey } from '../../server/protocol/domain.ts';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { useBoard, useScreen, useSend } from '../live/index.ts';
import { Icon } from '../ui/icon.tsx';
import { Button } from '../ui/index.ts';
import { Sheet } from '../ui/sheet.tsx';
import type { BoardSheetProps } from './sheet-props.ts';
import { isSameDish, isSoldOut } from '../../server/protocol/rules/sold-out.ts';

export function SoldOutSheet({ tickets, onClose }: BoardSheetProps) {
  const t = useTranslations('board.soldOut');
  const times = useTimes();
  const { timeZone } = useScreen().restaurant;
  const soldOut = useBoard((view) => view.facts.soldOut);
  const send = useSend();
  // The rows stay as they were when the list was opened.
  const [dishes] = useState(() => {
    const dishesByKey = new Map(soldOut.map(({ key, sku, name }) => [key, { key, sku, name }]));
    const cooked = tickets
      .flatMap(({ lines }) => lines.map(({ sku, name }) => ({ key: dishKey({ sku, name }), sku, name })))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const dish of cooked) if (!isSoldOut(dish, [...dishesByKey.values()])) dishesByKey.set(dish.key, dish);
    return [...dishesByKey.values()];
  });
  return (
    <Sheet title={t('title')} onClose={onClose}>
      {!dishes.length && <p className="p-8 text-center text-[1.25rem] text-muted">{t('none')}</p>}
      <ul>
        {dishes.map(({ key, sku, name }) => {
          const gone = soldOut.find((entry) => isSameDish(entry, { sku, name }));
          return (
            <li
              key={key}
              data-dish={name}
              data-sold-out={Boolean(gone)}
              className="flex items-center gap-4 border-b border-line py-1 pr-3 pl-5 last:border-0"
            >
              <span className="min-w-0 flex-1 text-[1.375rem] leading-7 font-semibold wrap-anywhere">
                <bdi>{name}</bdi>
                {gone && (
                  <span className="block text-[1rem] font-medium text-late">
                    {t('since', { time: times.time(Date.parse(gone.at), timeZone) })}
                    {gone.by && ` · ${t('by', { name: gone.by })}`}
                  </span>
                )}
              </span>
              <Button
                data-action={gone ? 'available' : 'sold-out'}
                tone={gone ? 'ready' : 'plain'}
                aria-label={t(gone ? 'againDish' : 'markDish', { dish: name })}
                onClick={() => void send({ kind: 'sold-out', dish: { sku, name }, on: !gone })}
              >
                {gone ? (
                  <Icon of={Check} className="size-6" />
                ) : (
                  <Icon of={CircleSlash} aria-hidden className="size-6" />
                )}
                {t(gone ? 'again' : 'mark')}
              </Button>
            </li>
          );
        })}
      </ul>
    </Sheet>
  );
}

'use client';
// All-day: every dish still to be cooked, with the variants of each (modifiers, notes).
import { useTranslations } from '../i18n/index.ts';
import { Name } from '../order/name.tsx';
import { quantityWords } from '../../server/protocol/rules/quantity.ts';
import { allDay } from './all-day.ts';
import { Sheet } from '../ui/sheet.tsx';
import type { BoardSheetProps } from './sheet-props.ts';

export function AllDaySheet({ tickets, onClose }: BoardSheetProps) {
  const t = useTranslations('board');
  const dishes = allDay(useTranslations('common'), tickets);
  return (
    <Sheet title={t('allDay.title')} onClose={onClose}>
      {!dishes.length && <p className="p-8 text-center text-[1.25rem] text-muted">{t('allDay.none')}</p>}
      <ul>
        {dishes.map(({ name, count, unit, variants }) => (
          <li
            key={`${unit} ${name}`}
            data-dish={name}
            data-count={count}
            className="grid grid-cols-[minmax(2rem,auto)_1fr] gap-x-4 border-b border-line px-5 py-3 text-[1.375rem] leading-7 last:border-0"
          >
            <strong className="font-extrabold tabular-nums">{quantityWords(count, unit)}</strong>
            <Name className="font-semibold wrap-anywhere">{name}</Name>
            {variants.map((variant) => (
              <span key={variant.words} className="col-start-2 text-[1.125rem] text-warn">
                {quantityWords(variant.count)}× {variant.words}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

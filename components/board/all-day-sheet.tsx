'use client';
// Every dish that is still to be cooked, with what is different about some of them.
import { allDay } from './all-day.ts';
import { Sheet } from '../ui/sheet.tsx';
import type { SheetProps } from './sheets.ts';

export function AllDaySheet({ tickets, onClose }: SheetProps) {
  const dishes = allDay(tickets);
  return (
    <Sheet title="All day" onClose={onClose}>
      {!dishes.length && <p className="p-8 text-center text-[1.25rem] text-muted">Nothing is waiting to be cooked.</p>}
      <ul>
        {dishes.map(({ name, count, variants }) => (
          <li key={name} data-dish={name} data-count={count} className="grid grid-cols-[4rem_1fr] gap-x-3 border-b border-line px-5 py-3 text-[1.375rem] leading-7 last:border-0">
            <strong className="text-right tabular-nums">{count}</strong>
            <span className="font-semibold wrap-anywhere">{name}</span>
            {variants.map((variant) => (
              <span key={variant.words} className="col-start-2 text-[1.125rem] text-warn">
                {variant.count} {variant.words}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

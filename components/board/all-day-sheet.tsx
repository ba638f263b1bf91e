'use client';
// Every dish that is still to be cooked, with what is different about some of them.
import { allDay } from './all-day.ts';
import { Sheet } from '../ui/sheet.tsx';
import type { StationTicket } from './station-tickets.ts';

export function AllDaySheet({ tickets, onClose }: { tickets: readonly StationTicket[]; onClose: () => void }) {
  const dishes = allDay(tickets);
  return (
    <Sheet title="All day" onClose={onClose}>
      {!dishes.length && <p className="p-8 text-center text-[20px] text-muted">Nothing is waiting to be cooked.</p>}
      <ul>
        {dishes.map(({ name, count, variants }) => (
          <li key={name} className="grid grid-cols-[64px_1fr] gap-x-3 border-b border-line px-5 py-3 text-[22px] leading-7 last:border-0">
            <strong className="text-right tabular-nums">{count}</strong>
            <span className="font-semibold wrap-anywhere">{name}</span>
            {variants.map((variant) => (
              <span key={variant.words} className="col-start-2 text-[18px] text-warn">
                {variant.count} {variant.words}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

'use client';
// The head of the kitchen's screen: what is open, how much of it is late, and whether that is to be believed.
import { ListOrdered, Undo2 } from 'lucide-react';
import { FindButton } from '../find/index.ts';
import { useClock, useScreen } from '../live/index.ts';
import { Age, Clock, Pill, StaleBanner } from '../ui/index.ts';
import type { StationTicket } from './station-tickets.ts';
import { countLate } from './tone.ts';

export interface KitchenHeaderProps {
  readonly tickets: readonly StationTicket[];
  readonly onRecall: () => void;
  readonly onAllDay: () => void;
}

const action = 'inline-flex min-h-16 min-w-16 items-center justify-center gap-2 border-l border-line px-4 text-[18px] font-semibold select-none active:bg-press';

export function KitchenHeader({ tickets, onRecall, onAllDay }: KitchenHeaderProps) {
  const { station } = useScreen();
  const late = useClock((now) => countLate(tickets, now));
  const oldest = tickets[0];
  return (
    <header className="flex flex-wrap items-center border-b border-line bg-panel text-[20px]">
      <StaleBanner className="flex min-h-16 min-w-0 flex-1 flex-wrap items-center gap-x-4 pl-4 max-sm:basis-full">
        <h1 className="text-[24px] leading-8 font-extrabold">{station?.name ?? 'Kitchen'}</h1>
        <p className="flex items-baseline gap-4 text-muted">
          <span>
            <strong className="text-text tabular-nums">{tickets.length}</strong> open
          </span>
          {late > 0 && <strong className="text-late tabular-nums">{late} late</strong>}
          {oldest && (
            <span className="hidden lg:inline">
              oldest <Age since={oldest.firedAt} className="font-bold text-text" />
            </span>
          )}
        </p>
        <span className="mr-4 ml-auto hidden md:inline">
          <Pill />
        </span>
        <span className="mr-3 ml-auto md:hidden">
          <Pill compact />
        </span>
      </StaleBanner>
      <div className="ml-auto flex min-w-0 items-center">
        <button type="button" data-action="open-recall" onClick={onRecall} className={action}>
          <Undo2 aria-hidden className="size-5" />
          Recall
        </button>
        <button type="button" data-action="open-all-day" onClick={onAllDay} className={action}>
          <ListOrdered aria-hidden className="size-5" />
          All day
        </button>
        <FindButton className={action} />
        <Clock className="hidden border-l border-line px-4 font-bold sm:inline" />
      </div>
    </header>
  );
}

'use client';
// The foot of the kitchen's screen: what is to be cooked all in all, the bump that can still be undone, and the other pages.
import { ChevronLeft, ChevronRight, Undo2 } from 'lucide-react';
import { useClock } from '../live/index.ts';
import { Age } from '../ui/index.ts';
import { allDay } from './all-day.ts';
import type { StationTicket } from './station-tickets.ts';

export interface Undoable {
  readonly card: StationTicket;
  /** The server's time until which it can be undone. */
  readonly until: number;
}

export interface KitchenFootProps {
  readonly tickets: readonly StationTicket[];
  readonly undoable: Undoable | null;
  readonly onUndo: () => void;
  readonly page: number;
  readonly pageCount: number;
  readonly onPage: (page: number) => void;
  /** The tickets that are not on this page, oldest first. */
  readonly hidden: readonly StationTicket[];
}

export function KitchenFoot({ tickets, undoable, onUndo, page, pageCount, onPage, hidden }: KitchenFootProps) {
  return (
    <footer className="flex min-h-16 items-stretch border-t border-line bg-panel text-[18px]">
      <AllDayChips tickets={tickets} />
      {undoable && <UndoBar undoable={undoable} onUndo={onUndo} />}
      {pageCount > 1 && (
        <nav aria-label="Pages" className="ml-auto flex shrink-0 items-stretch">
          {hidden[0] && (
            <p className={`flex flex-col justify-center px-4 text-right text-[16px] leading-5 text-muted ${undoable ? 'max-sm:hidden' : ''}`}>
              <strong className="text-warn tabular-nums">{hidden.length} not in view</strong>
              <span>
                oldest <Age since={hidden[0].firedAt} className="font-bold text-text" />
              </span>
            </p>
          )}
          <Turn action="previous-page" label="Previous page" disabled={page === 0} onClick={() => onPage(page - 1)} icon={ChevronLeft} />
          <p className="flex items-center px-2 font-bold whitespace-nowrap tabular-nums">
            <span className="max-sm:sr-only">Page&nbsp;</span>
            {page + 1} / {pageCount}
          </p>
          <Turn action="next-page" label="Next page" disabled={page === pageCount - 1} onClick={() => onPage(page + 1)} icon={ChevronRight} />
        </nav>
      )}
    </footer>
  );
}

interface TurnProps {
  readonly action: string;
  readonly label: string;
  readonly disabled: boolean;
  readonly onClick: () => void;
  readonly icon: typeof ChevronLeft;
}

function Turn({ action, label, disabled, onClick, icon: Icon }: TurnProps) {
  return (
    <button type="button" data-action={action} aria-label={label} disabled={disabled} onClick={onClick} className="grid min-h-16 min-w-18 place-items-center border-l border-line active:bg-press disabled:opacity-30">
      <Icon aria-hidden className="size-9" strokeWidth={2.5} />
    </button>
  );
}

function UndoBar({ undoable, onUndo }: { undoable: Undoable; onUndo: () => void }) {
  const left = useClock((now) => Math.max(1, Math.floor((undoable.until - now) / 1000)));
  return (
    <div role="status" className="ml-auto flex shrink-0 items-center gap-3 sm:pl-4">
      <span className="max-w-56 truncate text-muted max-sm:hidden">
        <strong className="text-text">{undoable.card.order.number}</strong> bumped
      </span>
      <button type="button" data-action="undo" aria-label="Undo" onClick={onUndo} className="flex min-h-16 items-center gap-2 bg-info-fill px-5 text-[20px] font-bold text-on-info tabular-nums active:brightness-125">
        <Undo2 aria-hidden className="size-6" strokeWidth={2.5} />
        Undo {left} s
      </button>
    </div>
  );
}

/** As many dishes as fit one row, the most wanted first; the rest is in the list that "All day" opens. */
function AllDayChips({ tickets }: { tickets: readonly StationTicket[] }) {
  const dishes = allDay(tickets).slice(0, 12);
  return (
    <ul aria-label="All day" className="hidden h-16 min-w-0 flex-1 flex-wrap items-center gap-x-2 overflow-hidden pl-4 sm:flex">
      {dishes.map(({ name, count, variants }) => (
        <li key={name} className="my-2.5 flex h-11 max-w-105 items-center gap-2 rounded-lg border border-line px-3">
          <strong className="tabular-nums">{count}</strong>
          <span className="truncate whitespace-nowrap">{name}</span>
          {variants[0] && (
            <span className="max-w-48 shrink-0 truncate text-muted">
              {variants[0].count} {variants[0].words}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

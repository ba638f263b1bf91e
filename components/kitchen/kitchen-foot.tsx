'use client';
// The foot of the kitchen's screen: the all-day counts, the bump or start that can still be undone, and the other pages.
import { Undo2 } from 'lucide';
import { PageTurner } from '../cards/page-turner.tsx';
import { useTranslations } from '../i18n/index.ts';
import { useBoard, useClock, type BoardView } from '../live/index.ts';
import { Icon } from '../ui/icon.tsx';
import { Digits, Toasts } from '../ui/index.ts';
import { allDay, chipWords } from './all-day.ts';
import type { Undoable } from './kitchen-actions.ts';
import { strong } from '../ui/rich.tsx';
import type { StationTicket } from './station-tickets.ts';
import { wordWidth } from '../cards/text-rows.ts';
import { useSize } from '../cards/use-size.ts';

export interface KitchenFootProps {
  readonly tickets: readonly StationTicket[];
  readonly undoable: Undoable | null;
  readonly onUndo: () => void;
  readonly page: number;
  readonly pageCount: number;
  readonly onPage: (page: number) => void;
  /** The tickets that are not on this page. */
  readonly hidden: readonly StationTicket[];
  readonly onAllDay: () => void;
}

/** Messages have the place of the all-day counts, so that they lie over no ticket; on a phone they have a row above. */
export function KitchenFoot({
  tickets,
  undoable,
  onUndo,
  page,
  pageCount,
  onPage,
  hidden,
  onAllDay,
}: KitchenFootProps) {
  const told = useBoard((view) => view.messages.length > 0);
  const cooked = hidden.filter(({ held }) => !held);
  return (
    <footer className="flex min-h-[calc(4rem+1px)] flex-wrap items-stretch border-t border-line bg-panel text-[1.125rem] sm:flex-nowrap">
      <Toasts inFoot />
      {!told && <AllDayChips tickets={tickets} onAllDay={onAllDay} />}
      <Unsent />
      {undoable && <UndoBar undoable={undoable} onUndo={onUndo} />}
      <PageTurner
        page={page}
        pageCount={pageCount}
        onPage={onPage}
        brief={undoable !== null}
        hidden={{
          count: cooked.length,
          held: hidden.length - cooked.length,
          oldest: cooked.length ? Math.min(...cooked.map(({ firedAt }) => firedAt)) : null,
          rushed: cooked.filter(({ rush, state }) => rush && state !== 'canceled').length,
        }}
      />
    </footer>
  );
}

/** Bumps that have not reached the server, by order number: their tickets have left the board already. */
function Unsent() {
  const t = useTranslations('board');
  const numbers = useBoard(unsentNumbers);
  if (!numbers) return null;
  return (
    <p data-unsent className="flex max-w-80 min-w-0 flex-col justify-center px-4 text-[1rem] leading-5 text-warn">
      <strong>{t('unsent')}</strong>
      <span className="line-clamp-2 font-semibold text-text tabular-nums wrap-anywhere">{numbers}</span>
    </p>
  );
}

function unsentNumbers({ connection, pending, orders }: BoardView): string {
  if (connection === 'live') return '';
  return pending
    .flatMap(({ command, doneRev }) =>
      doneRev === null && command.kind === 'bump' && !command.lineIds
        ? [orders.get(command.orderId)?.number ?? command.orderId]
        : [],
    )
    .join(', ');
}

function UndoBar({ undoable, onUndo }: { undoable: Undoable; onUndo: () => void }) {
  const t = useTranslations('board');
  const left = useClock((now) => Math.min(5, Math.max(1, Math.ceil((undoable.until - now) / 1000))));
  return (
    <div role="status" className="ml-auto flex shrink-0 items-center gap-3 sm:pl-4">
      <span className="max-w-56 truncate text-muted max-sm:hidden">
        {t.rich(undoable.kind === 'bump' ? 'bumped' : 'begun', { number: undoable.card.order.number, strong })}
      </span>
      <button
        type="button"
        data-action="undo"
        aria-label={t('undo')}
        onClick={onUndo}
        className="flex min-h-16 items-center gap-2 bg-info-fill px-5 text-[1.25rem] font-bold text-on-info tabular-nums active:brightness-125"
      >
        <Icon of={Undo2} className="size-6" strokeWidth={2.5} />
        <Digits>{t('undoFor', { seconds: left })}</Digits>
      </button>
    </div>
  );
}

const CHIP_EDGES = 26;
const CHIP_GAP = 8;
const MORE = 96;

/**
 * As many dishes as fit into one row, the largest count first. The others are counted, and listed in the sheet that
 * "All day" opens.
 */
function AllDayChips({ tickets, onAllDay }: { tickets: readonly StationTicket[]; onAllDay: () => void }) {
  const t = useTranslations('board');
  const [element, size] = useSize();
  const dishes = allDay(useTranslations('common'), tickets);
  const text = 1.125 * (size?.text ?? 16);
  let room = (size?.width ?? 0) - 16 - MORE;
  const shown: { count: string; name: string; extra: string }[] = [];
  for (const dish of dishes) {
    const chip = chipWords(t, dish);
    const width =
      CHIP_EDGES +
      wordWidth(chip.count, { weight: 700, size: text }) +
      14 +
      wordWidth(`${chip.name} ${chip.extra}`, { weight: 400, size: text }) +
      CHIP_GAP +
      8;
    if (width > room) break;
    room -= width;
    shown.push(chip);
  }
  const more = dishes.length - shown.length;
  return (
    // Laid out separately (ui/apart.tsx), because it changes with nearly every order.
    <div className="relative hidden min-w-0 flex-1 sm:block">
      <div ref={element} className="absolute inset-0 flex items-center gap-2 pl-4 contain-strict">
        {dishes.length > 0 && (
          <ul aria-label={t('allDay.title')} className="flex items-center gap-2">
            {shown.map(({ count, name, extra }) => (
              <li
                key={`${count} ${name}`}
                className="flex h-11 shrink-0 items-center gap-2 rounded-lg border border-line px-3 whitespace-nowrap"
              >
                <strong className="tabular-nums">{count}</strong>
                <bdi>{name}</bdi>
                {extra && <span className="text-muted">{extra}</span>}
              </li>
            ))}
          </ul>
        )}
        {size && more > 0 && (
          <button
            type="button"
            data-action="open-all-day"
            onClick={onAllDay}
            className="min-h-16 min-w-16 shrink-0 px-2 font-semibold whitespace-nowrap text-muted tabular-nums active:bg-press"
          >
            {t('allDay.more', { count: more })}
          </button>
        )}
      </div>
    </div>
  );
}

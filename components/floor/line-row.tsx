'use client';
// One dish of an order as a waiter needs it: how many, what, what is special about it, how far it is; and Serve once it is ready.
import { TriangleAlert } from 'lucide-react';
import type { LineView } from '../../server/protocol/views.ts';
import { isLive } from './floor-cards.ts';
import { LineChip } from './line-chip.tsx';

interface Props {
  line: LineView;
  station: string;
  /** Of an order that nobody wants any more. */
  canceled: boolean;
  /** Absent where there is nothing to serve. */
  onServe?: (() => void) | undefined;
}

export function LineRow({ line, station, canceled, onServe }: Props) {
  const live = isLive(line);
  const done = live && line.state === 'served';
  const name = !live ? 'font-semibold text-late line-through' : canceled ? 'text-muted line-through' : done ? 'text-faint' : 'font-semibold';
  return (
    <li
      data-item-id={line.id}
      data-quantity={line.quantity}
      data-state={live ? line.state : 'voided'}
      className="flex min-h-12 items-center gap-x-2.5 border-t border-line px-3.5 py-2"
    >
      <div className="grid min-w-0 flex-1 grid-cols-[minmax(1.75rem,auto)_minmax(0,1fr)] gap-x-2.5">
        <span className={`text-[18px] leading-6 tabular-nums ${name} font-bold`}>{line.quantity}</span>
        <div className="min-w-0">
          <p className={`text-[17px] leading-6 break-words ${name}`}>{line.name}</p>
          {!done && live && !canceled && <Details line={line} />}
          {onServe !== undefined && (
            <p className="pt-1">
              <LineChip line={line} station={station} />
            </p>
          )}
        </div>
      </div>
      {onServe === undefined ? (
        !canceled && <LineChip line={line} station={station} />
      ) : (
        <button type="button" data-action="serve" onClick={onServe} className="min-h-13 rounded-xl bg-ready px-4 text-[17px] font-bold text-bg active:brightness-110">
          Serve
        </button>
      )}
    </li>
  );
}

function Details({ line }: { line: LineView }) {
  const special = line.modifiers.map(({ name, kind }) => (kind === 'REMOVE' ? `NO ${name.replace(/^no\s+/i, '')}` : name));
  const seat = line.seat === null ? [] : [`seat ${line.seat}`];
  return (
    <>
      {(special.length > 0 || seat.length > 0) && <p className="text-[15px] leading-5 break-words text-warn">{[...special, ...seat].join(' · ')}</p>}
      {line.note && <p className="text-[15px] leading-5 break-words text-muted">“{line.note}”</p>}
      {line.allergens.length > 0 && (
        <p className="flex items-center gap-1.5 text-[15px] leading-5 font-bold text-allergy">
          <TriangleAlert aria-hidden className="size-4 shrink-0" strokeWidth={2.5} />
          Allergy: {line.allergens.join(', ')}
        </p>
      )}
    </>
  );
}

'use client';
// One dish of a ticket: quantity, name, what is different about it. A tap makes it ready; another takes that back.
import { Check, Flame, Pause } from 'lucide-react';
import { memo } from 'react';
import type { LineView } from '../../server/protocol/views.ts';
import { useScreen } from '../live/index.ts';
import { formatTime } from '../ui/index.ts';
import { flagWords, modifierWords } from './ticket-words.ts';

export interface TicketLineProps {
  readonly line: LineView;
  /** The course that begins with this line, where the ticket has several. */
  readonly course: string | null;
  readonly showAllergens: boolean;
  readonly canceled: boolean;
  readonly onTap: (line: LineView) => void;
}

export const TicketLine = memo(function TicketLine({ line, course, showAllergens, canceled, onTap }: TicketLineProps) {
  const { timeZone } = useScreen().restaurant;
  const time = (at: string) => formatTime(Date.parse(at), timeZone);
  const gone = line.voided || canceled;
  const done = !gone && (line.state === 'ready' || line.state === 'served');
  const held = line.state === 'held';
  const tappable = !gone && line.state !== 'served' && !held;
  // The check lies over the row: were it beside the name, a tap could make the name wrap and the card grow under the finger.
  const words = gone ? 'text-late line-through decoration-[3px]' : done || held ? 'text-faint' : 'text-text';
  return (
    <li data-item-id={line.id} data-quantity={line.quantity} data-state={gone ? 'voided' : line.state}>
      {course && (
        <p className={`flex h-[34px] items-center gap-2 border-t border-line px-3.5 text-[15px] font-bold tracking-wide ${held ? 'bg-head/60 text-muted' : 'bg-info-soft text-info'}`}>
          {held ? <Pause aria-hidden className="size-4" /> : <Flame aria-hidden className="size-4" />}
          {course}
        </p>
      )}
      <button
        type="button"
        disabled={!tappable}
        aria-pressed={tappable ? done : undefined}
        onClick={() => onTap(line)}
        className="relative grid min-h-[65px] w-full grid-cols-[minmax(30px,auto)_1fr] content-center gap-x-2 border-t border-line px-3.5 py-2 text-left select-none enabled:active:bg-press"
      >
        <span className={`text-[24px] leading-[27px] font-extrabold tabular-nums ${words}`}>{line.quantity}</span>
        <span className="min-w-0 wrap-anywhere">
          <span className={`block text-[22px] leading-[27px] font-semibold tracking-tight ${words}`}>{line.name}</span>
          {line.modifiers.map((modifier) => (
            <ModifierWords key={`${modifier.kind} ${modifier.name}`} words={modifierWords(modifier)} faint={done || gone} />
          ))}
          {line.note && <span className={`block text-[18px] leading-[25px] italic ${done || gone ? 'text-faint' : 'text-text'}`}>“{line.note}”</span>}
          {showAllergens && !gone && line.allergens.length > 0 && (
            <span className="block text-[17px] leading-[25px] font-bold text-allergy">Allergy: {line.allergens.join(', ')}</span>
          )}
          {line.flag && !canceled && <span className={`block text-[17px] leading-[25px] font-semibold ${line.voided ? 'text-late' : 'text-warn'}`}>{flagWords(line.flag, time)}</span>}
        </span>
        {done && <Check aria-label={line.state} className="absolute top-[18px] right-3 size-7 bg-card text-ready" strokeWidth={3} />}
      </button>
    </li>
  );
});

function ModifierWords({ words, faint }: { words: ReturnType<typeof modifierWords>; faint: boolean }) {
  const look = faint ? 'text-faint' : words.removes ? 'text-late' : 'text-warn';
  return <span className={`block text-[19px] leading-[25px] ${words.removes ? 'font-extrabold' : 'font-medium'} ${look}`}>{words.text}</span>;
}

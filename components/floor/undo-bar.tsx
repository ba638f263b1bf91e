'use client';
// What was served within the last five seconds, each with its way back, within reach of a thumb.
import { Undo2 } from 'lucide-react';
import { useClock } from '../live/index.ts';
import type { Served } from './serving.ts';

export function UndoBar({ served, undo }: { served: readonly Served[]; undo: (one: Served) => void }) {
  if (served.length === 0) return null;
  return (
    <section
      aria-label="Just served"
      className="fixed inset-x-0 bottom-0 z-20 grid grid-cols-[minmax(0,32rem)] justify-center gap-2 p-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]"
    >
      {served.map((one) => (
        <div key={one.key} className="flex items-center gap-3 rounded-2xl border border-line bg-head py-2 pr-2 pl-4 shadow-2xl">
          <p role="status" className="min-w-0 flex-1">
            <span className="block truncate text-[16px] leading-5 font-bold">{one.place} served</span>
            <span className="block truncate text-[15px] leading-5 text-muted">{one.dishes}</span>
          </p>
          <button
            type="button"
            data-action="undo"
            aria-label="Undo"
            onClick={() => undo(one)}
            className="inline-flex min-h-13 items-center gap-2 rounded-xl bg-info-fill px-4 text-[17px] font-bold text-on-info active:brightness-125"
          >
            <Undo2 aria-hidden className="size-5" strokeWidth={2.5} />
            Undo <Countdown until={one.until} />
          </button>
        </div>
      ))}
    </section>
  );
}

/** The one-second beat of the screen's clocks draws it; what it counts is this device's own time. */
function Countdown({ until }: { until: number }) {
  const left = useClock((now) => (now ? Math.max(1, Math.ceil((until - performance.now()) / 1000)) : 5));
  return <span className="tabular-nums">{left} s</span>;
}

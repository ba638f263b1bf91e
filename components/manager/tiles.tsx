// The four numbers that a manager looks for first, each with what it consists of.
import type { Health } from '../../server/protocol/views.ts';
import { count } from './late-words.ts';
import type { NowFigures } from './now-figures.ts';

export function Tiles({ figures, health }: { figures: NowFigures; health: Health | null }) {
  const { open, onTime, delayed, late } = figures;
  const parts = (['kitchen', 'floor', 'pipeline'] as const).filter((where) => late[where] > 0).map((where) => `${late[where]} ${where}`);
  const parked = health?.parkedOrders ?? null;
  const failed = health?.failedMessages ?? null;
  const retries = parked ? `${count(health?.parkedMessages ?? 0, 'message')}, tried again by itself` : 'nothing waits for a retry';
  return (
    <dl className="grid grid-cols-2 gap-3 md:grid-cols-4 md:gap-5">
      <Tile figure="open" name="Open orders" value={open} note={open === 0 ? 'nobody is waiting' : `${onTime} on time`} />
      <Tile figure="delayed" name="Delayed" value={delayed} bad={delayed > 0} note={parts.length > 0 ? parts.join(' · ') : 'everything on time'} />
      <Tile figure="parked" name="Parked" value={parked} note={retries} />
      <Tile figure="failed" name="Failed" value={failed} bad={Boolean(failed)} note={failed ? 'needs a person' : 'nothing was given up'} />
    </dl>
  );
}

function Tile({ figure, name, value, note, bad = false }: { figure: string; name: string; value: number | null; note: string; bad?: boolean }) {
  return (
    <div data-figure={figure} data-value={value ?? ''} className={`rounded-2xl border bg-panel px-4 py-3 ${bad ? 'border-late' : 'border-line'}`}>
      <dt className="text-[15px] font-semibold text-muted">{name}</dt>
      <dd className={`text-[32px] leading-10 font-bold tabular-nums ${bad ? 'text-late' : ''}`}>{value?.toLocaleString('en') ?? '–'}</dd>
      <dd className="text-[14px] leading-5 text-muted">{value === null ? 'not known now' : note}</dd>
    </div>
  );
}

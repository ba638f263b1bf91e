'use client';
// The strip of sold-out dishes under the header of the screen. It is absent if nothing is sold out.
import { Ban } from 'lucide';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { useBoard, useScreen } from '../live/index.ts';
import { Icon } from '../ui/icon.tsx';

const NAMED = 2;

export function SoldOutStrip({ onOpen }: { onOpen: () => void }) {
  const t = useTranslations('floor.soldOut');
  const times = useTimes();
  const soldOut = useBoard((view) => view.facts.soldOut);
  const { timeZone } = useScreen().restaurant;
  if (soldOut.length === 0) return null;
  const newest = [...soldOut].sort((a, b) => b.at.localeCompare(a.at));
  const named = newest
    .slice(0, NAMED)
    .map(({ name, at }) => t('since', { dish: name, time: times.time(Date.parse(at), timeZone) }));
  const more = soldOut.length - named.length;
  return (
    <button
      type="button"
      data-action="open-sold-out"
      data-sold-out-count={soldOut.length}
      onClick={onOpen}
      className="flex min-h-13 w-full items-center gap-2.5 rounded-xl border border-warn bg-warn-soft px-3.5 py-2 text-left text-[1rem] leading-5 text-warn active:brightness-125"
    >
      <Icon of={Ban} className="size-5 shrink-0" strokeWidth={2.5} />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <strong>{t('strip')}</strong> {named.join('; ')}
        {more > 0 && ` · ${t('more', { count: more })}`}
      </span>
    </button>
  );
}

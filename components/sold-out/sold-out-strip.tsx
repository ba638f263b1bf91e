'use client';
// The strip of sold-out dishes, and of those that are counted ("3 left"), under the header of the screen. It is
// absent if there are none.
import { Ban } from 'lucide';
import { isGone } from '../../server/protocol/rules/sold-out.ts';
import { useBoard } from '../live/index.ts';
import { Icon } from '../ui/icon.tsx';
import { stripWords } from './mark-words.ts';
import { useTelling } from './use-dish-tag.ts';

const NAMED = 2;

export function SoldOutStrip({ onOpen }: { onOpen: () => void }) {
  const telling = useTelling();
  const { t } = telling;
  const marks = useBoard((view) => view.facts.soldOut);
  if (marks.length === 0) return null;
  const newest = [...marks].sort((a, b) => Number(isGone(b)) - Number(isGone(a)) || b.at.localeCompare(a.at));
  const gone = marks.filter(isGone).length;
  const named = newest.slice(0, NAMED).map((mark) => stripWords(telling, mark));
  const more = marks.length - named.length;
  return (
    <button
      type="button"
      data-action="open-sold-out"
      data-sold-out-count={gone}
      onClick={onOpen}
      className="flex min-h-13 w-full items-center gap-2.5 rounded-xl border border-warn bg-warn-soft px-3.5 py-2 text-left text-[1rem] leading-5 text-warn active:brightness-125"
    >
      <Icon of={Ban} className="size-5 shrink-0" strokeWidth={2.5} />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {gone > 0 && <strong>{t('strip')}</strong>} {named.join('; ')}
        {more > 0 && ` · ${t('others', { count: more })}`}
      </span>
    </button>
  );
}

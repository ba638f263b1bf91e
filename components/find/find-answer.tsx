'use client';
// The answer of a search: where the order is, the name and time of each bump, or why the order is not here.
import { TriangleAlert } from 'lucide';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { absenceWords } from './find-words.ts';
import { FoundCard } from './found-card.tsx';
import type { FindState } from './use-find.ts';

type Found = Extract<FindState, { kind: 'found' }>;

export interface FindAnswerProps {
  readonly state: Exclude<FindState, { kind: 'idle' | 'asking' }>;
  readonly again: () => void;
}

export function FindAnswer({ state, again }: FindAnswerProps) {
  if (state.kind === 'unavailable') return <Unavailable busy={state.busy} again={again} />;
  return state.matches.length ? (
    state.matches.map((match) => <FoundCard key={match.orderId} match={match} />)
  ) : (
    <NotFound {...state} />
  );
}

function NotFound({ text, pipeline }: Pick<Found, 'text' | 'pipeline'>) {
  const t = useTranslations('find');
  const times = useTimes();
  const { sure, words } = absenceWords(t, times, pipeline);
  return (
    <div data-sure={sure} className={`rounded-xl border-2 p-4 ${sure ? 'border-line' : 'border-warn bg-warn-soft'}`}>
      <h3 className="text-[1.375rem] leading-tight font-extrabold wrap-anywhere">{t('none', { text })}</h3>
      <ul className="mt-2 grid gap-1.5 text-[1.125rem]">
        {words.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}

function Unavailable({ busy, again }: { busy: boolean; again: () => void }) {
  const t = useTranslations('find');
  return (
    <div className="grid justify-items-center gap-4 py-4 text-center">
      <p className="flex items-center gap-3 text-[1.25rem] font-semibold">
        <Icon of={TriangleAlert} className="size-7 shrink-0 text-warn" />
        {t(busy ? 'tooMany' : 'unavailable')}
      </p>
      <Button tone="info" data-action="find-again" onClick={again}>
        {t('again')}
      </Button>
    </div>
  );
}

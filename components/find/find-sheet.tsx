'use client';
// The search by order number. It answers where the order is, the name and time of each bump, or why the order is not
// here.
import { Search, TriangleAlert } from 'lucide';
import { useState } from 'react';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Form } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { absenceWords } from './find-words.ts';
import { FoundCard } from './found-card.tsx';
import { useFind } from './use-find.ts';

export function FindSheet({ onClose }: { onClose: () => void }) {
  const t = useTranslations('find');
  const [text, setText] = useState('');
  const { state, again } = useFind(text.trim());
  return (
    <Sheet title={t('title')} onClose={onClose}>
      <Form role="search" className="sticky top-0 z-10 bg-panel p-4" onSubmit={again}>
        <label className="flex min-h-16 items-center gap-3 rounded-xl border-2 border-line bg-bg px-4 focus-within:border-info">
          <Icon of={Search} className="size-7 shrink-0 text-muted" />
          <span className="sr-only">{t('label')}</span>
          {/* The sheet is opened to type into it. */}
          <input
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            type="text"
            inputMode="text"
            enterKeyHint="search"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={100}
            value={text}
            onChange={(event) => setText(event.target.value)}
            placeholder={t('label')}
            className="min-w-0 flex-1 bg-transparent text-[1.75rem] font-bold text-text outline-none placeholder:text-[1.25rem] placeholder:font-medium placeholder:text-muted"
          />
        </label>
      </Form>
      <div aria-live="polite" data-find={state.kind} className="px-4 pb-4">
        {state.kind === 'idle' && <p className="py-6 text-center text-[1.125rem] text-muted">{t('hint')}</p>}
        {state.kind === 'asking' && <p className="py-6 text-center text-[1.125rem] text-muted">{t('asking')}</p>}
        {state.kind === 'unavailable' && <Unavailable busy={state.busy} again={again} />}
        {state.kind === 'found' && state.matches.map((match) => <FoundCard key={match.orderId} match={match} />)}
        {state.kind === 'found' && !state.matches.length && <NotFound {...state} />}
      </div>
    </Sheet>
  );
}

function NotFound({
  text,
  pipeline,
}: Pick<Extract<ReturnType<typeof useFind>['state'], { kind: 'found' }>, 'text' | 'pipeline'>) {
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

'use client';
// The search by order number. The field is part of the screen's own code, so that it takes the keys as soon as the search
// is asked for; the code that draws the answer is loaded when the sheet first opens.
import { Search } from 'lucide';
import { useState } from 'react';
import { useTranslations } from '../i18n/index.ts';
import { Form } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { late } from '../ui/late.ts';
import { Sheet } from '../ui/sheet.tsx';
import { useFind } from './use-find.ts';

const FindAnswer = late(
  async () => (await import('./find-answer.tsx')).FindAnswer,
  (_, failed) => <Meanwhile failed={failed} />,
);

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
            data-first-focus
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
        {state.kind === 'asking' && <Meanwhile failed={false} />}
        {state.kind !== 'idle' && state.kind !== 'asking' && <FindAnswer state={state} again={again} />}
      </div>
    </Sheet>
  );
}

function Meanwhile({ failed }: { failed: boolean }) {
  const t = useTranslations('find');
  const sheet = useTranslations('common.sheet');
  return failed ? (
    <p role="alert" className="py-6 text-center text-[1.25rem] font-semibold">
      {sheet('cannotOpen')}
    </p>
  ) : (
    <p className="py-6 text-center text-[1.125rem] text-muted">{t('asking')}</p>
  );
}

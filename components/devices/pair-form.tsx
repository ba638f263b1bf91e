'use client';
// On the tablet: typing the code from the manager's page makes this browser a screen.
import { useState } from 'react';
import { PairedScreen } from '../../server/protocol/devices.ts';
import { useTranslations } from '../i18n/index.ts';
import { LanguageChooser } from '../i18n/language-chooser.tsx';
import { Form, Submit } from '../ui/form.tsx';
import { FormNotice } from '../accounts/form.tsx';
import { asCallError, call } from '../http/call.ts';
import { useProblem } from '../accounts/use-problem.ts';

export function PairForm() {
  const t = useTranslations('people');
  const problem = useProblem();
  const [code, setCode] = useState('');
  const [said, say] = useState<string | null>(null);
  const submit = async () => {
    try {
      location.replace((await call(PairedScreen, 'POST', '/auth/pair', { body: { code } })).location);
    } catch (error) {
      say(asCallError(error).status === 404 ? t('pair.wrong') : problem(error));
    }
  };
  return (
    <div className="grid gap-8">
      <div className="grid gap-3">
        <h1 className="text-[2.125rem] leading-tight font-bold md:text-[2.75rem]">{t('pair.title')}</h1>
        <p className="text-[1.25rem] leading-8 text-muted">{t('pair.lead')}</p>
      </div>
      <Form onSubmit={submit} className="grid gap-4">
        <label htmlFor="code" className="sr-only">
          {t('pair.code')}
        </label>
        <input
          id="code"
          name="code"
          required
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={20}
          placeholder="XXXX-XXXX"
          value={code}
          onChange={(event) => setCode(shaped(event.target.value))}
          className="min-h-20 w-full rounded-xl border-2 border-line bg-card px-5 text-center text-[2.5rem] font-bold tracking-[0.12em] tabular-nums placeholder:text-line"
        />
        <FormNotice>{said}</FormNotice>
        <Submit tone="ready" disabled={code.length < 8} data-action="pair">
          {t('pair.submit')}
        </Submit>
      </Form>
      <LanguageChooser />
    </div>
  );
}

/** In two groups of four, as the manager sees it. */
function shaped(typed: string): string {
  const bare = typed
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .slice(0, 8);
  return bare.length > 4 ? `${bare.slice(0, 4)}-${bare.slice(4)}` : bare;
}

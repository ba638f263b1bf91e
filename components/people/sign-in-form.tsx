'use client';
// E-mail and password; then to where one wanted to go.
import { useState, type FormEvent } from 'react';
import { LanguageChooser, useTranslations } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Field, Notice, Panel } from './form.tsx';
import { call } from './manage-call.ts';
import { useProblem } from './use-problem.ts';

/** @param next a path of ours, checked by the page */
export function SignInForm({ next }: { next: string }) {
  const t = useTranslations('people');
  const problem = useProblem();
  const [said, say] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    try {
      await call('POST', '/auth/sign-in', { email: form.get('email'), password: form.get('password') });
      location.assign(next);
    } catch (error) {
      say(problem(error, t('signIn.wrong')));
      setBusy(false);
    }
  };
  return (
    <>
      <Panel>
        <h1 className="text-[26px] leading-8 font-bold">{t('signIn.title')}</h1>
        <p className="text-[15px] leading-6 text-muted">{t('signIn.lead')}</p>
        <form onSubmit={(event) => void submit(event)} className="grid gap-4">
          <Field label={t('signIn.email')} name="email" type="email" autoComplete="username" required maxLength={254} />
          <Field label={t('signIn.password')} name="password" type="password" autoComplete="current-password" required maxLength={128} />
          <Notice>{said}</Notice>
          <Button type="submit" tone="info" size="floor" disabled={busy} data-action="sign-in">{t('signIn.submit')}</Button>
        </form>
        <p className="text-[14px] leading-5 text-muted">{t('signIn.forgotten')}</p>
      </Panel>
      <p className="text-[15px]"><a href="/pair" className="text-info underline">{t('signIn.pair')}</a></p>
      <LanguageChooser size="desk" />
    </>
  );
}

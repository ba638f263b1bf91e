'use client';
// Asks for a link to choose a new password. It never says whether there is such an account.
import { useState } from 'react';
import { LinkAsked } from '../../server/protocol/invitations.ts';
import { useTranslations } from '../i18n/index.ts';
import { LanguageChooser } from '../i18n/language-chooser.tsx';
import { Form, Submit } from '../ui/form.tsx';
import { Field, FormNotice, FormPanel } from './form.tsx';
import { call } from '../http/call.ts';
import { useAttempt } from './use-attempt.ts';

export function ForgottenForm() {
  const t = useTranslations('people');
  const { said, attempt } = useAttempt();
  const [answer, setAnswer] = useState<'sent' | 'no-mails' | null>(null);
  const submit = (given: FormData) =>
    attempt(async () => {
      const { mails } = await call(LinkAsked, 'POST', '/auth/forgotten', { body: { email: given.get('email') } });
      setAnswer(mails ? 'sent' : 'no-mails');
    });
  return (
    <>
      <FormPanel>
        <h1 className="text-[1.625rem] leading-8 font-bold">{t('forgotten.title')}</h1>
        <p className="text-[0.9375rem] leading-6 text-muted">{t('forgotten.lead')}</p>
        <Form early onSubmit={submit} className="grid gap-4">
          <Field label={t('signIn.email')} name="email" type="email" autoComplete="username" required maxLength={254} />
          <FormNotice>{said}</FormNotice>
          {answer === 'sent' && said === null && <FormNotice tone="ready">{t('forgotten.sent')}</FormNotice>}
          {answer === 'no-mails' && said === null && <FormNotice>{t('forgotten.noMails')}</FormNotice>}
          <Submit tone="info" size="floor" data-action="forgotten">
            {t('forgotten.submit')}
          </Submit>
        </Form>
        {answer !== 'no-mails' && <p className="text-[0.875rem] leading-5 text-muted">{t('forgotten.otherwise')}</p>}
      </FormPanel>
      <p className="text-[0.9375rem]">
        <a href="/sign-in" className="text-info underline">
          {t('forgotten.back')}
        </a>
      </p>
      <LanguageChooser size="desk" />
    </>
  );
}

'use client';
// E-mail and password; then on to the page that was asked for.
import { useTranslations } from '../i18n/index.ts';
import { LanguageChooser } from '../i18n/language-chooser.tsx';
import { Form, Submit } from '../ui/form.tsx';
import { Field, FormNotice, FormPanel } from './form.tsx';
import { call } from '../http/call.ts';
import { useAttempt } from './use-attempt.ts';

/** @param next a path of ours, checked by the page */
export function SignInForm({ next }: { next: string }) {
  const t = useTranslations('people');
  const { said, attempt } = useAttempt();
  const submit = (given: FormData) =>
    attempt(async () => {
      await call(null, 'POST', '/auth/sign-in', {
        body: { email: given.get('email'), password: given.get('password') },
      });
      location.assign(next);
    }, t('signIn.wrong'));
  return (
    <>
      <FormPanel>
        <h1 className="text-[1.625rem] leading-8 font-bold">{t('signIn.title')}</h1>
        <p className="text-[0.9375rem] leading-6 text-muted">{t('signIn.lead')}</p>
        <Form early onSubmit={submit} className="grid gap-4">
          <Field label={t('signIn.email')} name="email" type="email" autoComplete="username" required maxLength={254} />
          <Field
            label={t('signIn.password')}
            name="password"
            type="password"
            autoComplete="current-password"
            required
            maxLength={128}
          />
          <FormNotice>{said}</FormNotice>
          <Submit tone="info" size="floor" data-action="sign-in">
            {t('signIn.submit')}
          </Submit>
        </Form>
        <p className="text-[0.9375rem]">
          <a href="/forgotten" className="text-info underline">
            {t('signIn.forgotten')}
          </a>
        </p>
      </FormPanel>
      <p className="text-[0.9375rem]">
        <a href="/pair" className="text-info underline">
          {t('signIn.pair')}
        </a>
      </p>
      <LanguageChooser size="desk" />
    </>
  );
}

'use client';
// The purpose of a link, and the form that uses it up. The secret is the part of the link after the #. Browsers do not
// send that part, so no server and no proxy logs it.
import { useEffect, useState } from 'react';
import { LinkView } from '../../server/protocol/invitations.ts';
import { PASSWORD_MIN } from '../../server/protocol/limits.ts';
import { useTranslations } from '../i18n/index.ts';
import { LanguageChooser } from '../i18n/language-chooser.tsx';
import { Form, Submit } from '../ui/form.tsx';
import { Field, FormNotice, FormPanel } from './form.tsx';
import { asCallError, call } from '../http/call.ts';
import { useProblem } from './use-problem.ts';

export function InviteForm() {
  const t = useTranslations('people');
  const problem = useProblem();
  const [secret, setSecret] = useState('');
  const [link, setLink] = useState<LinkView | 'loading' | 'gone'>('loading');
  const [said, say] = useState<string | null>(null);

  useEffect(() => {
    const held = location.hash.slice(1);
    setSecret(held);
    call(LinkView, 'POST', '/auth/link', { body: { secret: held } }).then(setLink, (error: unknown) => {
      if ([400, 410].includes(asCallError(error).status)) return setLink('gone');
      return say(problem(error));
    });
    // Once: the link does not change while the page is open.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);

  const submit = async (form: FormData) => {
    const text = (name: string) => (form.get(name) as string | null)?.trim() || null;
    const password = form.get('password') as string;
    if (form.has('again') && password !== form.get('again')) return say(t('password.differ'));
    if (form.has('again') && password.length < PASSWORD_MIN) return say(t('password.short', { min: PASSWORD_MIN }));
    try {
      await call(null, 'POST', '/auth/accept', {
        body: { secret, password, name: text('name'), email: text('email') },
      });
      location.replace('/account');
    } catch (error) {
      if (asCallError(error).status === 410) setLink('gone');
      else say(problem(error, t('signIn.wrong')));
    }
    return undefined;
  };

  if (link === 'loading')
    return (
      <FormPanel>
        <p className="text-muted">{t('invite.loading')}</p>
        <FormNotice>{said}</FormNotice>
      </FormPanel>
    );
  if (link === 'gone')
    return (
      <FormPanel title={t('invite.gone')}>
        <p className="leading-6 text-muted">{t('invite.goneText')}</p>
      </FormPanel>
    );
  const restaurants = link.restaurants.join(', ');
  const lead =
    link.kind === 'password'
      ? t('invite.password', { email: link.email ?? link.name ?? '' })
      : link.kind === 'join'
        ? t('invite.joinText', { restaurants })
        : link.operator
          ? t('invite.operator')
          : t('invite.manager', { restaurants });
  return (
    <>
      <FormPanel>
        <h1 className="text-[1.625rem] leading-8 font-bold">
          {link.kind === 'password' ? t('invite.choosePassword') : t(`invite.${link.kind}`)}
        </h1>
        <p className="text-[0.9375rem] leading-6 text-muted">{lead}</p>
        <Form early onSubmit={submit} className="grid gap-4">
          {link.kind === 'new' && (
            <Field
              label={t('invite.name')}
              name="name"
              autoComplete="name"
              required
              maxLength={80}
              defaultValue={link.name ?? ''}
            />
          )}
          {link.kind !== 'password' && link.email === null && (
            <Field
              label={t('signIn.email')}
              name="email"
              type="email"
              autoComplete="username"
              required
              maxLength={254}
            />
          )}
          {link.kind !== 'password' && link.email !== null && (
            <Field label={t('signIn.email')} type="email" autoComplete="username" readOnly value={link.email} />
          )}
          {link.kind === 'join' ? (
            <Field
              label={t('signIn.password')}
              name="password"
              type="password"
              autoComplete="current-password"
              required
              maxLength={128}
            />
          ) : (
            <>
              <Field
                label={t('password.next')}
                name="password"
                type="password"
                autoComplete="new-password"
                required
                maxLength={128}
                hint={t('password.rule', { min: PASSWORD_MIN })}
              />
              <Field
                label={t('password.again')}
                name="again"
                type="password"
                autoComplete="new-password"
                required
                maxLength={128}
              />
            </>
          )}
          <FormNotice>{said}</FormNotice>
          <Submit tone="info" size="floor" data-action="accept">
            {link.kind === 'password'
              ? t('invite.submitPassword')
              : link.kind === 'join'
                ? t('invite.submitJoin')
                : t('invite.submit')}
          </Submit>
        </Form>
      </FormPanel>
      <LanguageChooser size="desk" />
    </>
  );
}

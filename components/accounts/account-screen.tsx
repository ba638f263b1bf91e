'use client';
// One's own account: the password, and the browsers that are signed in.
import { useCallback, useEffect, useState } from 'react';
import { PASSWORD_MIN } from '../../server/protocol/limits.ts';
import type { PersonView } from '../../server/protocol/people.ts';
import { SessionList, type SessionView } from '../../server/protocol/sessions.ts';
import { useTranslations } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Form, Submit } from '../ui/form.tsx';
import { forgetPerson } from './forget.ts';
import { Field, FormNotice, FormPanel } from './form.tsx';
import { manage } from './manage-call.ts';
import { asCallError, type CallError } from '../http/call.ts';
import { AccountFrame } from './account-frame.tsx';
import { useProblem } from './use-problem.ts';
import { useWhen } from './use-when.ts';

export function AccountScreen({ person }: { person: PersonView }) {
  const t = useTranslations('people');
  return (
    <AccountFrame person={person}>
      <h1 className="text-[1.625rem] font-bold">{t('account.title')}</h1>
      <div className="grid grid-cols-1 items-start gap-6 md:grid-cols-2">
        <FormPanel>
          <dl className="grid gap-1">
            <dt className="text-[0.875rem] text-muted">{t('account.signedInAs')}</dt>
            <dd className="text-[1.1875rem] font-bold">{person.name}</dd>
            <dd className="text-[0.9375rem] text-muted">{person.email}</dd>
            {person.operator && <dd className="text-[0.9375rem] font-semibold text-info">{t('account.operator')}</dd>}
          </dl>
          {!person.operator && (
            <ul className="grid gap-1 text-[0.9375rem]">
              {person.restaurants.map(({ id, name, role }) => (
                <li key={id}>
                  {name} ·{' '}
                  <span className="text-muted">
                    {role === 'operator' ? t('account.operator') : t(`people.roles.${role}`)}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </FormPanel>
        <PasswordForm person={person} />
      </div>
      <Sessions person={person} />
    </AccountFrame>
  );
}

function PasswordForm({ person }: { person: PersonView }) {
  const t = useTranslations('people');
  const problem = useProblem();
  const [said, say] = useState<{ tone: 'late' | 'ready'; words: string } | null>(null);
  const submit = async (given: FormData, form: HTMLFormElement) => {
    const [present, next, again] = ['present', 'next', 'again'].map((name) => given.get(name) as string);
    if (next !== again) return say({ tone: 'late', words: t('password.differ') });
    try {
      await manage(null, 'PUT', '/password', { present, next });
      form.reset();
      say({ tone: 'ready', words: t('password.changed') });
      dispatchEvent(new Event(CHANGED));
    } catch (error) {
      say({ tone: 'late', words: problem(error) });
    }
    return undefined;
  };
  return (
    <FormPanel title={t('password.change')}>
      <Form early onSubmit={submit} className="grid gap-4">
        <input type="text" name="username" autoComplete="username" value={person.email ?? ''} readOnly hidden />
        <Field
          label={t('password.present')}
          name="present"
          type="password"
          autoComplete="current-password"
          required
          maxLength={128}
        />
        <Field
          label={t('password.next')}
          name="next"
          type="password"
          autoComplete="new-password"
          required
          minLength={PASSWORD_MIN}
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
        {said && <FormNotice tone={said.tone}>{said.words}</FormNotice>}
        <Submit tone="info" size="desk" className="justify-self-start" data-action="change-password">
          {t('password.change')}
        </Submit>
      </Form>
    </FormPanel>
  );
}

/** An event for the list of sessions: the password has changed, so all other sessions are over. */
const CHANGED = 'heard:sessions';

function Sessions({ person }: { person: PersonView }) {
  const t = useTranslations('people');
  const when = useWhen();
  const problem = useProblem();
  const [sessions, setSessions] = useState<SessionView[]>([]);
  const [failure, setFailure] = useState<CallError | null>(null);
  const load = useCallback(() => {
    manage(SessionList, 'GET', '/sessions').then(
      (answer) => {
        setSessions(answer.sessions);
        setFailure(null);
      },
      (error: unknown) => setFailure(asCallError(error)),
    );
  }, []);
  useEffect(() => {
    load();
    addEventListener(CHANGED, load);
    return () => removeEventListener(CHANGED, load);
  }, [load]);
  const everywhere = async () => {
    await manage(null, 'DELETE', '/sessions').catch(() => {});
    await forgetPerson(person);
    location.replace('/sign-in');
  };
  return (
    <FormPanel
      title={t('account.sessions')}
      aside={
        <Button size="desk" tone="outline" data-action="sign-out-everywhere" onClick={() => void everywhere()}>
          {t('account.everywhere')}
        </Button>
      }
    >
      <FormNotice>{failure && problem(failure)}</FormNotice>
      <ul className="grid divide-y divide-line">
        {sessions.map((session) => (
          <li
            key={session.id}
            data-session={session.here ? 'here' : 'other'}
            className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5"
          >
            <span className="min-w-0 flex-1 truncate text-[0.9375rem] font-semibold" title={session.agent}>
              {browserOf(session.agent)}
              {session.here && <span className="font-normal text-info"> · {t('account.here')}</span>}
            </span>
            <span className="text-[0.875rem] text-muted">
              {t('account.since', { time: when(session.createdAt) })},{' '}
              {t('account.seen', { time: when(session.lastSeenAt) })}
            </span>
            {!session.here && (
              <Button
                size="desk"
                tone="outline"
                data-action="end-session"
                onClick={() => void manage(null, 'DELETE', `/sessions/${session.id}`).finally(load)}
              >
                {t('account.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </FormPanel>
  );
}

/** Enough to recognise one's own browser. */
function browserOf(agent: string): string {
  const browser =
    ['Edg', 'OPR', 'Firefox', 'Chrome', 'Safari'].find((name) => agent.includes(`${name}/`)) ??
    agent.split(' ', 1)[0] ??
    '';
  const system = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS X', 'Linux'].find((name) => agent.includes(name));
  return [{ Edg: 'Edge', OPR: 'Opera' }[browser] ?? browser, system].filter(Boolean).join(' · ') || '?';
}

'use client';
// Adding somebody who works on paired screens, and inviting a manager.
import { useState, type FormEvent } from 'react';
import { useTranslations } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Choice, Field, Notice, Panel } from './form.tsx';
import { LinkOnce, type MadeLink } from './link-once.tsx';
import { manage } from './manage-call.ts';
import { roles } from './person-row.tsx';
import { useProblem } from './use-problem.ts';

interface FormProps { at: string; onDone: () => Promise<void> }

export function AddPerson({ at, onDone }: FormProps) {
  const t = useTranslations('people');
  const problem = useProblem();
  const [said, say] = useState<string | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    try {
      await manage('POST', `${at}/people`, { name: given.get('name'), role: given.get('role'), pin: given.get('pin') || null });
      form.reset();
      say(null);
      await onDone();
    } catch (error) { say(problem(error)); }
  };
  return (
    <Panel title={t('people.add')}>
      <form onSubmit={(event) => void submit(event)} className="grid gap-4" data-form="add-person">
        <Field label={t('people.name')} name="name" required maxLength={80} />
        <div className="grid grid-cols-2 gap-4">
          <Choice label={t('people.role')} name="role" defaultValue="chef" options={roles.map((role) => ({ value: role, name: t(`people.roles.${role}`) }))} />
          <Field label={t('people.pin')} name="pin" inputMode="numeric" pattern="\d{4,8}" maxLength={8} placeholder={t('people.pinOptional')} hint={t('people.pinHint')} />
        </div>
        <Notice>{said}</Notice>
        <Button type="submit" tone="info" size="desk" className="justify-self-start" data-action="add-person">{t('people.save')}</Button>
      </form>
    </Panel>
  );
}

export function Invite({ at, onDone }: FormProps) {
  const t = useTranslations('people');
  const problem = useProblem();
  const [said, say] = useState<string | null>(null);
  const [link, setLink] = useState<MadeLink | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    try {
      setLink(await manage<MadeLink>('POST', `${at}/invitations`, { email: new FormData(form).get('email'), role: 'manager' }));
      form.reset();
      say(null);
      await onDone();
    } catch (error) { say(problem(error)); }
  };
  return (
    <Panel title={t('people.invite')}>
      <p className="text-[15px] leading-6 text-muted">{t('people.inviteLead')}</p>
      <form onSubmit={(event) => void submit(event)} className="grid gap-4" data-form="invite">
        <Field label={t('people.inviteEmail')} name="email" type="email" required maxLength={254} />
        <Notice>{said}</Notice>
        <Button type="submit" tone="info" size="desk" className="justify-self-start" data-action="invite">{t('people.inviteSubmit')}</Button>
      </form>
      {link && <LinkOnce link={link} />}
    </Panel>
  );
}

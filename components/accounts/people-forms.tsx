'use client';
// Two forms: adding a person for paired screens, and inviting a manager.
import { useState } from 'react';
import { PersonRole } from '../../server/protocol/domain.ts';
import { MadeLink } from '../../server/protocol/invitations.ts';
import { useTranslations } from '../i18n/index.ts';
import { Form, Submit } from '../ui/form.tsx';
import { FormChoice, Field, FormNotice, FormPanel } from './form.tsx';
import { LinkOnce } from './link-once.tsx';
import { manage } from './manage-call.ts';
import { useAttempt } from './use-attempt.ts';

interface FormProps {
  at: string;
  onDone: () => Promise<void>;
}

export function AddPerson({ at, onDone }: FormProps) {
  const t = useTranslations('people');
  const { said, attempt } = useAttempt();
  const submit = (given: FormData, form: HTMLFormElement) =>
    attempt(async () => {
      await manage(null, 'POST', `${at}/people`, {
        name: given.get('name'),
        role: given.get('role'),
        pin: given.get('pin') || null,
      });
      form.reset();
      await onDone();
    });
  return (
    <FormPanel title={t('people.add')}>
      <Form onSubmit={submit} className="grid gap-4" data-form="add-person">
        <Field label={t('people.name')} name="name" required maxLength={80} />
        <div className="grid grid-cols-2 gap-4">
          <FormChoice
            label={t('people.role')}
            name="role"
            defaultValue="chef"
            options={PersonRole.options.map((role) => ({ value: role, name: t(`people.roles.${role}`) }))}
          />
          <Field
            label={t('people.pin')}
            name="pin"
            inputMode="numeric"
            pattern="\d{4,8}"
            maxLength={8}
            placeholder={t('people.pinOptional')}
            hint={t('people.pinHint')}
          />
        </div>
        <FormNotice>{said}</FormNotice>
        <Submit tone="info" size="desk" className="justify-self-start" data-action="add-person">
          {t('people.save')}
        </Submit>
      </Form>
    </FormPanel>
  );
}

export function Invite({ at, onDone }: FormProps) {
  const t = useTranslations('people');
  const { said, attempt } = useAttempt();
  const [link, setLink] = useState<MadeLink | null>(null);
  const submit = (given: FormData, form: HTMLFormElement) =>
    attempt(async () => {
      setLink(await manage(MadeLink, 'POST', `${at}/invitations`, { email: given.get('email'), role: 'manager' }));
      form.reset();
      await onDone();
    });
  return (
    <FormPanel title={t('people.invite')}>
      <p className="text-[0.9375rem] leading-6 text-muted">{t('people.inviteLead')}</p>
      <Form onSubmit={submit} className="grid gap-4" data-form="invite">
        <Field label={t('people.inviteEmail')} name="email" type="email" required maxLength={254} />
        <FormNotice>{said}</FormNotice>
        <Submit tone="info" size="desk" className="justify-self-start" data-action="invite">
          {t('people.inviteSubmit')}
        </Submit>
      </Form>
      {link && <LinkOnce link={link} />}
    </FormPanel>
  );
}

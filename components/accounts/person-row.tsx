'use client';
// One person of the list: role, PIN, link for a new password, and removal.
import { useState } from 'react';
import { PersonRole } from '../../server/protocol/domain.ts';
import { MadeLink } from '../../server/protocol/invitations.ts';
import type { PersonView, TeamMember } from '../../server/protocol/people.ts';
import { useTranslations } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Form, Submit } from '../ui/form.tsx';
import { Field } from './form.tsx';
import { LinkOnce } from './link-once.tsx';
import { manage } from './manage-call.ts';

interface RowProps {
  one: TeamMember;
  me: PersonView;
  at: string;
  restaurant: string;
  run: (work: () => Promise<unknown>) => Promise<void>;
}

export function PersonRow({ one, me, at, restaurant, run }: RowProps) {
  const t = useTranslations('people');
  const [open, setOpen] = useState<'pin' | 'remove' | null>(null);
  const [link, setLink] = useState<MadeLink | null>(null);
  const path = `${at}/people/${one.id}`;
  const mine = one.id === me.id;
  const act = (work: () => Promise<unknown>) =>
    run(work).then(
      () => setOpen(null),
      () => {},
    );
  const setPin = (pin: FormDataEntryValue | null) => act(() => manage(null, 'PUT', `${path}/pin`, { pin }));
  return (
    <li data-person={one.name} className="grid grid-cols-[minmax(0,1fr)] gap-3 py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-40 flex-1">
          <p className="text-[1rem] [overflow-wrap:anywhere] font-bold">
            {one.name}
            {mine && <span className="font-normal text-info"> · {t('people.you')}</span>}
          </p>
          <p className="text-[0.875rem] [overflow-wrap:anywhere] text-muted">
            {[
              one.hasAccount && (one.email ?? t('people.hasAccount')),
              one.operator && t('people.operator'),
              one.hasPin ? t('people.hasPin') : t('people.noPin'),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
        <label className="grid">
          <span className="sr-only">{t('people.role')}</span>
          <select
            value={one.role}
            disabled={mine && !me.operator}
            onChange={(event) => void act(() => manage(null, 'PUT', path, { role: event.target.value }))}
            className="min-h-10 rounded-lg border border-line bg-panel px-2 text-[0.9375rem]"
          >
            {PersonRole.options.map((role) => (
              <option key={role} value={role}>
                {t(`people.roles.${role}`)}
              </option>
            ))}
          </select>
        </label>
        <div className="flex flex-wrap gap-2">
          <Button
            size="desk"
            tone="outline"
            data-action="set-pin"
            onClick={() => setOpen(open === 'pin' ? null : 'pin')}
          >
            {t('people.setPin')}
          </Button>
          {one.hasAccount && (
            <Button
              size="desk"
              tone="outline"
              data-action="password-link"
              onClick={() => void act(async () => setLink(await manage(MadeLink, 'POST', `${path}/password-link`)))}
            >
              {t('people.passwordLink')}
            </Button>
          )}
          {!mine && (
            <Button size="desk" tone="outline" data-action="remove" onClick={() => setOpen('remove')}>
              {t('people.remove')}
            </Button>
          )}
        </div>
      </div>
      {open === 'pin' && (
        <Form onSubmit={(given) => setPin(given.get('pin'))} className="flex flex-wrap items-end gap-3">
          <Field
            label={t('people.newPin')}
            name="pin"
            inputMode="numeric"
            pattern="\d{4,8}"
            minLength={4}
            maxLength={8}
            required
            hint={t('people.pinHint')}
            className="w-56"
          />
          <Submit size="desk" tone="info" className="mb-6" data-action="save-pin">
            {t('people.setPin')}
          </Submit>
          {one.hasPin && (
            <Button size="desk" tone="outline" className="mb-6" onClick={() => void setPin(null)}>
              {t('people.removePin')}
            </Button>
          )}
        </Form>
      )}
      {open === 'remove' && (
        <div role="group" className="flex flex-wrap items-center gap-3 rounded-lg bg-late-soft px-3 py-2">
          <p className="flex-[1_1_16rem] text-[0.9375rem]">{t('people.removeAsk', { name: one.name, restaurant })}</p>
          <Button
            size="desk"
            tone="late"
            data-action="remove-now"
            onClick={() => void act(() => manage(null, 'DELETE', path))}
          >
            {t('people.remove')}
          </Button>
          <Button size="desk" tone="outline" onClick={() => setOpen(null)}>
            {t('people.cancel')}
          </Button>
        </div>
      )}
      {link && <LinkOnce link={link} />}
    </li>
  );
}

'use client';
// The people of a restaurant, their PINs and links, and the open invitations.
import { useCallback, useEffect, useState } from 'react';
import { InvitationList, type OpenInvitation } from '../../server/protocol/invitations.ts';
import { TeamList, type PersonView, type TeamMember } from '../../server/protocol/people.ts';
import { useTranslations } from '../i18n/index.ts';
import { FormNotice, FormPanel } from './form.tsx';
import { manage } from './manage-call.ts';
import { AddPerson, Invite } from './people-forms.tsx';
import { PersonRow } from './person-row.tsx';
import { useChanges } from './use-attempt.ts';
import { useWhen } from './use-when.ts';

export function PeopleScreen({ person, restaurant }: { person: PersonView; restaurant: { id: string; name: string } }) {
  const t = useTranslations('people');
  const when = useWhen();
  const at = `/restaurants/${encodeURIComponent(restaurant.id)}`;
  const [people, setPeople] = useState<TeamMember[] | null>(null);
  const [invitations, setInvitations] = useState<OpenInvitation[]>([]);
  const load = useCallback(async () => {
    const [list, open] = await Promise.all([
      manage(TeamList, 'GET', `${at}/people`),
      manage(InvitationList, 'GET', `${at}/invitations`),
    ]);
    setPeople(list.people);
    setInvitations(open.invitations);
  }, [at]);
  const { said, reload, run } = useChanges(load);
  useEffect(() => {
    void reload();
    // The words of a failure depend on the language, which does not change while the page is open.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [load]);
  return (
    <main data-page="people" className="grid w-full max-w-6xl grid-cols-1 content-start gap-4 p-4 md:gap-5 md:p-6">
      <div className="grid gap-1">
        <h2 className="text-[1.375rem] font-bold">{t('people.title')}</h2>
        <p className="max-w-2xl text-[0.9375rem] leading-6 text-muted">{t('people.lead')}</p>
      </div>
      <FormNotice>{said}</FormNotice>
      <FormPanel>
        {people?.length === 0 && <p className="text-muted">{t('people.empty')}</p>}
        <ul className="grid divide-y divide-line *:first:pt-0 *:last:pb-0" aria-label={t('people.title')}>
          {people?.map((one) => (
            <PersonRow key={one.id} one={one} me={person} at={at} restaurant={restaurant.name} run={run} />
          ))}
        </ul>
      </FormPanel>
      <div className="grid grid-cols-1 items-start gap-6 md:grid-cols-2">
        <AddPerson at={at} onDone={reload} />
        <Invite at={at} onDone={reload} />
      </div>
      {invitations.length > 0 && (
        <FormPanel title={t('people.invitations')}>
          <ul className="grid divide-y divide-line">
            {invitations.map(({ id, name, email, role, expiresAt }) => (
              <li key={id} className="flex flex-wrap items-center gap-4 py-2.5 text-[0.9375rem]">
                <span className="min-w-40 flex-1 font-semibold [overflow-wrap:anywhere]">
                  {email ?? name ?? '–'}{' '}
                  <span className="font-normal text-muted">{role && t(`people.roles.${role}`)}</span>
                </span>
                <span className="text-muted">{t('people.until', { time: when(expiresAt) })}</span>
                <button
                  type="button"
                  data-action="withdraw"
                  className="min-h-10 rounded-lg border border-line px-3 font-semibold"
                  onClick={() => void run(() => manage(null, 'DELETE', `${at}/invitations/${id}`)).catch(() => {})}
                >
                  {t('people.withdraw')}
                </button>
              </li>
            ))}
          </ul>
        </FormPanel>
      )}
    </main>
  );
}

// The frame of all managers' pages. The table of permissions has decided before that this person may open the page.
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { Texts } from '../../components/i18n/server.tsx';
import { readScreen } from '../../components/live/connection/screen-identity.ts';
import { ManagerFrame } from '../../components/manager/manager-frame.tsx';
import { readPerson } from '../../components/accounts/person-header.ts';

export default async function ManagerLayout({ children }: { children: ReactNode }) {
  const asked = await headers();
  const screen = readScreen(asked);
  if (screen?.role !== 'manager') redirect('/not-paired');
  const restaurants = (readPerson(asked)?.restaurants ?? [])
    .filter(({ role }) => role === 'manager' || role === 'operator')
    .map(({ id, name }) => ({ id, name }));
  return (
    <Texts areas={['manager', 'find']}>
      <ManagerFrame screen={screen} restaurants={screen.person === null ? [] : restaurants}>
        {children}
      </ManagerFrame>
    </Texts>
  );
}

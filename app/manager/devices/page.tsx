// A manager's page: the devices of the chosen restaurant.
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { readWords, Texts } from '../../../components/i18n/server.tsx';
import { readScreen } from '../../../components/live/connection/screen-identity.ts';
import { DevicesScreen } from '../../../components/devices/devices-screen.tsx';
import { readPerson } from '../../../components/accounts/person-header.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords('people'))('devices.title') };
}

export default async function DevicesPage() {
  const asked = await headers();
  const [person, screen] = [readPerson(asked), readScreen(asked)];
  if (!person || !screen) redirect('/sign-in');
  return (
    <Texts areas={['people']}>
      <DevicesScreen restaurant={screen.restaurant} address={asked.get('host') ?? ''} />
    </Texts>
  );
}

// A manager's page: the people of the chosen restaurant.
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { readWords, Texts } from '../../../components/i18n/server.tsx';
import { readScreen } from '../../../components/live/connection/screen-identity.ts';
import { PeopleScreen } from '../../../components/accounts/people-screen.tsx';
import { readPerson } from '../../../components/accounts/person-header.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords('people'))('people.title') };
}

export default async function PeoplePage() {
  const asked = await headers();
  const [person, screen] = [readPerson(asked), readScreen(asked)];
  if (!person || !screen) redirect('/sign-in');
  return (
    <Texts areas={['people']}>
      <PeopleScreen person={person} restaurant={screen.restaurant} />
    </Texts>
  );
}

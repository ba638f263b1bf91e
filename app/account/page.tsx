// A person's own account.
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { readWords, Texts } from '../../components/i18n/server.tsx';
import { AccountScreen } from '../../components/accounts/account-screen.tsx';
import { readPerson } from '../../components/accounts/person-header.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords('people'))('account.title') };
}

export default async function AccountPage() {
  const person = readPerson(await headers());
  if (!person) redirect('/sign-in');
  return (
    <Texts areas={['people']}>
      <AccountScreen person={person} />
    </Texts>
  );
}

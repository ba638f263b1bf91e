// The form for a link to a new password.
import type { Metadata } from 'next';
import { readWords, Texts } from '../../components/i18n/server.tsx';
import { DeskPage } from '../../components/accounts/desk-page.tsx';
import { ForgottenForm } from '../../components/accounts/forgotten-form.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords('people'))('forgotten.title') };
}

export default function ForgottenPage() {
  return (
    <Texts areas={['people']}>
      <DeskPage>
        <ForgottenForm />
      </DeskPage>
    </Texts>
  );
}

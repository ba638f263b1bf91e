// The page of a mailed link, which makes an account or lets its person choose a new password.
import type { Metadata } from 'next';
import { readWords, Texts } from '../../components/i18n/server.tsx';
import { DeskPage } from '../../components/accounts/desk-page.tsx';
import { InviteForm } from '../../components/accounts/invite-form.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords('people'))('invite.new') };
}

export default function InvitePage() {
  return (
    <Texts areas={['people']}>
      <DeskPage>
        <InviteForm />
      </DeskPage>
    </Texts>
  );
}

// Where a link leads that makes an account, or lets its person choose a new password.
import type { Metadata } from 'next';
import { readWords, Texts } from '../../components/i18n/server.tsx';
import { DeskPage } from '../../components/people/desk-page.tsx';
import { InviteForm } from '../../components/people/invite-form.tsx';

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

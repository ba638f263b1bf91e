// A guest's view of their order, behind a link that nobody can guess. The link is all that a guest needs: there is no
// device and no sign-in.
import type { Metadata } from 'next';
import { GuestScreen } from '../../../components/guest/guest-screen.tsx';
import { readWords, Texts } from '../../../components/i18n/server.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords('guest'))('title'), robots: { index: false, follow: false } };
}

export default async function GuestPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  return (
    <Texts areas={['guest']}>
      <GuestScreen token={decodeURIComponent(token)} />
    </Texts>
  );
}

// The kitchen's screen. Which station it shows is decided by the device that it is paired as, never by the address.
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { KitchenScreen } from '../../../components/board/kitchen-screen.tsx';
import { readWords, Texts } from '../../../components/i18n/server.tsx';
import { readScreen } from '../../../components/live/screen-identity.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: readScreen(await headers())?.station?.name ?? (await readWords('common'))('roles.kitchen') };
}

export default async function KitchenPage() {
  const screen = readScreen(await headers());
  if (!screen) redirect('/not-paired');
  return (
    <Texts areas={['board', 'find', 'staff']}>
      <KitchenScreen screen={screen} />
    </Texts>
  );
}

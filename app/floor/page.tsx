// The floor screen of the requesting device. A browser that is not paired as one is sent to instructions.
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { readWords, Texts } from '../../components/i18n/server.tsx';
import { readScreen } from '../../components/live/connection/screen-identity.ts';
import { FloorScreen } from '../../components/floor/floor-screen.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords('common'))('roles.floor') };
}

export default async function FloorPage() {
  const screen = readScreen(await headers());
  if (screen?.role !== 'floor') redirect('/not-paired');
  return (
    <Texts areas={['floor', 'find', 'keys', 'soldOut', 'staff']}>
      <FloorScreen screen={screen} />
    </Texts>
  );
}

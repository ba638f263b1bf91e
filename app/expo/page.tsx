// The expo screen of the requesting device. A browser that is not paired as one is sent to instructions.
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { readWords, Texts } from '../../components/i18n/server.tsx';
import { readScreen } from '../../components/live/connection/screen-identity.ts';
import { ExpoScreen } from '../../components/expo/expo-screen.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords('common'))('roles.expo') };
}

export default async function ExpoPage() {
  const screen = readScreen(await headers());
  if (screen?.role !== 'expo') redirect('/not-paired');
  return (
    <Texts areas={['expo', 'board', 'floor', 'find', 'keys', 'soldOut', 'staff']}>
      <ExpoScreen screen={screen} />
    </Texts>
  );
}

// The expo screen of the device that asks; a browser that is not paired as one is told what to do.
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { readScreen } from '../../components/live/screen-identity.ts';
import { ExpoScreen } from '../../components/expo/expo-screen.tsx';

export const metadata: Metadata = { title: 'Expo' };

export default async function ExpoPage() {
  const screen = readScreen(await headers());
  if (screen?.role !== 'expo') redirect('/not-paired');
  return <ExpoScreen screen={screen} />;
}

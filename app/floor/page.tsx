// The floor screen of the device that asks; a browser that is not paired as one is told what to do.
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { readScreen } from '../../components/live/screen-identity.ts';
import { FloorScreen } from '../../components/floor/floor-screen.tsx';

export const metadata: Metadata = { title: 'Floor' };

export default async function FloorPage() {
  const screen = readScreen(await headers());
  if (screen?.role !== 'floor') redirect('/not-paired');
  return <FloorScreen screen={screen} />;
}

// The manager screen of the device that asks; a browser that is not paired as one is told what to do.
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { readScreen } from '../../components/live/screen-identity.ts';
import { ManagerScreen } from '../../components/manager/manager-screen.tsx';

export const metadata: Metadata = { title: 'Manager' };

export default async function ManagerPage() {
  const screen = readScreen(await headers());
  if (screen?.role !== 'manager') redirect('/not-paired');
  return <ManagerScreen screen={screen} />;
}

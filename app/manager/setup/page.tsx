// A manager's page: the restaurant's set-up.
import type { Metadata } from 'next';
import { readWords } from '../../../components/i18n/server.tsx';
import { SetupScreen } from '../../../components/manager/setup-screen.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords('manager'))('nav.setup') };
}

export default function Page() {
  return <SetupScreen />;
}

// A manager's page: the changes, each with its person and time.
import type { Metadata } from 'next';
import { readWords } from '../../../components/i18n/server.tsx';
import { ChangesScreen } from '../../../components/manager/changes-screen.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords('manager'))('nav.changes') };
}

export default function Page() {
  return <ChangesScreen />;
}

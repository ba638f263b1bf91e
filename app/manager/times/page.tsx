// A manager's page: the times of dishes and tickets.
import type { Metadata } from 'next';
import { readWords } from '../../../components/i18n/server.tsx';
import { TimesScreen } from '../../../components/manager/times-screen.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords('manager'))('nav.times') };
}

export default function Page() {
  return <TimesScreen />;
}

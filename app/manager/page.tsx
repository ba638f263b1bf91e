// The manager's first page: the state of the restaurant now.
import type { Metadata } from 'next';
import { readWords } from '../../components/i18n/server.tsx';
import { NowScreen } from '../../components/manager/now-screen.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords('common'))('roles.manager') };
}

export default function ManagerPage() {
  return <NowScreen />;
}

// A manager's page: a search for an order by its number or id.
import type { Metadata } from 'next';
import { readWords } from '../../../components/i18n/server.tsx';
import { OrdersScreen } from '../../../components/manager/orders-screen.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords('manager'))('nav.orders') };
}

export default function Page() {
  return <OrdersScreen />;
}

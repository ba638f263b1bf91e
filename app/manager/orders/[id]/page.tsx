// A manager's page: the whole story of one order.
import type { Metadata } from 'next';
import { readWords } from '../../../../components/i18n/server.tsx';
import { StoryScreen } from '../../../../components/manager/story-screen.tsx';

interface Props {
  params: Promise<{ id: string }>;
}

/** Next.js hands it on still percent-encoded. */
const idOf = async ({ params }: Props): Promise<string> => {
  const { id } = await params;
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords('manager'))('nav.orders') };
}

export default async function OrderPage(props: Props) {
  return <StoryScreen orderId={await idOf(props)} />;
}

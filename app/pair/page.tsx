// Pairs a tablet by the code that a manager sees.
import type { Metadata } from 'next';
import { PageFrame } from '../../components/front/page-frame.tsx';
import { readWords, Texts } from '../../components/i18n/server.tsx';
import { PairForm } from '../../components/devices/pair-form.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords('people'))('pair.title') };
}

export default function PairPage() {
  return (
    <Texts areas={['people']}>
      <PageFrame>
        <PairForm />
      </PageFrame>
    </Texts>
  );
}

// Instructions for a browser that is not a paired device, and for a pairing link that does not work any more.
import { Link2Off } from 'lucide';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { MessagePage, ToScreens } from '../../components/front/page-frame.tsx';
import { readWords } from '../../components/i18n/server.tsx';
import { Icon } from '../../components/ui/icon.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords('front'))('notPaired.page') };
}

const reasons = ['expired', 'used', 'revoked'] as const;

export default async function NotPairedPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [{ why }, t] = await Promise.all([searchParams, readWords('front')]);
  const reason = reasons.find((one) => one === why);
  return (
    <MessagePage
      icon={<Icon of={Link2Off} className="size-16 text-warn" />}
      title={reason ? t(`notPaired.${reason}.title`) : t('notPaired.title')}
    >
      <p>{reason ? t(`notPaired.${reason}.text`) : t('notPaired.text')}</p>
      <p>{t.rich('notPaired.ask', { b: strong })}</p>
      <ToScreens>{t('screens')}</ToScreens>
    </MessagePage>
  );
}

const strong = (chunks: ReactNode) => <strong className="text-text">{chunks}</strong>;

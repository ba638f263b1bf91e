// An address that leads nowhere.
import { Compass } from 'lucide-react';
import { Message, ToScreens } from '../components/front/page-frame.tsx';
import { readWords } from '../components/i18n/server.tsx';

export default async function NotFound() {
  const t = await readWords('front');
  return (
    <Message icon={<Compass aria-hidden className="size-16 text-info" />} title={t('notFound.title')}>
      <p>{t('notFound.text')}</p>
      <ToScreens>{t('screens')}</ToScreens>
    </Message>
  );
}

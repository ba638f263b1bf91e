// The page for an unknown address.
import { Compass } from 'lucide';
import { MessagePage, ToScreens } from '../components/front/page-frame.tsx';
import { readWords } from '../components/i18n/server.tsx';
import { Icon } from '../components/ui/icon.tsx';

export default async function NotFound() {
  const t = await readWords('front');
  return (
    <MessagePage icon={<Icon of={Compass} className="size-16 text-info" />} title={t('notFound.title')}>
      <p>{t('notFound.text')}</p>
      <ToScreens>{t('screens')}</ToScreens>
    </MessagePage>
  );
}

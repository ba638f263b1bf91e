// A restaurant that nobody set up yet works, but with one station only. Its manager is told so.
import { Store } from 'lucide';
import { useTranslations } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';

export function DiscoveredNotice() {
  const t = useTranslations('manager');
  return (
    <p
      role="note"
      className="flex items-center gap-3 rounded-2xl border border-warn-fill bg-warn-soft px-4 py-3 text-[1rem] font-semibold text-warn"
    >
      <Icon of={Store} className="size-5 shrink-0" strokeWidth={2.5} />
      {t('discovered')}
    </p>
  );
}

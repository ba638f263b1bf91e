'use client';
// Stands in place of an answer: it is loading, or there was none.
import { useTranslations } from '../i18n/index.ts';
import type { Asked } from './use-insight.ts';

export function NotAnswered({
  failed,
  missing,
}: {
  failed: Asked<unknown>['failed'];
  /** The words where there is nothing of the kind. */
  missing?: string;
}) {
  const t = useTranslations('manager');
  if (failed === 'missing' && missing !== undefined)
    return (
      <p role="status" className="text-[1.125rem] font-semibold">
        {missing}
      </p>
    );
  return (
    <p role="status" className={`text-[1rem] ${failed === null ? 'text-muted' : 'font-semibold text-warn'}`}>
      {failed === null ? t('loading') : t('notAnswered')}
    </p>
  );
}

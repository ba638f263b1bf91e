'use client';
// The latest changes of the set-up, beside it, with a link to all changes.
import Link from 'next/link';
import { ChangePage } from '../../server/protocol/changes.ts';
import { useTranslations } from '../i18n/index.ts';
import { ChangeList, changesPath } from './change-list.tsx';
import { useManagerLink } from './manager-frame.tsx';
import { Panel } from './panel.tsx';
import { useInsight } from './use-insight.ts';

/** @param version of the set-up; a new one means that there is a new change */
export function SetupChanges({ version }: { version: string }) {
  const t = useTranslations('manager');
  const link = useManagerLink();
  const path = changesPath({ kind: 'setup', at: version });
  const asked = useInsight(ChangePage, path);
  const all = (
    <Link
      href={link('/manager/changes')}
      className="inline-flex min-h-10 items-center font-semibold text-info underline underline-offset-4"
    >
      {t('changes.seeAll')}
    </Link>
  );
  return (
    <Panel title={t('setup.audit')} actions={all}>
      <ChangeList path={path} asked={asked} />
    </Panel>
  );
}

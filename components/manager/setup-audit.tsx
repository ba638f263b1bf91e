'use client';
// Who changed what, and when: of the set-up, devices and people of this restaurant.
import { useState } from 'react';
import type { AuditEntry, AuditPage, SetupChange } from '../../server/protocol/setup.ts';
import { useTimes, useTranslations, type Words } from '../i18n/index.ts';
import { useScreen } from '../live/index.ts';
import { manage } from '../people/manage-call.ts';
import { Button } from '../ui/index.ts';
import { NotAnswered } from './not-answered.tsx';
import { Panel } from './panel.tsx';
import { useInsight } from './use-insight.ts';

export function changeWords(t: Words<'manager'>, { what, station = '', from, to }: SetupChange): string {
  const none = t('setup.change.none');
  return t(`setup.change.${what}`, { station, from: from || none, to: to || none });
}

/** @param version changes with each change of the set-up: then there is something new */
export function SetupAudit({ path, version }: { path: string; version: string }) {
  const t = useTranslations('manager.setup');
  const { data, failed } = useInsight<AuditPage>(`audit?limit=20&at=${version}`);
  const [older, setOlder] = useState<{ of: AuditPage; pages: AuditPage[] } | null>(null);
  const pages = data === null ? [] : [data, ...(older?.of === data ? older.pages : [])];
  const cursor = pages.at(-1)?.nextCursor ?? null;
  const entries = pages.flatMap((page) => page.entries);
  return (
    <Panel title={t('audit')}>
      {data === null && <div className="p-4"><NotAnswered failed={failed} /></div>}
      {data !== null && entries.length === 0 && <p className="px-4 py-3 text-muted">{t('auditNone')}</p>}
      <ul data-audit={entries.length} className="divide-y divide-line">
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ul>
      {cursor !== null && data !== null && (
        <div className="border-t border-line p-3">
          <Button size="desk" tone="outline" data-action="older" onClick={() => void manage<AuditPage>('GET', `${path}/audit?limit=20&cursor=${cursor}`).then((page) => setOlder({ of: data, pages: [...pages.slice(1), page] })).catch(() => {})}>
            {t('older')}
          </Button>
        </div>
      )}
    </Panel>
  );
}

function Entry({ entry: { at, actor, action, subject, detail } }: { entry: AuditEntry }) {
  const t = useTranslations('manager');
  const times = useTimes();
  const { timeZone } = useScreen().restaurant;
  const when = Date.parse(at);
  const { changes } = detail;
  return (
    <li data-action-done={action} className="px-4 py-2.5">
      <p className="text-[0.875rem] font-semibold text-muted tabular-nums">{t('setup.by', { actor, date: times.date(when, timeZone), time: times.time(when, timeZone) })}</p>
      {changes === undefined && <p>{t('setup.change.other', { action, subject })}</p>}
      {changes?.length === 0 && <p>{t('setup.change.nothing')}</p>}
      {changes?.map((change, i) => (
        <p key={`${change.what} ${change.station ?? ''} ${i}`} className="break-words">
          {changeWords(t, change)}
        </p>
      ))}
    </li>
  );
}

'use client';
// The changes that people made, newest first, page by page.
import Link from 'next/link';
import { useState } from 'react';
import { ChangePage, type ChangeEntry, type ChangeKind } from '../../server/protocol/changes.ts';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { useScreen } from '../live/index.ts';
import { manage } from '../accounts/manage-call.ts';
import { Button } from '../ui/index.ts';
import { changerWords, changeLines } from './change-words.ts';
import { useManagerLink } from './manager-frame.tsx';
import { NotAnswered } from './not-answered.tsx';
import type { Asked } from './use-insight.ts';

const PAGE = 30;

/** The question that a {@link ChangeList} shows the answer to. @param at a new value asks again */
export function changesPath({ kind, by, at }: { kind: ChangeKind | 'all'; by?: string; at?: string }): string {
  const query = new URLSearchParams({
    limit: `${PAGE}`,
    ...(kind !== 'all' && { kind }),
    ...(by && { by }),
    ...(at && { at }),
  });
  return `changes?${query}`;
}

/** @param path the question that `data` answers */
export function ChangeList({
  path,
  asked: { data, failed },
}: {
  path: string;
  asked: Pick<Asked<ChangePage>, 'data' | 'failed'>;
}) {
  const t = useTranslations('manager');
  const { restaurant } = useScreen();
  const [older, setOlder] = useState<{ of: ChangePage; pages: ChangePage[] } | null>(null);
  const pages = data === null ? [] : [data, ...(older?.of === data ? older.pages : [])];
  const cursor = pages.at(-1)?.nextCursor ?? null;
  const entries = pages.flatMap((page) => page.entries);
  if (data === null)
    return (
      <div className="p-4">
        <NotAnswered failed={failed} />
      </div>
    );
  const more = async () => {
    const page = await manage(
      ChangePage,
      'GET',
      `/restaurants/${encodeURIComponent(restaurant.id)}/${path}&cursor=${cursor}`,
    ).catch(() => null);
    if (page !== null) setOlder({ of: data, pages: [...pages.slice(1), page] });
  };
  return (
    <>
      {entries.length === 0 && <p className="px-4 py-3 text-muted">{t('changes.none')}</p>}
      <ul data-changes={entries.length} className="divide-y divide-line">
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ul>
      {cursor !== null && (
        <div className="border-t border-line p-3">
          <Button size="desk" tone="outline" data-action="older" onClick={() => void more()}>
            {t('changes.older')}
          </Button>
        </div>
      )}
    </>
  );
}

function Entry({ entry }: { entry: ChangeEntry }) {
  const t = useTranslations('manager');
  const times = useTimes();
  const link = useManagerLink();
  const { timeZone } = useScreen().restaurant;
  const at = Date.parse(entry.at);
  const { orderId, late } = entry.detail;
  const clock = (moment: string) =>
    `${times.date(Date.parse(moment), timeZone)} ${times.time(Date.parse(moment), timeZone)}`;
  return (
    <li data-change={entry.action} className="px-4 py-2.5">
      {changeLines(t, entry, clock).map((line, i) => (
        // Two changes of one kind may read alike.
        <p key={`${i} ${line}`} className="font-semibold break-words first-letter:uppercase">
          {line}
        </p>
      ))}
      {late && <p className="font-semibold text-late">{t('changes.late')}</p>}
      <p className="flex flex-wrap gap-x-3 text-[0.9375rem] break-words text-muted tabular-nums">
        <span>{changerWords(t, entry)}</span>
        <time dateTime={entry.at}>
          {times.date(at, timeZone)} {times.time(at, timeZone)}
        </time>
        {orderId !== undefined && (
          <Link
            href={link(`/manager/orders/${encodeURIComponent(orderId)}`)}
            className="font-semibold text-info underline underline-offset-4"
          >
            {t('delayed.story')}
          </Link>
        )}
      </p>
    </li>
  );
}

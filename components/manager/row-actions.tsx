'use client';
// A manager's actions on a delayed order, the most helpful first.
import { useState } from 'react';
import { useTranslations } from '../i18n/index.ts';
import { useSend } from '../live/index.ts';
import { Button } from '../ui/index.ts';
import type { LateRow } from './now-figures.ts';

/** For this long, in ms, a retry cannot be asked for again. */
const ASKED_MS = 3000;

export function RowActions({
  row: { id, order, parked, late },
  onNote,
}: {
  row: LateRow;
  onNote: (orderId: string) => void;
}) {
  const t = useTranslations('manager.delayed');
  const send = useSend();
  const [asked, setAsked] = useState(false);
  if (id === 'unread') return null;
  const tryNow = () => {
    setAsked(true);
    setTimeout(() => setAsked(false), ASKED_MS);
    void send({ kind: 'retry-parked', orderId: id });
  };
  return (
    <div className="flex flex-wrap gap-2 @min-[44rem]:min-w-36 @min-[44rem]:flex-col @min-[44rem]:items-stretch">
      {parked !== null && (
        <Button size="desk" tone="info" data-action="retry-parked" disabled={asked} onClick={tryNow}>
          {asked ? t('asked') : t('tryNow')}
        </Button>
      )}
      {late.why.kind === 'held' && (
        <Button size="desk" tone="info" data-action="fire" onClick={() => void send({ kind: 'fire', orderId: id })}>
          {t('fire')}
        </Button>
      )}
      {order !== null && (
        <Button size="desk" tone="outline" data-action="note-delay" onClick={() => onNote(id)}>
          {order.delayNote === null ? t('acknowledge') : t('change')}
        </Button>
      )}
    </div>
  );
}

'use client';
// The one sentence before all numbers: whether anything is late, the worst of it, and the one thing to do.
import type { Health } from '../../server/protocol/views.ts';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { useLink, useScreen } from '../live/index.ts';
import { lateWords } from './late-words.ts';
import type { NowFigures } from './now-figures.ts';

export function Headline({ figures, health, now }: { figures: NowFigures; health: Health | null; now: number }) {
  const t = useTranslations('manager');
  const times = useTimes();
  const { timeZone } = useScreen().restaurant;
  const { connection } = useLink();
  const [worst] = figures.rows;
  // Nothing is called well while the pipeline's health is unknown.
  if (connection !== 'live' || health === null) return null;
  if (worst === undefined) {
    return figures.tickets.unconfirmed > 0 ? null : (
      <p data-headline="calm" className="text-[1.125rem] font-semibold text-ready">
        {t('sentence.calm', { open: figures.open })}
      </p>
    );
  }
  const { why, todo } = lateWords(t, worst.late.why, now, {
    clock: (at) => times.time(at, timeZone),
    span: times.span,
  });
  const span = times.span(now - worst.late.since);
  const number = worst.order?.number ?? worst.parked?.number ?? worst.id;
  return (
    <p data-headline="late" className="text-[1.125rem] leading-7 font-semibold break-words">
      {worst.id === 'unread'
        ? t('sentence.unread', { span, why, todo })
        : t('sentence.late', { count: figures.rows.length, number, span, why, todo })}
    </p>
  );
}

'use client';
// A dish's state in a few words. Icon, word and colour each tell it alone. Ready is loud and waiting is quiet, because
// a waiter looks for dishes to carry.
import { Bell, Check, CircleDashed, Flame, Pause, X, type IconNode } from 'lucide';
import type { ReactNode } from 'react';
import type { LineView } from '../../server/protocol/views.ts';
import { useTranslations } from '../i18n/index.ts';
import { useClock } from '../live/index.ts';
import { Icon } from '../ui/icon.tsx';
import { Age, TimeOfDay } from '../ui/index.ts';
import { isLive } from '../order/cards.ts';
import { COLD_MS } from '../order/thresholds.ts';

export function LineChip({ line, station }: { line: LineView; station: string }) {
  const t = useTranslations('floor');
  if (!isLive(line))
    return (
      <Chip icon={X} colours="text-late">
        {t('state.voided')}
      </Chip>
    );
  switch (line.state) {
    case 'ready':
      return <ReadyChip since={line.readyAt} words={t('at', { station })} />;
    case 'cooking':
      return (
        <Chip icon={Flame} colours="bg-info-soft text-info">
          {t('state.cooking')} {line.startedAt !== null && <Age since={line.startedAt} />}
        </Chip>
      );
    case 'served':
      return (
        <Chip icon={Check} colours="text-muted">
          {t('state.served')} {line.servedAt !== null && <TimeOfDay at={line.servedAt} />}
        </Chip>
      );
    case 'held':
      return (
        <Chip icon={Pause} colours="text-muted">
          {line.course === null ? t('state.held') : t('state.heldCourse', { course: line.course })}
        </Chip>
      );
    case 'waiting':
    case 'voided':
      return (
        <Chip icon={CircleDashed} colours="text-muted">
          {t('state.waiting')}
        </Chip>
      );
  }
}

function ReadyChip({ since, words }: { since: string | null; words: ReactNode }) {
  const cold = useClock((now) => since !== null && now - Date.parse(since) > COLD_MS);
  return (
    <Chip icon={Bell} colours={cold ? 'bg-late-soft text-late' : 'bg-ready-soft text-ready'}>
      <span className="min-w-0 whitespace-normal [overflow-wrap:anywhere]">{words}</span>{' '}
      {since !== null && <Age since={since} />}
    </Chip>
  );
}

function Chip({ icon, colours, children }: { icon: IconNode; colours: string; children: ReactNode }) {
  return (
    <span
      className={`inline-flex max-w-full items-center gap-1.5 rounded-lg px-2 py-1 text-[0.9375rem] leading-5 font-bold whitespace-nowrap tabular-nums ${colours}`}
    >
      <Icon of={icon} className="size-4 shrink-0" strokeWidth={2.5} />
      {children}
    </span>
  );
}

'use client';
// A dish's state in a few words: icon, word and colour each say it alone. Ready is loud, waiting is not: a waiter looks for what to carry.
import { Bell, Check, CircleDashed, Flame, Pause, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { LineView } from '../../server/protocol/views.ts';
import { useTranslations } from '../i18n/index.ts';
import { useClock } from '../live/index.ts';
import { Age, TimeOfDay } from '../ui/index.ts';
import { isLive } from './floor-cards.ts';
import { COLD_MS } from './thresholds.ts';

export function LineChip({ line, station }: { line: LineView; station: string }) {
  const t = useTranslations('floor');
  if (!isLive(line)) return <Chip icon={X} look="text-late">{t('state.voided')}</Chip>;
  switch (line.state) {
    case 'ready':
      return <ReadyChip since={line.readyAt} words={t('at', { station })} />;
    case 'cooking':
      return (
        <Chip icon={Flame} look="bg-info-soft text-info">
          {t('state.cooking')} {line.startedAt !== null && <Age since={line.startedAt} />}
        </Chip>
      );
    case 'served':
      return (
        <Chip icon={Check} look="text-muted">
          {t('state.served')} {line.servedAt !== null && <TimeOfDay at={line.servedAt} />}
        </Chip>
      );
    case 'held':
      return <Chip icon={Pause} look="text-muted">{line.course === null ? t('state.held') : t('state.heldCourse', { course: line.course })}</Chip>;
    case 'waiting':
    case 'voided':
      return <Chip icon={CircleDashed} look="text-muted">{t('state.waiting')}</Chip>;
  }
}

function ReadyChip({ since, words }: { since: string | null; words: string }) {
  const cold = useClock((now) => since !== null && now - Date.parse(since) > COLD_MS);
  return (
    <Chip icon={Bell} look={cold ? 'bg-late-soft text-late' : 'bg-ready-soft text-ready'}>
      <span className="min-w-0 whitespace-normal [overflow-wrap:anywhere]">{words}</span> {since !== null && <Age since={since} />}
    </Chip>
  );
}

function Chip({ icon: Icon, look, children }: { icon: typeof Bell; look: string; children: ReactNode }) {
  return (
    <span className={`inline-flex max-w-full items-center gap-1.5 rounded-lg px-2 py-1 text-[0.9375rem] leading-5 font-bold whitespace-nowrap tabular-nums ${look}`}>
      <Icon aria-hidden className="size-4 shrink-0" strokeWidth={2.5} />
      {children}
    </span>
  );
}

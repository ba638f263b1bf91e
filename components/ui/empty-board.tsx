'use client';
// A board without cards. It tells apart "nothing to do" and "nothing can be seen", which must never look alike.
import { Check, EyeOff, LoaderCircle, type IconNode } from 'lucide';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { useConnection, useBoard, useHasBoard, useScreen } from '../live/index.ts';
import { Icon } from './icon.tsx';

/** The prop names the missing things. */
export function EmptyBoard({ what }: { what: 'tickets' | 'orders' | 'ready' | 'delayed' }) {
  const t = useTranslations('common.empty');
  const times = useTimes();
  const { connection, cause, confirmedAgo } = useConnection();
  const hasBoard = useHasBoard();
  const rightAsOf = useBoard((view) => view.rightAsOf);
  const { timeZone } = useScreen().restaurant;
  if (!hasBoard && cause?.kind === 'connecting')
    return <Notice icon={LoaderCircle} colour="text-muted" title={t('opening')} text="" />;
  if (connection === 'live' && hasBoard) {
    return (
      <Notice
        icon={Check}
        colour="text-ready"
        title={t(`${what}.none`)}
        text={t('confirmed', { span: times.span(confirmedAgo ?? 0) })}
      />
    );
  }
  const since = rightAsOf === null ? t('blind') : t('blindSince', { time: times.time(rightAsOf, timeZone) });
  const before = !hasBoard ? t('notReached') : t(rightAsOf === null ? `${what}.unseen` : `${what}.sinceThen`);
  return <Notice icon={EyeOff} colour="text-late" title={since} text={before} />;
}

function Notice({ icon, colour, title, text }: { icon: IconNode; colour: string; title: string; text: string }) {
  return (
    <div className="grid h-full place-content-center justify-items-center gap-2 p-6 text-center">
      <Icon of={icon} className={`size-16 ${colour}`} strokeWidth={2.25} />
      <p className={`text-[34px] leading-tight font-bold ${colour}`}>{title}</p>
      <p className="text-[20px] text-muted tabular-nums">{text}</p>
    </div>
  );
}

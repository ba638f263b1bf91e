'use client';
// A board without cards: whether there is nothing to do, or nothing can be seen. The two must never look alike.
import { Check, EyeOff, LoaderCircle } from 'lucide-react';
import { useConnection, useBoard, useScreen } from '../live/index.ts';
import { formatSpan, formatTime } from './times.ts';

/** `what` is what there is none of: "open tickets". */
export function EmptyBoard({ what }: { what: string }) {
  const { connection, cause, confirmedAgo } = useConnection();
  const held = useBoard((view) => view.rev !== null);
  const rightAsOf = useBoard((view) => view.rightAsOf);
  const { timeZone } = useScreen().restaurant;
  if (!held && cause?.kind === 'connecting') return <Notice icon={LoaderCircle} look="text-muted" title="Opening the board" text="" />;
  if (connection === 'live' && held) {
    return <Notice icon={Check} look="text-ready" title={`No ${what}`} text={`confirmed ${formatSpan(confirmedAgo ?? 0)} ago`} />;
  }
  const since = rightAsOf === null ? 'Blind' : `Blind since ${formatTime(rightAsOf, timeZone)}`;
  const before = !held ? 'The server has not been reached yet.' : rightAsOf === null ? `There may be ${what} that are not shown.` : `There were no ${what} then; there may be some now.`;
  return <Notice icon={EyeOff} look="text-late" title={since} text={before} />;
}

function Notice({ icon: Icon, look, title, text }: { icon: typeof Check; look: string; title: string; text: string }) {
  return (
    <div className="grid h-full place-content-center justify-items-center gap-2 p-6 text-center">
      <Icon aria-hidden className={`size-16 ${look}`} strokeWidth={2.25} />
      <p className={`text-[34px] leading-tight font-bold ${look}`}>{title}</p>
      <p className="text-[20px] text-muted tabular-nums">{text}</p>
    </div>
  );
}

'use client';
// Across the screen whenever it is not live: what may be missing, why, and as of when the board is right.
import { TriangleAlert } from 'lucide-react';
import { useBoard, useLink, useScreen } from '../live/index.ts';
import { bannerWords } from './connection-words.ts';
import { formatTime } from './times.ts';

export function StaleBanner() {
  const { connection, cause } = useLink();
  const rightAsOf = useBoard((view) => view.rightAsOf);
  const waiting = useBoard((view) => view.pending.filter(({ doneRev }) => doneRev === null).length);
  const { timeZone } = useScreen().restaurant;
  // A page that is just opening shows no board yet, so nothing of it can be wrong.
  const opening = cause?.kind === 'connecting' && rightAsOf === null;
  if (connection === 'live' || !cause || opening) return null;
  const { title, why } = bannerWords(cause);
  const look = connection === 'offline' ? 'bg-late-deep text-white' : 'bg-warn-fill text-on-warn';
  return (
    <div role="alert" data-cause={cause.kind} className={`flex flex-wrap items-center gap-x-4 gap-y-0.5 px-4 py-2.5 text-[17px] leading-6 ${look}`}>
      <strong className="flex items-center gap-2.5 text-[20px]">
        <TriangleAlert aria-hidden className="size-6 shrink-0" strokeWidth={2.5} />
        {title}
      </strong>
      <span className="font-medium">
        {why} {rightAsOf !== null && <>What you see is right as of {formatTime(rightAsOf, timeZone, true)}.</>}
        {waiting > 0 && <strong> {waiting === 1 ? '1 tap waits' : `${waiting} taps wait`} to be sent.</strong>}
      </span>
    </div>
  );
}

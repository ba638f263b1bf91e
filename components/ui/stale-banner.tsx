'use client';
// Over the head of a screen whenever it is not live: what may be missing, why, as of when the board is right and when it will be again.
// It takes the place of what it wraps (name, counts, pill), which is no truth just then, so that nothing on the board moves. Where its
// words do not fit, a tap shows all of them.
import { ChevronDown, TriangleAlert } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { useBoard, useLink, useNow, useScreen } from '../live/index.ts';
import { bannerWords } from './connection-words.ts';

export interface StaleBannerProps {
  /** How what it wraps is laid out. */
  readonly className?: string;
  /** What it lies over. Without any, it lies over whatever stands above it. */
  readonly children?: ReactNode;
}

export function StaleBanner({ className = '', children }: StaleBannerProps) {
  return (
    <div className={children ? `relative ${className}` : 'relative h-0'}>
      {children}
      <Banner place={children ? 'inset-0' : 'inset-x-0 bottom-0 min-h-14'} />
    </div>
  );
}

function Banner({ place }: { place: string }) {
  const t = useTranslations('common');
  const times = useTimes();
  const { connection, cause } = useLink();
  const rightAsOf = useBoard((view) => view.rightAsOf);
  const [open, setOpen] = useState(false);
  const stale = connection !== 'live' && cause !== null;
  useEffect(() => {
    if (!stale) setOpen(false);
  }, [stale]);
  // A page that is just opening shows no board yet, so nothing of it can be wrong.
  const opening = cause?.kind === 'connecting' && rightAsOf === null;
  if (!stale || opening) return null;
  const look = connection === 'offline' ? 'bg-late-deep text-white' : 'bg-warn-fill text-on-warn';
  const { title } = bannerWords(t, times, cause, null);
  return (
    <div data-cause={cause.kind} className={`absolute z-20 ${place} ${look}`}>
      {/* Said once, when it changes: what stands below changes each second. */}
      <p role="alert" className="sr-only">
        {title}
      </p>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)} className="flex size-full items-center gap-3 px-4 text-left">
        <TriangleAlert aria-hidden className="size-7 shrink-0" strokeWidth={2.5} />
        <span className="min-w-0 flex-1 leading-tight">
          <strong className="block truncate text-[18px] leading-6">{title}</strong>
          <span className={`text-[15px] leading-5 font-medium ${open ? 'hidden' : 'line-clamp-1'}`}>
            <Details />
          </span>
        </span>
        <ChevronDown aria-hidden className={`size-6 shrink-0 ${open ? 'rotate-180' : ''}`} />
      </button>
      {open && (
        <p className={`absolute inset-x-0 top-full px-4 pb-3 text-[17px] leading-6 font-medium shadow-2xl ${look}`}>
          <Details />
        </p>
      )}
    </div>
  );
}

/** The part that changes with time: as of when the board is right comes first, since it is what a cook can use. */
function Details() {
  const t = useTranslations('common');
  const times = useTimes();
  const { cause } = useLink();
  const rightAsOf = useBoard((view) => view.rightAsOf);
  const backIn = useBoard((view) => view.backIn);
  const restored = useBoard((view) => view.restored);
  const waiting = useBoard((view) => view.pending.filter(({ doneRev }) => doneRev === null).length);
  const { timeZone } = useScreen().restaurant;
  const now = useNow();
  if (!cause) return null;
  const asOf = rightAsOf !== null && { time: times.time(rightAsOf, timeZone, true), ago: times.span(now ? now - rightAsOf : 0) };
  return (
    <>
      {waiting > 0 && <strong>{t('banner.tapsWait', { count: waiting })} </strong>}
      {asOf && `${t(restored ? 'banner.boardOf' : 'banner.rightAsOf', asOf)} `}
      {restored && restored.leftOut > 0 && `${t('banner.leftOut', { count: restored.leftOut })} `}
      {bannerWords(t, times, cause, backIn).why}
    </>
  );
}

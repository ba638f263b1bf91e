'use client';
// Over the head of a screen whenever it is not live: what may be missing, why, as of when the board is right and when
// it will be again. It takes the place of what it wraps (name, counts, pill), which is no truth just then, so that
// nothing on the board moves; words that need more room lie over what is below, since none of them may be cut.
import { TriangleAlert } from 'lucide';
import { useEffect, useState, type ReactNode } from 'react';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { useBoard, useLink, useNow, useScreen } from '../live/index.ts';
import { bannerWords } from './connection-words.ts';
import { Icon } from './icon.tsx';

/**
 * A page that is opened asks what has changed since it was closed: an answer within this needs no more words than the
 * pill's.
 */
const OPENING_MS = 1500;

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
      <Banner
        place={children ? 'absolute inset-x-0 top-0 z-20 min-h-full' : 'absolute inset-x-0 bottom-0 z-20 min-h-14'}
      />
    </div>
  );
}

/** In a place of its own, for heads that have none to spare: what it would lie over is needed most just then. */
export function StaleStrip({ className = '' }: { className?: string }) {
  const { cause } = useLink();
  const opening = cause?.kind === 'connecting';
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!opening) return undefined;
    const timer = setTimeout(() => setLasts(true), OPENING_MS);
    return () => {
      clearTimeout(timer);
      setLasts(false);
    };
  }, [opening]);
  return opening && !lasts ? null : <Banner place={`relative ${className}`} />;
}

function Banner({ place }: { place: string }) {
  const t = useTranslations('common');
  const times = useTimes();
  const { connection, cause } = useLink();
  const rightAsOf = useBoard((view) => view.rightAsOf);
  // A page that is just opening shows no board yet, so nothing of it can be wrong.
  const opening = cause?.kind === 'connecting' && rightAsOf === null;
  if (connection === 'live' || !cause || opening) return null;
  const look = connection === 'offline' ? 'bg-late-deep text-white' : 'bg-warn-fill text-on-warn';
  const { title } = bannerWords(t, times, cause, null);
  return (
    <div data-cause={cause.kind} className={`flex items-center gap-3 px-4 py-1 ${place} ${look}`}>
      {/* Said once, when it changes: what stands below changes each second. */}
      <p role="alert" className="sr-only">
        {title}
      </p>
      <Icon of={TriangleAlert} className="size-7 shrink-0" strokeWidth={2.5} />
      <p className="min-w-0 flex-1 text-[0.9375rem] leading-[1.1875rem] font-medium">
        <strong className="mr-2 text-[1.25rem] leading-6 font-extrabold max-sm:text-[1.0625rem] max-sm:leading-[1.1875rem]">
          {title}
        </strong>
        <Details />
      </p>
    </div>
  );
}

/** The part that changes with time: what waits, why, when it will be right again, and as of when it is. */
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
  const asOf = rightAsOf !== null && {
    time: times.time(rightAsOf, timeZone, true),
    ago: times.span(now ? now - rightAsOf : 0),
  };
  return (
    <>
      {waiting > 0 && <strong>{t('banner.tapsWait', { count: waiting })} </strong>}
      {bannerWords(t, times, cause, backIn).why}
      {asOf && ` ${t(restored ? 'banner.boardOf' : 'banner.rightAsOf', asOf)}`}
      {restored && restored.leftOut > 0 && ` ${t('banner.leftOut', { count: restored.leftOut })}`}
    </>
  );
}

'use client';
// The banner over the header of a screen that is not live: it tells which data may be missing, why, as of when the
// board is right, and when it will be live again. It covers its children (name, counts, pill), which cannot be trusted
// then, so nothing on the board moves. Words that need more room overlap the content below, since none of them may be
// cut.
import { TriangleAlert } from 'lucide';
import { useEffect, useState, type ReactNode } from 'react';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { useBoard, useLink, useNow, useScreen } from '../live/index.ts';
import { bannerWords } from './connection-words.ts';
import { Icon } from './icon.tsx';

/**
 * A page that is just opening loads the changes since it was closed. If that takes no longer than this, the pill's
 * words suffice.
 */
const OPENING_MS = 1500;

export interface StaleBannerProps {
  /** Classes for the layout of the children. */
  readonly className?: string;
  /** The content that the banner covers. Without children it covers the element above it. */
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

/** The banner in a place of its own, for screens whose header shows things needed most in an outage. */
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
  const colours = connection === 'offline' ? 'bg-late-deep text-white' : 'bg-warn-fill text-on-warn';
  const { title } = bannerWords(t, times, cause, null);
  return (
    <div data-cause={cause.kind} className={`flex items-center gap-3 px-4 py-1 ${place} ${colours}`}>
      {/* The alert is announced once, when it changes, because the text below changes each second. */}
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

/**
 * The part of the banner that changes with time: waiting taps, the reason, the time until it is live, and the age of
 * the board.
 */
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

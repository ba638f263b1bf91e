'use client';
// The page shown when rendering failed. Nobody in a kitchen reads a stack trace or reaches for a keyboard, so it
// reloads by itself, with a growing delay.
import { RefreshCw } from 'lucide';
import { Component, useEffect, useState, type ReactNode } from 'react';
import { useTranslations } from '../i18n/index.ts';
import { MessagePage } from './page-frame.tsx';
import { Icon } from '../ui/icon.tsx';

const KEY = 'heard:error-retries';
const FIRST_S = 3;
const MOST_S = 30;
/** A page that ran this long since its last failure counts as well again. */
const WELL_MS = 60_000;

export function BrokenPage() {
  const t = useTranslations('common.broken');
  const [left, setLeft] = useState<number | null>(null);

  useEffect(() => {
    setLeft(nextWait());
    const timer = setInterval(() => setLeft((seconds) => (seconds === null ? null : seconds - 1)), 1000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (left !== null && left <= 0) location.reload();
  }, [left]);

  return (
    <MessagePage icon={<Icon of={RefreshCw} className="size-16 text-warn" />} title={t('title')}>
      <p role="status" className="tabular-nums">
        {left !== null && left > 0 ? t('in', { seconds: left }) : t('now')}
      </p>
      <p>
        <button
          type="button"
          onClick={() => location.reload()}
          className="min-h-16 rounded-xl bg-head px-6 font-bold text-text"
        >
          {t('again')}
        </button>
      </p>
    </MessagePage>
  );
}

/** For pages that have no error.tsx: replaces a page that failed to render. */
export class BrokenPageBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  static getDerivedStateFromError() {
    return { broken: true };
  }

  override state = { broken: false };

  override render() {
    return this.state.broken ? <BrokenPage /> : this.props.children;
  }
}

/** The delay in seconds. It doubles with each failure that closely follows the last one. */
function nextWait(): number {
  const [tries = 0, at = 0] = (sessionStorage.getItem(KEY) ?? '').split(' ').map(Number);
  const again = Date.now() - at < WELL_MS ? tries + 1 : 0;
  sessionStorage.setItem(KEY, `${again} ${Date.now()}`);
  return Math.min(MOST_S, FIRST_S * 2 ** again);
}

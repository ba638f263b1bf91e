'use client';
// The bump button. It bumps with one tap, or with two where the device is set so, so that a sleeve cannot bump.
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslations } from '../i18n/index.ts';
import { usePreferences } from '../ui/index.ts';

/** The second tap must come within this time, in ms. */
const AGAIN_MS = 1500;

export interface BumpButtonProps {
  readonly className: string;
  readonly disabled?: boolean;
  readonly onBump: () => void;
  /** Called with true while a second tap is awaited. */
  readonly children: (again: boolean) => ReactNode;
}

export function BumpButton({ className, disabled = false, onBump, children }: BumpButtonProps) {
  const t = useTranslations('board');
  const twice = usePreferences().bump === 'double';
  const [again, setAgain] = useState(false);
  useEffect(() => {
    if (!again) return undefined;
    const timer = setTimeout(() => setAgain(false), AGAIN_MS);
    return () => clearTimeout(timer);
  }, [again]);
  const tap = () => {
    setAgain(twice && !again);
    if (!twice || again) onBump();
  };
  return (
    <button
      type="button"
      data-action="bump"
      data-again={again || undefined}
      aria-label={t(again ? 'bumpAgain' : 'bump')}
      disabled={disabled}
      onClick={tap}
      className={className}
    >
      {children(again)}
    </button>
  );
}

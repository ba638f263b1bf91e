'use client';
// The pill that tells when the server last confirmed the board, with a mark if this device is too slow to keep up.
// While the server is late it counts each second, when the device may be busiest, so it is a contained box (apart.tsx).
import { Turtle } from 'lucide';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { useBoard, useConnection } from '../live/index.ts';
import { Digits } from './apart.tsx';
import { pillWords } from './connection-words.ts';
import { Icon } from './icon.tsx';

const looks = {
  live: 'bg-ready-soft text-ready',
  stale: 'bg-warn-fill text-on-warn',
  offline: 'bg-late-fill text-on-late',
};

/**
 * `compact` is for phones. 'narrow' makes it compact where the `@container` around it is narrow, for example a header
 * with large text.
 */
export function Pill({ compact = false }: { compact?: boolean | 'narrow' }) {
  const { connection, cause, confirmedAgo } = useConnection();
  const t = useTranslations('common');
  const slow = useBoard((view) => view.slow);
  const { long, short } = pillWords(t, useTimes(), connection, cause, confirmedAgo);
  return (
    <span
      className={`inline-flex items-center gap-2 rounded-full px-3.5 py-1.5 text-[0.9375rem] leading-5 font-semibold whitespace-nowrap tabular-nums ${looks[connection]}`}
    >
      <span
        aria-hidden
        className={`size-2.5 rounded-full bg-current ${connection === 'live' ? '' : 'rounded-none rotate-45'}`}
      />
      {compact === 'narrow' ? (
        <>
          <span className="hidden @min-[44rem]:inline">
            <Digits>{long}</Digits>
          </span>
          <span className="@min-[44rem]:hidden">
            <Digits>{short}</Digits>
          </span>
        </>
      ) : (
        <Digits>{compact ? short : long}</Digits>
      )}
      {slow && (
        <span data-slow-mark title={t('slow.long')} className="flex items-center gap-1">
          <Icon of={Turtle} className="size-5" />
          <span className={compact === 'narrow' ? 'hidden @min-[52rem]:inline' : compact ? 'sr-only' : ''}>
            {t('slow.short')}
          </span>
        </span>
      )}
    </span>
  );
}

'use client';
// A sheet whose code is loaded when it is first opened. An empty sheet opens at once and takes all keys and taps, so that
// none of them reaches the board while the code is on its way. Once it is closed, the late code opens nothing.
import type { ComponentType } from 'react';
import { useTranslations } from '../i18n/index.ts';
import { late, type LateCode } from './late.ts';
import { Sheet } from './sheet.tsx';

export const lateSheet = <P extends { readonly onClose: () => void }>(
  load: () => Promise<ComponentType<P>>,
): LateCode<P> => late(load, ({ onClose }, failed) => <OpeningSheet failed={failed} onClose={onClose} />);

function OpeningSheet({ failed, onClose }: { failed: boolean; onClose: () => void }) {
  const t = useTranslations('common.sheet');
  return (
    <Sheet title={t('opening')} onClose={onClose}>
      <p
        role={failed ? 'alert' : undefined}
        data-opening={failed ? 'failed' : 'loading'}
        className="min-h-24 p-5 text-[1.25rem] font-semibold"
      >
        {failed && t('cannotOpen')}
      </p>
    </Sheet>
  );
}

'use client';
// Shares the link to the guest's page of an order: by the phone's share sheet if it has one, else by the clipboard.
import { Check, Link, Share2 } from 'lucide';
import { useState } from 'react';
import { useTranslations } from '../i18n/index.ts';
import { SheetButton } from './sheet-parts.tsx';

export const guestLink = (token: string): string => `${location.origin}/guest/${token}`;

export function GuestLink({ token }: { token: string }) {
  const t = useTranslations('floor.sheet');
  const [done, setDone] = useState<'copied' | 'shown' | null>(null);
  const shares = typeof navigator.share === 'function' && matchMedia('(pointer: coarse)').matches;
  const give = async () => {
    try {
      if (shares) await navigator.share({ url: guestLink(token) });
      else {
        await navigator.clipboard.writeText(guestLink(token));
        setDone('copied');
      }
    } catch (error) {
      // Closing the phone's share sheet ends it without a fault. If the clipboard is forbidden, the link is shown
      // instead.
      if (!(error instanceof DOMException && error.name === 'AbortError')) setDone('shown');
    }
  };
  return (
    <>
      <SheetButton
        icon={done === 'copied' ? Check : shares ? Share2 : Link}
        action="guest-link"
        onClick={() => void give()}
      >
        <span role="status">{done === 'copied' ? t('copied') : t(shares ? 'share' : 'copy')}</span>
      </SheetButton>
      {done === 'shown' && (
        <p className="basis-full text-[0.9375rem]">
          {t('notCopied')}{' '}
          <a className="underline [overflow-wrap:anywhere]" href={guestLink(token)}>
            {guestLink(token)}
          </a>
        </p>
      )}
    </>
  );
}

'use client';
// Gives the guest's page of an order away: by the phone's own way to share where it has one, else through the
// clipboard.
import { Check, Link, Share2 } from 'lucide';
import { useState } from 'react';
import { useTranslations } from '../i18n/index.ts';
import { Button } from './sheet-parts.tsx';

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
      // Whoever closed the phone's own sheet wants nothing more; a page that may not write to the clipboard shows the
      // link.
      if (!(error instanceof DOMException && error.name === 'AbortError')) setDone('shown');
    }
  };
  return (
    <>
      <Button icon={done === 'copied' ? Check : shares ? Share2 : Link} action="guest-link" onClick={() => void give()}>
        <span role="status">{done === 'copied' ? t('copied') : t(shares ? 'share' : 'copy')}</span>
      </Button>
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

'use client';
// Shares the link to the guest's page of an order: by the phone's share sheet if it has one, else by the clipboard; or
// as a code for the guest's camera.
import { Check, Link, QrCode as QrIcon, Share2 } from 'lucide';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from '../i18n/index.ts';
import { useScreen } from '../live/index.ts';
import { SheetButton } from './sheet-parts.tsx';

const QrCode = lazy(async () => ({ default: (await import('../ui/qr-code.tsx')).QrCode }));

/** @param publicUrl the screen's: a guest's phone does not reach the address that a tablet uses */
export const guestLink = (publicUrl: string, token: string): string => `${publicUrl}/guest/${token}`;

export function GuestLink({ token }: { token: string }) {
  const t = useTranslations('floor.sheet');
  const link = guestLink(useScreen().publicUrl, token);
  const [done, setDone] = useState<'copied' | 'shown' | null>(null);
  const [code, setCode] = useState(false);
  const shares = typeof navigator.share === 'function' && matchMedia('(pointer: coarse)').matches;
  const give = async () => {
    try {
      if (shares) await navigator.share({ url: link });
      else {
        await navigator.clipboard.writeText(link);
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
      <SheetButton icon={QrIcon} action="guest-code" onClick={() => setCode(!code)}>
        {t('guestCode')}
      </SheetButton>
      {code && (
        <Suspense>
          <QrCode text={link} label={t('guestCode')} className="mx-auto size-56 basis-full" />
        </Suspense>
      )}
      {done === 'shown' && (
        <p className="basis-full text-[0.9375rem]">
          {t('notCopied')}{' '}
          <a className="underline [overflow-wrap:anywhere]" href={link}>
            {link}
          </a>
        </p>
      )}
    </>
  );
}

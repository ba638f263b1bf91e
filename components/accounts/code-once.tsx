'use client';
// The code that somebody types on the tablet, large enough to be read across a room, and how long it still works.
import { lazy, Suspense, useEffect, useState } from 'react';
import type { PairingCode } from '../../server/protocol/devices.ts';
import { useTimes, useTranslations } from '../i18n/index.ts';

const QrCode = lazy(async () => ({ default: (await import('../ui/qr-code.tsx')).QrCode }));

export function CodeOnce({ code: { code, url, expiresAt }, address }: { code: PairingCode; address: string }) {
  const t = useTranslations('people');
  const times = useTimes();
  const [left, setLeft] = useState(() => Date.parse(expiresAt) - Date.now());
  useEffect(() => {
    const timer = setInterval(() => setLeft(Date.parse(expiresAt) - Date.now()), 1000);
    return () => clearInterval(timer);
  }, [expiresAt]);
  return (
    <section
      data-shown-once
      className="grid justify-items-center gap-3 rounded-2xl border-2 border-info bg-info-soft p-6 text-center"
    >
      <p className="text-[1rem] font-semibold">{t('devices.code', { address })}</p>
      <p
        data-code
        className="text-[2.5rem] leading-none whitespace-nowrap sm:text-[3.5rem] font-extrabold tracking-[0.08em] tabular-nums select-all md:text-[4.5rem]"
      >
        {code}
      </p>
      <p className="text-[0.9375rem] text-muted">
        {left > 0 ? t('devices.codeUntil', { span: times.span(left) }) : t('devices.codeOver')}
      </p>
      <Suspense>
        <QrCode text={url} label={t('devices.scan')} className="size-44" />
      </Suspense>
      <p className="max-w-full text-[0.8125rem] break-all text-muted">
        {t('devices.orLink')} <span className="font-mono select-all">{url}</span>
      </p>
    </section>
  );
}

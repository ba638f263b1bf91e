'use client';
// Watches the session of an open page. The server reports its end within a second; the page then shows nothing but
// that.
import { LogOut } from 'lucide';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslations } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import { asCallError, call } from '../http/call.ts';
import { onSignedOut } from './manage-call.ts';

const AGAIN_MS = 3000;

/** @param restaurantId only managers of this restaurant may see the page; null: a page about the person alone */
export function WhileSignedIn({ restaurantId, children }: { restaurantId: string | null; children: ReactNode }) {
  const [over, setOver] = useState(false);
  useEffect(() => {
    if (over) return undefined;
    const stopListening = onSignedOut(() => setOver(true));
    const query = restaurantId === null ? '' : `?${new URLSearchParams({ restaurant: restaurantId })}`;
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watch = () => {
      source = new EventSource(`/manage/api/watch${query}`);
      source.addEventListener('over', () => setOver(true));
      // The stream also ends when the server stops. Only the server's answer that nobody is signed in counts.
      source.addEventListener('error', () => {
        source?.close();
        call(null, 'GET', '/manage/api/me')
          .then(
            () => 200,
            (error: unknown) => asCallError(error).status,
          )
          .then((status) => {
            if (status === 401) setOver(true);
            else timer = setTimeout(watch, AGAIN_MS);
          });
      });
    };
    watch();
    return () => {
      stopListening();
      source?.close();
      clearTimeout(timer);
    };
  }, [over, restaurantId]);
  return over ? <SignedOut /> : children;
}

function SignedOut() {
  const t = useTranslations('people');
  return (
    <main
      data-theme="light"
      data-signed-out
      className="grid min-h-dvh content-center justify-items-center gap-4 bg-bg px-5 text-center text-text"
    >
      <Icon of={LogOut} className="size-12 text-muted" />
      <h1 className="text-[1.75rem] font-bold">{t('over.title')}</h1>
      <p role="status" className="max-w-md text-[1rem] leading-6 text-muted">
        {t('over.text')}
      </p>
      <a
        href={`/sign-in?${new URLSearchParams({ next: location.pathname })}`}
        className="inline-flex min-h-13 items-center rounded-xl bg-info-fill px-6 text-[1.0625rem] font-bold text-on-info"
      >
        {t('over.again')}
      </a>
    </main>
  );
}

'use client';
// The message about a tap that was not carried out, above the foot of the screen. It stays for six seconds, or until
// dismissed if the tap was made a while ago.
import { Info, TriangleAlert, X } from 'lucide';
import { useEffect } from 'react';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { useBoard, useScreen, useStore, type BoardMessage } from '../live/index.ts';
import { Icon } from './icon.tsx';
import { messageWords } from './message-words.ts';

const SHOWN_MS = 6000;

/** @param className its place, where the screen has a stack of its own at its foot */
export function Toasts({ className = 'fixed inset-x-0 bottom-20 z-30 px-3' }: { className?: string }) {
  const messages = useBoard((view) => view.messages);
  return (
    <div aria-live="polite" className={`pointer-events-none flex flex-col items-center gap-2 ${className}`}>
      {messages.map((message) => (
        <Toast key={message.id} message={message} />
      ))}
    </div>
  );
}

function Toast({ message }: { message: BoardMessage }) {
  const t = useTranslations('common');
  const times = useTimes();
  const { timeZone } = useScreen().restaurant;
  const store = useStore();
  useEffect(() => {
    if (message.stays) return undefined;
    const timer = setTimeout(() => store.dismiss(message.id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [store, message]);
  const colours = message.tone === 'warning' ? 'bg-warn-fill text-on-warn' : 'bg-info-fill text-on-info';
  const icon = message.tone === 'warning' ? TriangleAlert : Info;
  return (
    <div
      data-message={'tap' in message ? message.tap.kind : ''}
      className={`pointer-events-auto flex max-w-2xl items-center gap-3 rounded-xl pl-4 text-[18px] font-semibold shadow-2xl ${colours}`}
    >
      <Icon of={icon} className="size-6 shrink-0" />
      <span className="py-3">{messageWords(t, message, (at) => times.time(at, timeZone))}</span>
      <button
        type="button"
        aria-label={t('close')}
        className="grid size-16 shrink-0 place-items-center"
        onClick={() => store.dismiss(message.id)}
      >
        <Icon of={X} className="size-6" />
      </button>
    </div>
  );
}

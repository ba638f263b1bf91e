'use client';
// The message about a tap that was not carried out, at the foot of the screen. It stays for six seconds, or until
// dismissed if the tap was made a while ago.
import { Info, TriangleAlert, X } from 'lucide';
import { useEffect } from 'react';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { useBoard, useScreen, useStore, type BoardMessage } from '../live/index.ts';
import { Icon } from './icon.tsx';
import { messageWords } from './message-words.ts';

const SHOWN_MS = 6000;

/**
 * The messages in the flow of the page, so that they lie over nothing.
 * @param inFoot one after another, as a part of a foot of one row
 */
export function Toasts({ inFoot = false }: { inFoot?: boolean }) {
  const messages = useBoard((view) => view.messages);
  const shown = inFoot ? messages.slice(0, 1) : messages;
  return (
    // While empty it leaves no gap, but is not hidden: screen readers miss the first message of a hidden region.
    <div
      aria-live="polite"
      className={`flex min-w-0 flex-col items-stretch gap-2 empty:absolute ${inFoot ? 'flex-1 max-sm:basis-full' : ''}`}
    >
      {shown.map((message) => (
        <Toast key={message.id} message={message} rounded={!inFoot} more={messages.length - shown.length} />
      ))}
    </div>
  );
}

function Toast({ message, rounded, more }: { message: BoardMessage; rounded: boolean; more: number }) {
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
      className={`flex flex-1 items-center gap-3 pl-4 text-[1.125rem] leading-6 font-semibold max-sm:text-[1rem] max-sm:leading-5 ${rounded ? 'rounded-xl' : ''} ${colours}`}
    >
      <Icon of={icon} className="size-6 shrink-0" />
      <span className="min-w-0 flex-1 py-1.5 wrap-anywhere">
        {messageWords(t, message, (at) => times.time(at, timeZone))}
      </span>
      {more > 0 && <strong className="shrink-0 tabular-nums">+{more}</strong>}
      <button
        type="button"
        data-action="close-message"
        aria-label={t('close')}
        className="grid size-16 shrink-0 place-items-center"
        onClick={() => store.dismiss(message.id)}
      >
        <Icon of={X} className="size-6" />
      </button>
    </div>
  );
}

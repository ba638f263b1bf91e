'use client';
// What became of a tap that was not carried out: shown once, for six seconds, above the foot of the screen.
import { Info, TriangleAlert, X } from 'lucide-react';
import { useEffect } from 'react';
import { useBoard, useStore, type BoardMessage } from '../live/index.ts';

const SHOWN_MS = 6000;

export function Toasts() {
  const messages = useBoard((view) => view.messages);
  return (
    <div aria-live="polite" className="pointer-events-none fixed inset-x-0 bottom-20 z-30 flex flex-col items-center gap-2 px-3">
      {messages.map((message) => (
        <Toast key={message.id} message={message} />
      ))}
    </div>
  );
}

function Toast({ message }: { message: BoardMessage }) {
  const store = useStore();
  useEffect(() => {
    const timer = setTimeout(() => store.dismiss(message.id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [store, message.id]);
  const look = message.tone === 'warning' ? 'bg-warn-fill text-on-warn' : 'bg-info-fill text-on-info';
  const Icon = message.tone === 'warning' ? TriangleAlert : Info;
  return (
    <div className={`pointer-events-auto flex max-w-2xl items-center gap-3 rounded-xl pl-4 text-[18px] font-semibold shadow-2xl ${look}`}>
      <Icon aria-hidden className="size-6 shrink-0" />
      <span className="py-3">{message.text}</span>
      <button type="button" aria-label="Close" className="grid size-16 shrink-0 place-items-center" onClick={() => store.dismiss(message.id)}>
        <X aria-hidden className="size-6" />
      </button>
    </div>
  );
}

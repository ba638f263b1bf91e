'use client';
// Every key and what it does; each can be another one, as bump bars differ.
import { useEffect, useState } from 'react';
import { Button, prefer, usePreferences } from '../ui/index.ts';
import { digitOf, keyActions, keyMap, keyName, withKey, type KeyAction } from './keys.ts';
import { Sheet } from '../ui/sheet.tsx';
import type { SheetProps } from './sheets.ts';

const words: Record<KeyAction, string> = {
  bump: 'Bump the chosen ticket', mark: 'Mark the chosen dish', seen: 'Seen', open: 'Open the chosen ticket', undo: 'Undo', 'recall-last': 'Recall the last one', recall: 'Recall from a list',
  'all-day': 'All day', 'sold-out': '86: sold out', find: 'Find an order', previous: 'Ticket before', next: 'Next ticket', up: 'Dish above', down: 'Dish below',
  'previous-page': 'Page before', 'next-page': 'Next page', clear: 'Choose nothing', 'start-shift': 'Start shift', mute: 'Mute', 'full-screen': 'Full screen', settings: 'Settings', help: 'This list',
};

export function KeysSheet({ onClose }: SheetProps) {
  const chosen = usePreferences().keys;
  const keys = keyMap(chosen);
  const [asking, setAsking] = useState<KeyAction | null>(null);
  useEffect(() => {
    if (!asking) return undefined;
    const take = (event: KeyboardEvent) => {
      event.preventDefault();
      event.stopPropagation();
      if (event.code !== 'Escape' && digitOf(event.code) === null && event.code) prefer({ keys: withKey(chosen, asking, event.code) });
      setAsking(null);
    };
    addEventListener('keydown', take, true);
    return () => removeEventListener('keydown', take, true);
  }, [asking, chosen]);
  return (
    <Sheet title="Keys and bump bar" onClose={onClose} foot={<Button data-action="usual-keys" className="w-full" onClick={() => prefer({ keys: {} })}>Back to the usual keys</Button>}>
      <p className="flex items-center justify-between gap-4 border-b border-line px-5 py-4 text-[1.125rem]">
        <span>Choose a ticket by its number; two digits where there are so many</span>
        <kbd className="shrink-0 font-sans font-bold">0 – 9</kbd>
      </p>
      <ul>
        {keyActions.map((action) => (
          <li key={action} data-key-action={action} className="flex items-center gap-3 border-b border-line py-1 pr-3 pl-5 text-[1.125rem] last:border-0">
            <span className="min-w-0 flex-1">{words[action]}</span>
            <span className="flex flex-wrap justify-end gap-1.5">
              {keys[action].map((code) => <kbd key={code} className="rounded-md border border-line bg-head px-2.5 py-1 font-sans font-bold">{keyName(code)}</kbd>)}
            </span>
            <Button data-action="change-key" aria-label={`Another key for: ${words[action]}`} tone={asking === action ? 'warn' : 'plain'} className="min-w-40" onClick={() => setAsking(action)}>
              {asking === action ? 'Press a key' : 'Change'}
            </Button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

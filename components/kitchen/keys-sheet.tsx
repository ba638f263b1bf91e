'use client';
// The list of all keys and their actions. Each action can be given another key, because bump bars differ.
import { useEffect, useState } from 'react';
import { useTranslations } from '../i18n/index.ts';
import { Button, prefer, usePreferences } from '../ui/index.ts';
import { digitOf, keyActions, keyMap, keyName, withKey, type KeyAction } from './keys.ts';
import { Sheet } from '../ui/sheet.tsx';
import type { BoardSheetProps } from './sheet-props.ts';

export function KeysSheet({ onClose }: BoardSheetProps) {
  const t = useTranslations('board.keys');
  const chosen = usePreferences().keys;
  const keys = keyMap(chosen);
  const [asking, setAsking] = useState<KeyAction | null>(null);
  useEffect(() => {
    if (!asking) return undefined;
    const take = (event: KeyboardEvent) => {
      event.preventDefault();
      event.stopPropagation();
      if (event.code !== 'Escape' && digitOf(event.code) === null && event.code)
        prefer({ keys: withKey(chosen, asking, event.code) });
      setAsking(null);
    };
    addEventListener('keydown', take, true);
    return () => removeEventListener('keydown', take, true);
  }, [asking, chosen]);
  return (
    <Sheet
      title={t('title')}
      onClose={onClose}
      foot={
        <Button data-action="usual-keys" className="w-full" onClick={() => prefer({ keys: {} })}>
          {t('usual')}
        </Button>
      }
    >
      <p className="flex items-center justify-between gap-4 border-b border-line px-5 py-4 text-[1.125rem]">
        <span>{t('digits')}</span>
        <kbd className="shrink-0 font-sans font-bold">0 – 9</kbd>
      </p>
      <ul>
        {keyActions.map((action) => (
          <li
            key={action}
            data-key-action={action}
            className="flex items-center gap-3 border-b border-line py-1 pr-3 pl-5 text-[1.125rem] last:border-0"
          >
            <span className="min-w-0 flex-1">{t(action)}</span>
            <span className="flex flex-wrap justify-end gap-1.5">
              {keys[action].map((code) => (
                <kbd key={code} className="rounded-md border border-line bg-head px-2.5 py-1 font-sans font-bold">
                  {keyName(code)}
                </kbd>
              ))}
            </span>
            <Button
              data-action="change-key"
              aria-label={t('another', { action: t(action) })}
              tone={asking === action ? 'warn' : 'plain'}
              className="min-w-40"
              onClick={() => setAsking(action)}
            >
              {t(asking === action ? 'press' : 'change')}
            </Button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

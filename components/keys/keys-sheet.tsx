'use client';
// The list of all keys and their actions. Each action can be given another key, because bump bars differ.
import { useEffect, useState } from 'react';
import { useTranslations } from '../i18n/index.ts';
import { Button, prefer, usePreferences } from '../ui/index.ts';
import { digitOf, keyActions, keyMap, keyName, passActions, withKey, type KeyAction } from './keys.ts';
import { Sheet } from '../ui/sheet.tsx';

/** @param pass the actions are those of the pass and the floor */
export function KeysSheet({ pass = false, onClose }: { pass?: boolean; onClose: () => void }) {
  const t = useTranslations('keys');
  const action = useWords(pass);
  const actions = pass ? passActions : keyActions;
  const { keys: chosen, keyed } = usePreferences();
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
      <div className="border-b border-line px-5 py-4">
        <p className="flex items-center justify-between gap-4 text-[1.125rem]">
          <span>{t('digits')}</span>
          <kbd className="shrink-0 font-sans font-bold">0 – 9</kbd>
        </p>
        <p data-digit-rule className="pt-1 text-[1rem] leading-6 text-muted">
          {t('rule')}
        </p>
        {pass && (
          <Button
            data-action="card-numbers"
            tone={keyed ? 'info' : 'plain'}
            aria-pressed={keyed}
            className="mt-3"
            onClick={() => prefer({ keyed: !keyed })}
          >
            {t('numbers')}
          </Button>
        )}
      </div>
      <ul>
        {actions.map((each) => (
          <li
            key={each}
            data-key-action={each}
            className="flex items-center gap-3 border-b border-line py-1 pr-3 pl-5 text-[1.125rem] last:border-0"
          >
            <span className="min-w-0 flex-1">{action(each)}</span>
            <span className="flex flex-wrap justify-end gap-1.5">
              {keys[each].map((code) => (
                <kbd key={code} className="rounded-md border border-line bg-head px-2.5 py-1 font-sans font-bold">
                  {keyName(code)}
                </kbd>
              ))}
            </span>
            <Button
              data-action="change-key"
              aria-label={t('another', { action: action(each) })}
              tone={asking === each ? 'warn' : 'plain'}
              className="min-w-40"
              onClick={() => setAsking(each)}
            >
              {t(asking === each ? 'press' : 'change')}
            </Button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

/** The words for each action: they differ between the kitchen's tickets and the orders of the pass. */
function useWords(pass: boolean): (action: KeyAction) => string {
  const kitchen = useTranslations('keys.kitchen');
  const orders = useTranslations('keys.pass');
  return (action) => {
    const shared = passActions.find((each) => each === action);
    return pass && shared ? orders(shared) : kitchen(action);
  };
}

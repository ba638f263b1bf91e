'use client';
// A pad of digits for wet fingers; a keyboard works as well.
import { Check, Delete } from 'lucide';
import { useEffect, useState } from 'react';
import { useTranslations } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';

const LONGEST = 8;
const SHORTEST = 4;
const key =
  'min-h-16 rounded-xl bg-head text-[1.625rem] font-bold tabular-nums active:brightness-125 disabled:opacity-40';

export function PinPad({ onPin }: { onPin: (pin: string) => Promise<void> }) {
  const t = useTranslations('staff');
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const send = () => {
    setBusy(true);
    void onPin(pin).finally(() => setBusy(false));
  };
  const type = (digit: string) => setPin((held) => (held + digit).slice(0, LONGEST));
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (/^\d$/.test(event.key)) type(event.key);
      else if (event.key === 'Backspace') setPin((held) => held.slice(0, -1));
      else if (event.key === 'Enter' && pin.length >= SHORTEST && !busy) send();
      else return;
      event.preventDefault();
      // The board below has keys of its own.
      event.stopImmediatePropagation();
    };
    addEventListener('keydown', onKey, { capture: true });
    return () => removeEventListener('keydown', onKey, { capture: true });
  });
  return (
    <div className="mx-auto grid w-full max-w-80 gap-3">
      <p
        role="status"
        aria-label={t('pin')}
        data-digits={pin.length}
        className="min-h-14 rounded-xl border border-line text-center text-[2.125rem] leading-14 tracking-[0.3em]"
      >
        {'•'.repeat(pin.length)}
      </p>
      <div className="grid grid-cols-3 gap-2">
        {[...'123456789'].map((digit) => (
          <button key={digit} type="button" data-digit={digit} className={key} onClick={() => type(digit)}>
            {digit}
          </button>
        ))}
        <button
          type="button"
          aria-label={t('clear')}
          data-action="clear"
          className={`${key} grid place-items-center`}
          onClick={() => setPin((held) => held.slice(0, -1))}
        >
          <Icon of={Delete} className="size-7" />
        </button>
        <button type="button" data-digit="0" className={key} onClick={() => type('0')}>
          0
        </button>
        <button
          type="button"
          aria-label="OK"
          data-action="enter-pin"
          disabled={busy || pin.length < SHORTEST}
          className={`${key} grid place-items-center bg-ready-fill text-on-ready`}
          onClick={send}
        >
          <Icon of={Check} className="size-8" />
        </button>
      </div>
    </div>
  );
}

'use client';
// The names of the staff that may sign in at this screen, and the pad for the PIN of the chosen one.
import { useEffect, useRef, useState } from 'react';
import { StaffAtDevice } from '../../server/protocol/staff.ts';
import type { ScreenIdentity, StaffView } from '../../server/protocol/views.ts';
import { useTranslations } from '../i18n/index.ts';
import { asCallError, call } from '../http/call.ts';
import { useIdleClose } from '../ui/use-idle.ts';
import { PinPad } from './pin-pad.tsx';

/** @param onLeave called before somebody signs out by themselves */
export function StaffDialog({
  screen,
  present,
  onLeave,
  onClose,
}: {
  screen: ScreenIdentity;
  present: StaffView | null;
  onLeave: () => void;
  onClose: () => void;
}) {
  const t = useTranslations('staff');
  const dialog = useRef<HTMLDialogElement>(null);
  useIdleClose(dialog);
  const [there, setThere] = useState<StaffAtDevice | null>(null);
  const [chosen, choose] = useState<StaffView | null>(null);
  const [said, say] = useState<string | null>(null);
  const [tries, setTries] = useState(0);
  const at = `/screen/api/${screen.deviceId}/staff`;
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
    call(StaffAtDevice, 'GET', at).then(setThere, () => say(t('away')));
    // Once, when it opens.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  const signIn = async (pin: string) => {
    try {
      await call(null, 'POST', `${at}/sign-in`, { body: { personId: chosen?.id, pin } });
      onClose();
    } catch (error) {
      const { status, retryAfterSeconds } = asCallError(error);
      setTries((before) => before + 1);
      say(
        status === 401
          ? t('wrong')
          : status === 429
            ? t('tooMany', { minutes: Math.floor(retryAfterSeconds / 60) })
            : t('away'),
      );
    }
  };
  const leave = () => {
    onLeave();
    call(null, 'POST', `${at}/sign-out`).then(onClose, () => say(t('away')));
  };
  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      aria-label={t('who')}
      className="z-50 m-auto w-[min(42rem,calc(100vw-1.5rem))] rounded-2xl border border-line bg-panel p-4 text-text sm:p-6"
    >
      <div className="grid gap-5">
        <div className="flex items-center justify-between gap-4">
          <h2 className="min-w-0 text-[1.5rem] leading-7 font-bold wrap-anywhere">
            {chosen ? t('pinOf', { name: chosen.name }) : t('choose')}
          </h2>
          <button
            type="button"
            data-action="close"
            onClick={onClose}
            className="min-h-16 shrink-0 rounded-xl bg-head px-5 text-[1.1875rem] font-bold"
          >
            {t('back')}
          </button>
        </div>
        {said && (
          <p key={`said ${tries}`} role="alert" className="rounded-xl bg-late-soft px-4 py-3 text-[1.125rem] text-late">
            {said}
          </p>
        )}
        {chosen ? (
          <PinPad key={`pad ${tries}`} onPin={signIn} />
        ) : (
          <ul className="flex max-h-[60vh] flex-wrap gap-2 overflow-y-auto *:max-w-full *:min-w-min *:flex-[1_1_8.5rem]">
            {there?.people.map((person) => (
              <li key={person.id}>
                <button
                  type="button"
                  data-person={person.name}
                  aria-pressed={person.id === present?.id}
                  onClick={() => {
                    say(null);
                    choose(person);
                  }}
                  className={`min-h-16 w-full rounded-xl px-3 py-1.5 text-[1.1875rem] leading-6 font-bold ${person.id === present?.id ? 'bg-ready-fill text-on-ready' : 'bg-head'}`}
                >
                  {/* Whole: names that only begin the same must be told apart. */}
                  <span className="wrap-break-word">{person.name}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
        {!chosen && there?.people.length === 0 && <p className="text-[1.125rem] leading-7 text-muted">{t('none')}</p>}
        {!chosen && (
          <div className="flex flex-wrap items-center justify-between gap-4">
            <p className="text-[0.9375rem] text-muted">{there && t('minutes', { minutes: there.minutes })}</p>
            {present && (
              <button
                type="button"
                data-action="leave"
                onClick={leave}
                className="min-h-16 rounded-xl bg-head px-5 text-[1.1875rem] font-bold"
              >
                {t('leave')}
              </button>
            )}
          </div>
        )}
      </div>
    </dialog>
  );
}

'use client';
// Who stands at this screen: their name, one tap away from another's. Choosing a name asks for its PIN; from then on each tap here is known
// as theirs, until they leave, another one comes, or so long without a tap as the device is set to.
import { UserRound } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ScreenIdentity, StaffView } from '../../server/protocol/views.ts';
import { useTranslations } from '../i18n/index.ts';
import { useBoard } from '../live/index.ts';
import { asManageError, call } from './manage-call.ts';
import { PinPad } from './pin-pad.tsx';
import { useProblem } from './use-problem.ts';

interface AtDevice { people: StaffView[]; present: StaffView | null; minutes: number }

/** `size`: the height for the finger of that screen. Shows nothing on a person's own browser. */
export function StaffSwitch({ screen, size = 'kitchen' }: { screen: ScreenIdentity; size?: 'kitchen' | 'floor' }) {
  const t = useTranslations('people');
  const present = useBoard((view) => view.staff);
  const [open, setOpen] = useState(false);
  if (screen.person) return null;
  const height = size === 'kitchen' ? 'min-h-16 px-5 text-[20px]' : 'min-h-13 px-4 text-[17px]';
  return (
    <>
      <button type="button" data-action="staff" data-staff={present?.name ?? ''} aria-haspopup="dialog" onClick={() => setOpen(true)} className={`inline-flex max-w-56 items-center gap-2.5 rounded-xl bg-head font-bold text-text ${height}`}>
        <UserRound aria-hidden className={`size-6 shrink-0 ${present ? 'text-ready' : 'text-muted'}`} />
        <span className="truncate">{present?.name ?? t('staff.who')}</span>
      </button>
      {open && <StaffDialog screen={screen} present={present} onClose={() => setOpen(false)} />}
    </>
  );
}

function StaffDialog({ screen, present, onClose }: { screen: ScreenIdentity; present: StaffView | null; onClose: () => void }) {
  const t = useTranslations('people');
  const problem = useProblem();
  const dialog = useRef<HTMLDialogElement>(null);
  const [there, setThere] = useState<AtDevice | null>(null);
  const [chosen, choose] = useState<StaffView | null>(null);
  const [said, say] = useState<string | null>(null);
  const at = `/screen/api/${screen.deviceId}/staff`;
  useEffect(() => {
    dialog.current?.showModal();
    call<AtDevice>('GET', at).then(setThere, () => say(t('staff.away')));
    // Once, when it opens.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  const signIn = async (pin: string) => {
    try {
      await call('POST', `${at}/sign-in`, { personId: chosen?.id, pin });
      onClose();
    } catch (error) { say(asManageError(error).status === 401 ? t('staff.wrong') : problem(error)); }
  };
  const leave = () => { call('POST', `${at}/sign-out`).then(onClose, () => say(t('staff.away'))); };
  return (
    <dialog ref={dialog} onClose={onClose} aria-label={t('staff.who')} className="m-auto w-[min(42rem,calc(100vw-2rem))] rounded-2xl border border-line bg-panel p-6 text-text">
      <div className="grid gap-5">
        <div className="flex items-center justify-between gap-4">
          <h2 className="truncate text-[24px] font-bold">{chosen ? t('staff.pinOf', { name: chosen.name }) : t('staff.choose')}</h2>
          <button type="button" data-action="close" onClick={onClose} className="min-h-13 rounded-xl bg-head px-5 text-[17px] font-bold">{t('staff.back')}</button>
        </div>
        {said && <p role="alert" className="rounded-xl bg-late-soft px-4 py-3 text-[18px] text-late">{said}</p>}
        {chosen
          ? <PinPad key={said} onPin={signIn} />
          : (
              <ul className="grid max-h-[60vh] grid-cols-[repeat(auto-fill,minmax(10rem,1fr))] gap-2 overflow-y-auto">
                {there?.people.map((person) => (
                  <li key={person.id}>
                    <button
                      type="button" data-person={person.name} aria-pressed={person.id === present?.id} onClick={() => { say(null); choose(person); }}
                      className={`min-h-16 w-full truncate rounded-xl px-4 text-[19px] font-bold ${person.id === present?.id ? 'bg-ready-fill text-on-ready' : 'bg-head'}`}
                    >
                      {person.name}
                    </button>
                  </li>
                ))}
              </ul>
            )}
        {!chosen && there?.people.length === 0 && <p className="text-[18px] leading-7 text-muted">{t('staff.none')}</p>}
        {!chosen && (
          <div className="flex flex-wrap items-center justify-between gap-4">
            <p className="text-[15px] text-muted">{there && t('staff.minutes', { minutes: there.minutes })}</p>
            {present && <button type="button" data-action="leave" onClick={leave} className="min-h-16 rounded-xl bg-head px-5 text-[19px] font-bold">{t('staff.leave')}</button>}
          </div>
        )}
      </div>
    </dialog>
  );
}

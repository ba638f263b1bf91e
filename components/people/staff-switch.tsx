'use client';
// Who stands at this screen: mounted in the head of every paired screen, whose page names the area `staff` in its texts. Choosing a name asks
// for its PIN; from then on each tap here is known as theirs, until they leave, another one comes, or so long without a tap as the device is
// set to. Where nobody has a PIN there is nothing to choose, and no button.
import { UserRound } from 'lucide';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from '../i18n/index.ts';
import { useBoard, useScreen } from '../live/index.ts';
import { Icon } from '../ui/icon.tsx';

const StaffDialog = lazy(async () => ({ default: (await import('./staff-dialog.tsx')).StaffDialog }));

/** @param labelled with the name beside the icon, where there is room */
export function StaffSwitch({ className = '', labelled = false }: { className?: string; labelled?: boolean }) {
  const t = useTranslations('staff');
  const screen = useScreen();
  const here = useBoard((view) => view.staff);
  const [open, setOpen] = useState(false);
  if (screen.person || !here?.offered) return null;
  const { person } = here;
  return (
    <>
      <button type="button" data-action="staff" data-staff={person?.name ?? ''} aria-label={person ? `${t('who')} ${person.name}` : t('who')} aria-haspopup="dialog" onClick={() => setOpen(true)} className={`inline-flex items-center justify-center gap-2 select-none active:bg-press ${className}`}>
        <Icon of={UserRound} className={`size-6 shrink-0 ${person ? 'text-ready' : 'text-warn'}`} />
        {labelled && <span className="max-w-28 truncate">{person?.name ?? t('who')}</span>}
      </button>
      {open && (
        <Suspense>
          <StaffDialog screen={screen} present={person} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

'use client';
// The staff member at this screen. The switch stands in the head of every paired screen, and the page loads the texts
// of the area `staff`. Choosing a name asks for its PIN. From then on each tap counts as theirs, until they leave,
// another one signs in, or the device's minutes pass without a tap. Where nobody has a PIN there is no button.
import { TriangleAlert, UserRound } from 'lucide';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from '../i18n/index.ts';
import { useBoard, useScreen } from '../live/index.ts';
import { Icon } from '../ui/icon.tsx';
import { lateSheet } from '../ui/late-sheet.tsx';
import { briefName } from '../accounts/brief-name.ts';

const StaffDialog = lateSheet(async () => (await import('./staff-dialog.tsx')).StaffDialog);

/** @param labelled with the name beside the icon, where there is room */
export function StaffSwitch({ className = '', labelled = false }: { className?: string; labelled?: boolean }) {
  const t = useTranslations('staff');
  const screen = useScreen();
  const here = useBoard((view) => view.staff);
  const [open, setOpen] = useState(false);
  const { ended, leaving } = useEnded(screen.person ? null : (here?.person?.name ?? null));
  if (screen.person) return null;
  const { person, offered } = here ?? { person: null, offered: false };
  return (
    <>
      {offered && (
        <button
          type="button"
          data-action="staff"
          data-staff={person?.name ?? ''}
          aria-label={person ? `${t('who')} ${person.name}` : t('who')}
          aria-haspopup="dialog"
          onClick={() => setOpen(true)}
          className={`inline-flex items-center justify-center gap-2 select-none active:bg-press ${className}`}
        >
          {labelled || !person ? (
            <Icon of={UserRound} className={`size-6 shrink-0 ${person ? 'text-ready' : 'text-warn'}`} />
          ) : (
            <span className="text-[1.0625rem] font-bold text-ready">{briefName(person.name, 2)}</span>
          )}
          {labelled && <span>{person ? briefName(person.name, 14) : t('who')}</span>}
        </button>
      )}
      {offered && open && (
        <StaffDialog screen={screen} present={person} onLeave={leaving} onClose={() => setOpen(false)} />
      )}
      {/*
        Taps go through it, so it makes nobody wait. It is there from the start: readers of screens announce only what
        changes in a region that they know, and one that came with the staff laid out the whole page once more.
      */}
      <div role="status" className="pointer-events-none fixed inset-x-0 bottom-22 z-20 flex justify-center px-3">
        {ended && (
          <p
            data-staff-ended={ended}
            className="flex max-w-2xl items-center gap-3 rounded-xl bg-warn-fill px-4 py-3 text-left text-[1.125rem] leading-6 font-semibold text-on-warn shadow-2xl"
          >
            <Icon of={TriangleAlert} className="size-6 shrink-0" />
            {t('ended', { name: ended })}
          </p>
        )}
      </div>
    </>
  );
}

/** Long enough to be read after a look elsewhere. After it, the head still shows that nobody is signed in. */
const SAID_MS = 20_000;

/**
 * The person whose sign-in ended without their doing: no tap for too long, or removed by a manager. Taps carry no name
 * from then on.
 */
function useEnded(name: string | null): { ended: string | null; leaving: () => void } {
  const before = useRef(name);
  const left = useRef(false);
  const [ended, setEnded] = useState<string | null>(null);
  useEffect(() => {
    const last = before.current;
    before.current = name;
    const byThemselves = left.current;
    left.current = false;
    if (name !== null || last === null || byThemselves) {
      setEnded(null);
      return undefined;
    }
    setEnded(last);
    const timer = setTimeout(() => setEnded(null), SAID_MS);
    return () => clearTimeout(timer);
  }, [name]);
  return {
    ended,
    leaving: () => {
      left.current = true;
    },
  };
}

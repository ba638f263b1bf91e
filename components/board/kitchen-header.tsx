'use client';
// The head of the kitchen's screen: what is open, how much of it is late, and whether that is to be believed; and what can be opened.
import { BellOff, BellRing, CircleSlash, ListOrdered, Settings, Undo2, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { FindButton } from '../find/index.ts';
import { useTranslations } from '../i18n/index.ts';
import { useBoard, useClock, useScreen } from '../live/index.ts';
import { Clock, Pill, prefer, StaleBanner, usePreferences, type ScreenSounds } from '../ui/index.ts';
import { clock, strong } from './rich.tsx';
import type { SheetName } from './sheets.ts';
import type { StationTicket } from './station-tickets.ts';
import { countLate } from './tone.ts';

export interface KitchenHeaderProps {
  readonly tickets: readonly StationTicket[];
  readonly sounds: ScreenSounds;
  readonly onOpen: (sheet: SheetName) => void;
  /** More buttons, of other parts of the screen. */
  readonly children?: ReactNode;
}

const headButton = 'min-h-16 min-w-16 flex-col gap-0.5! border-l border-line px-2 text-[0.9375rem] leading-5 font-semibold whitespace-nowrap sm:min-w-19';

export function KitchenHeader({ tickets, sounds, onOpen, children }: KitchenHeaderProps) {
  const t = useTranslations('board.head');
  const { station } = useScreen();
  const board = useTranslations('board');
  const kitchen = useTranslations('common.roles');
  const stations = useBoard((view) => view.facts.stations);
  const soldOut = useBoard((view) => view.facts.soldOut.length);
  const late = useClock((now) => countLate(tickets, stations, now));
  const held = tickets.filter((card) => card.held).length;
  const oldest = tickets[0]?.held ? undefined : tickets[0];
  return (
    <header className="flex flex-wrap items-stretch border-b border-line bg-panel text-[1.25rem]">
      <StaleBanner className="flex min-h-16 min-w-0 flex-1 flex-wrap items-center gap-x-4 pl-4 max-sm:basis-full">
        <h1 className="min-w-0 truncate text-[1.5rem] leading-8 font-extrabold">{station?.name ?? kitchen('kitchen')}</h1>
        <p className="flex items-baseline gap-4 text-muted">
          <span>{t.rich('open', { count: tickets.length - held, strong })}</span>
          {held > 0 && <span className="max-lg:hidden">{t.rich('held', { count: held, strong })}</span>}
          {late > 0 && <strong className="text-late tabular-nums">{t('late', { count: late })}</strong>}
          {oldest && (
            <span className="hidden xl:inline">
              {t.rich('oldest', { age: clock(oldest.firedAt, 'font-bold text-text') })}
            </span>
          )}
        </p>
        <span className="mr-3 ml-auto hidden lg:inline">
          <Pill />
        </span>
        <span className="mr-3 ml-auto lg:hidden">
          <Pill compact />
        </span>
      </StaleBanner>
      <div className="ml-auto flex min-w-0 items-stretch max-sm:w-full max-sm:justify-between">
        <ShiftBadge sounds={sounds} />
        {children}
        <FindButton labelled className={`${headButton} [&>svg]:size-6`} />
        <HeadButton action="open-recall" label={board('recall')} icon={Undo2} onClick={() => onOpen('recall')} />
        <HeadButton action="open-all-day" label={t('allDay')} icon={ListOrdered} onClick={() => onOpen('all-day')} />
        <HeadButton action="open-sold-out" label={soldOut ? t('soldOutCount', { count: soldOut }) : t('soldOut')} icon={CircleSlash} onClick={() => onOpen('sold-out')} alert={soldOut > 0} />
        <HeadButton action="open-settings" label={t('settings')} icon={Settings} onClick={() => onOpen('settings')} />
        <Clock className="hidden items-center border-l border-line px-3 font-bold md:flex" />
      </div>
    </header>
  );
}

interface HeadButtonProps {
  readonly action: string;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly onClick: () => void;
  readonly alert?: boolean;
}

function HeadButton({ action, label, icon: Icon, onClick, alert = false }: HeadButtonProps) {
  return (
    <button
      type="button" data-action={action} onClick={onClick}
      className={`flex items-center justify-center select-none active:bg-press ${headButton} ${alert ? 'text-late' : ''}`}
    >
      <Icon aria-hidden className="size-6" />
      {label}
    </button>
  );
}

/** Nobody should have to find out by a missed order that the screen is silent. */
function ShiftBadge({ sounds }: { sounds: ScreenSounds }) {
  const t = useTranslations('board.head');
  const preferred = usePreferences().sounds;
  const silent = preferred.muted || preferred.volume === 0;
  if (sounds.running && !silent) return null;
  const look = 'flex min-h-16 min-w-16 flex-col items-center justify-center gap-0.5 px-3 text-[0.9375rem] leading-5 font-bold whitespace-nowrap select-none active:brightness-110';
  if (!sounds.running) {
    return (
      <button type="button" data-action="start-shift" onClick={sounds.start} className={`${look} bg-info-fill text-on-info`}>
        <BellRing aria-hidden className="size-6" />
        {t('startShift')}
      </button>
    );
  }
  return (
    <button type="button" data-action="unmute" onClick={() => prefer({ sounds: { muted: false, volume: preferred.volume || 0.7 } })} className={`${look} bg-warn-fill text-on-warn`}>
      <BellOff aria-hidden className="size-6" />
      {t('muted')}
    </button>
  );
}

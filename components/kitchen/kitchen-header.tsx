'use client';
// The header of the kitchen's screen: the number of open and late tickets, whether the board is live, and the buttons
// that open sheets.
import { BellOff, BellRing, CircleSlash, ListOrdered, Settings, Undo2 } from 'lucide';
import { useMemo, type ReactNode } from 'react';
import { FindButton, type FindButtonProps } from '../find/index.ts';
import { isGone } from '../../server/protocol/rules/sold-out.ts';
import { useTranslations } from '../i18n/index.ts';
import { useBoard, useClock, useHasBoard, useScreen } from '../live/index.ts';
import { Icon } from '../ui/icon.tsx';
import {
  Clock,
  Digits,
  HeadButton,
  headButton,
  Pill,
  prefer,
  StaleBanner,
  usePreferences,
  type ScreenSounds,
} from '../ui/index.ts';
import { clock, strong, strongNumber } from '../ui/rich.tsx';
import type { SheetName } from './sheet-props.ts';
import type { StationTicket } from './station-tickets.ts';
import { lateTimes } from '../order/tone.ts';
import { UpcomingButton } from '../order/upcoming-button.tsx';

export interface KitchenHeaderProps {
  readonly tickets: readonly StationTicket[];
  readonly sounds: ScreenSounds;
  readonly onOpen: (sheet: SheetName) => void;
  readonly find: NonNullable<FindButtonProps['opened']>;
  /** More buttons, from other parts of the screen. */
  readonly children?: ReactNode;
}

export function KitchenHeader({ tickets, sounds, onOpen, find, children }: KitchenHeaderProps) {
  const t = useTranslations('board.head');
  const { station } = useScreen();
  const board = useTranslations('board');
  const kitchen = useTranslations('common.roles');
  const stations = useBoard((view) => view.facts.stations);
  const soldOut = useBoard((view) => view.facts.soldOut.filter(isGone).length);
  const times = useMemo(() => lateTimes(tickets, stations), [tickets, stations]);
  const late = useClock((now) => times.filter((time) => time <= now).length);
  const hasBoard = useHasBoard();
  const open = tickets.filter((card) => !card.held);
  const oldest = open.length ? Math.min(...open.map(({ firedAt }) => firedAt)) : null;
  return (
    <header className="flex flex-wrap items-stretch border-b border-line bg-panel text-[1.25rem]">
      <StaleBanner className="@container flex min-h-16 min-w-0 max-sm:min-h-20 flex-1 flex-wrap items-center gap-x-4 gap-y-1 py-1 pl-4 max-lg:basis-full">
        <h1 className="min-w-0 truncate text-[1.5rem] leading-8 font-extrabold">
          {station?.name ?? kitchen('kitchen')}
        </h1>
        <p className="flex items-baseline gap-4 whitespace-nowrap text-muted">
          {hasBoard && <span>{t.rich('open', { count: open.length, strong: strongNumber })}</span>}
          {open.length < tickets.length && (
            <span className="hidden @min-[30rem]:inline">
              {t.rich('held', { count: tickets.length - open.length, strong })}
            </span>
          )}
          {late > 0 && (
            <strong className="text-late">
              <Digits>{t('late', { count: late })}</Digits>
            </strong>
          )}
          {oldest !== null && (
            <span className="hidden @min-[36rem]:inline">
              {t.rich('oldest', { age: clock(oldest, 'font-bold text-text', '00:00') })}
            </span>
          )}
        </p>
        <span className="mr-3 ml-auto">
          <Pill compact="narrow" />
        </span>
      </StaleBanner>
      <div className="ml-auto flex min-w-0 items-stretch max-lg:w-full max-lg:border-t max-lg:border-line max-lg:[&>button]:flex-1 max-sm:flex-wrap">
        <ShiftBadge sounds={sounds} />
        {children}
        <FindButton labelled className={headButton} opened={find} />
        <UpcomingButton stationId={station?.id ?? null} onOpen={() => onOpen('upcoming')} />
        <HeadButton action="open-recall" label={board('recall')} icon={Undo2} onClick={() => onOpen('recall')} />
        <HeadButton action="open-all-day" label={t('allDay')} icon={ListOrdered} onClick={() => onOpen('all-day')} />
        <HeadButton
          action="open-sold-out"
          label={soldOut ? t('soldOutCount', { count: soldOut }) : t('soldOut')}
          icon={CircleSlash}
          onClick={() => onOpen('sold-out')}
          alert={soldOut > 0}
        />
        <HeadButton action="open-settings" label={t('settings')} icon={Settings} onClick={() => onOpen('settings')} />
        <Clock className="hidden items-center border-l border-line px-3 font-bold sm:flex" />
      </div>
    </header>
  );
}

/** Says that the screen is silent, so that no cook finds out by a missed order. */
export function ShiftBadge({ sounds }: { sounds: ScreenSounds }) {
  const t = useTranslations('board.head');
  const preferred = usePreferences().sounds;
  const silent = preferred.muted || preferred.volume === 0;
  if (sounds.running && !silent) return null;
  const badge = `flex items-center justify-center ${headButton}`;
  if (!sounds.running) {
    return (
      <button
        type="button"
        data-action="start-shift"
        onClick={sounds.start}
        className={`${badge} bg-info-fill text-on-info`}
      >
        <Icon of={BellRing} />
        <span>{t('startShift')}</span>
      </button>
    );
  }
  return (
    <button
      type="button"
      data-action="unmute"
      onClick={() => prefer({ sounds: { muted: false, volume: preferred.volume || 0.7 } })}
      className={`${badge} bg-warn-fill text-on-warn`}
    >
      <Icon of={BellOff} />
      <span>{t('muted')}</span>
    </button>
  );
}

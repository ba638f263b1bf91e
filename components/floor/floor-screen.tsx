'use client';
// The waiters' screen, for a phone in one hand. Dishes to carry now come first, everything else below them or one tab
// away.
import { Settings, VolumeX } from 'lucide';
import { type ReactNode, useMemo, useState } from 'react';
import type { ScreenIdentity } from '../../server/protocol/views.ts';
import { FindButton } from '../find/index.ts';
import { StaffSwitch } from '../staff/staff-switch.tsx';
import { useTranslations } from '../i18n/index.ts';
import { BoardProvider, useHasBoard, useScreen } from '../live/index.ts';
import { Icon } from '../ui/icon.tsx';
import {
  lateSheet,
  Pill,
  prefer,
  ScreenRoot,
  type ScreenSounds,
  StaleStrip,
  usePreferences,
  useSounds,
} from '../ui/index.ts';
import { isMine } from './my-tables.ts';
import { OrderGrid } from './order-grid.tsx';
import { ReadyAlerts } from './ready-alerts.tsx';
import { SoldOutStrip } from '../sold-out/sold-out-strip.tsx';
import { UpcomingStrip } from './upcoming-strip.tsx';
import { useFloorCards } from './use-floor-cards.ts';
import { useBadge, useReadyAlerts } from './use-ready-alerts.ts';

const FloorSettingsSheet = lateSheet(async () => (await import('./settings-sheet.tsx')).FloorSettingsSheet);
const KeysSheet = lateSheet(async () => (await import('../keys/keys-sheet.tsx')).KeysSheet);
const FloorUpcomingSheet = lateSheet(async () => (await import('./upcoming-sheet.tsx')).FloorUpcomingSheet);
const SoldOutSheet = lateSheet(async () => (await import('../sold-out/sold-out-sheet.tsx')).SoldOutSheet);

export function FloorScreen({ screen }: { screen: ScreenIdentity }) {
  return (
    <BoardProvider screen={screen}>
      <ScreenRoot className="flex h-dvh flex-col overflow-hidden">
        <Floor />
      </ScreenRoot>
    </BoardProvider>
  );
}

type Tab = 'ready' | 'mine' | 'all';

function Floor() {
  const t = useTranslations('floor');
  const { restaurant } = useScreen();
  const { tables } = usePreferences();
  const cards = useFloorCards();
  const hasBoard = useHasBoard();
  const sounds = useSounds();
  const alerts = useReadyAlerts(sounds);
  const [chosen, setChosen] = useState<Tab | null>(null);
  const [sheet, setSheet] = useState<'settings' | 'sold-out' | 'upcoming' | 'keys' | null>(null);
  const find = useState(false);
  const keys = {
    'sold-out': () => setSheet('sold-out'),
    settings: () => setSheet('settings'),
    help: () => setSheet('keys'),
    find: () => find[1](true),
    'start-shift': sounds.start,
  };
  const tab = chosen ?? (tables.length > 0 ? 'mine' : 'all');
  const mine = useMemo(() => cards.filter(({ order }) => isMine(order, tables)), [cards, tables]);
  const ready = useMemo(() => mine.filter(({ state }) => state === 'ready'), [mine]);
  useBadge(ready.length);
  const shown = { ready, mine, all: cards }[tab];
  const chooseTab = (tab: Tab) => {
    setChosen(tab);
    if (tab === 'mine' && tables.length === 0) setSheet('settings');
  };
  return (
    <>
      <header className="z-10 grid grid-cols-[minmax(0,1fr)] gap-2 border-b border-line bg-bg pb-3">
        <div className="flex flex-wrap items-center justify-end gap-x-0.5 pr-1">
          {/* On a phone the pill stands below the title, because the row has no room for both and all buttons. With
              large text the buttons go below as well. */}
          <div className="flex min-h-15 min-w-fit flex-1 items-center justify-between gap-x-2 pl-4 max-sm:flex-col max-sm:items-start max-sm:justify-center max-sm:gap-y-0.5 max-sm:py-1.5 max-sm:pl-3">
            <h1 className="flex w-0 min-w-full items-baseline gap-x-2 text-[1.375rem] leading-7 font-bold max-sm:leading-6 sm:w-auto sm:min-w-0 sm:flex-1">
              {t('title')}{' '}
              <span
                title={restaurant.name}
                className="min-w-0 truncate text-[0.875rem] leading-4 font-medium text-muted"
              >
                {restaurant.name}
              </span>
            </h1>
            <Pill compact />
          </div>
          <SoundButton sounds={sounds} />
          <StaffSwitch className="size-[52px] shrink-0 rounded-xl" />
          <FindButton className="size-[52px] shrink-0 rounded-xl text-muted" opened={find} />
          <IconButton action="settings" label={t('settings.open')} onClick={() => setSheet('settings')}>
            <Icon of={Settings} className="size-6" />
          </IconButton>
        </div>
        <div role="group" aria-label={t('which')} className="grid grid-cols-3 gap-2 px-3">
          {(
            [
              ['ready', ready.length],
              ['mine', tables.length > 0 ? mine.length : null],
              ['all', cards.length],
            ] as const
          ).map(([one, count]) => (
            <button
              key={one}
              type="button"
              data-action={`tab-${one}`}
              aria-pressed={tab === one}
              onClick={() => chooseTab(one)}
              className={`min-h-13 rounded-xl px-1 text-[1.0625rem] leading-5 font-bold tabular-nums ${tab === one ? 'bg-text text-bg' : one === 'ready' && ready.length > 0 ? 'bg-ready-soft text-ready' : 'bg-head text-muted'}`}
            >
              {t(`tabs.${one}`)} {hasBoard && count}
            </button>
          ))}
        </div>
      </header>
      <OrderGrid
        cards={shown}
        what={tab === 'ready' ? 'ready' : 'orders'}
        keys={keys}
        above={
          <>
            <UpcomingStrip onOpen={() => setSheet('upcoming')} />
            <SoldOutStrip onOpen={() => setSheet('sold-out')} />
          </>
        }
      >
        <ReadyAlerts {...alerts} onAll={() => setChosen('ready')} />
        {/* At the foot the strip moves no card, and the tabs and the search stay in reach. */}
        <StaleStrip className="rounded-2xl py-2 shadow-2xl max-sm:gap-2 max-sm:px-2.5 max-sm:py-1.5 max-sm:[&>p]:text-[0.875rem] max-sm:[&>p]:leading-4.25 max-sm:[&>svg]:size-6 max-sm:[&_strong]:text-[0.9375rem]" />
      </OrderGrid>
      {sheet === 'keys' && <KeysSheet pass onClose={() => setSheet(null)} />}
      {sheet === 'settings' && <FloorSettingsSheet sounds={sounds} onClose={() => setSheet(null)} />}
      {sheet === 'upcoming' && <FloorUpcomingSheet onClose={() => setSheet(null)} />}
      {sheet === 'sold-out' && <SoldOutSheet mayMark={false} size="floor" onClose={() => setSheet(null)} />}
    </>
  );
}

/** Shown only while alerts make no sound. */
function SoundButton({ sounds: { running, start } }: { sounds: ScreenSounds }) {
  const t = useTranslations('floor.sound');
  const { sounds } = usePreferences();
  if (running && !sounds.muted) return null;
  return (
    <IconButton
      action="sound"
      label={t('locked')}
      onClick={() => {
        prefer({ sounds: { ...sounds, muted: false } });
        start();
      }}
    >
      <Icon of={VolumeX} className="size-6 text-warn" />
    </IconButton>
  );
}

function IconButton({
  action,
  label,
  onClick,
  children,
}: {
  action: string;
  label: string;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      data-action={action}
      aria-label={label}
      onClick={onClick}
      className="grid size-[52px] shrink-0 place-items-center rounded-xl text-muted active:bg-press"
    >
      {children}
    </button>
  );
}

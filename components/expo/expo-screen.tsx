'use client';
// The expo's screen at the pass: every order with each station's progress, and the dishes that can go out now.
import { CircleSlash, Settings, TriangleAlert, Undo2 } from 'lucide';
import { type ReactNode, useMemo, useState } from 'react';
import type { ScreenIdentity } from '../../server/protocol/views.ts';
import { FindButton } from '../find/index.ts';
import { StaffSwitch } from '../staff/staff-switch.tsx';
import { allReady, expoCards, lateAt } from '../order/cards.ts';
import { OrderGrid } from '../floor/order-grid.tsx';
import { SoldOutStrip } from '../floor/sold-out-strip.tsx';
import { UpcomingButton } from '../order/upcoming-button.tsx';
import { useTranslations } from '../i18n/index.ts';
import { BoardProvider, useBoard, useClock } from '../live/index.ts';
import { Icon } from '../ui/icon.tsx';
import { Clock, HeadButton, headButton, lateSheet, Pill, ScreenRoot, StaleBanner } from '../ui/index.ts';

const FloorSettingsSheet = lateSheet(async () => (await import('../floor/settings-sheet.tsx')).FloorSettingsSheet);
const FloorSoldOutSheet = lateSheet(async () => (await import('../floor/sold-out-sheet.tsx')).FloorSoldOutSheet);
const FloorUpcomingSheet = lateSheet(async () => (await import('../floor/upcoming-sheet.tsx')).FloorUpcomingSheet);
const ExpoRecallSheet = lateSheet(async () => (await import('./recall-sheet.tsx')).ExpoRecallSheet);

export function ExpoScreen({ screen }: { screen: ScreenIdentity }) {
  return (
    <BoardProvider screen={screen}>
      <ScreenRoot className="flex min-h-dvh flex-col">
        <Expo />
      </ScreenRoot>
    </BoardProvider>
  );
}

function Expo() {
  const t = useTranslations('expo');
  const common = useTranslations('common');
  const orders = useBoard((view) => view.orders);
  const facts = useBoard((view) => view.facts);
  const cards = useMemo(() => expoCards(orders.values()), [orders]);
  const lateFrom = useMemo(() => {
    const stations = new Map(facts.stations.map((station) => [station.id, station]));
    return cards
      .filter(({ state }) => state !== 'canceled')
      .map(({ order }) => lateAt(order, stations))
      .filter((at) => at !== null);
  }, [cards, facts.stations]);
  const late = useClock((now) => lateFrom.filter((at) => now > at).length);
  const complete = cards.filter(allReady).length;
  const soldOut = facts.soldOut.length;
  const [sheet, setSheet] = useState<'settings' | 'sold-out' | 'recall' | 'upcoming' | null>(null);
  const close = () => setSheet(null);
  return (
    <>
      <header className="sticky top-0 z-10 border-b border-line bg-panel">
        <div className="flex flex-wrap items-stretch justify-end">
          <StaleBanner className="@container flex min-h-16 min-w-0 max-sm:min-h-20 flex-1 flex-wrap items-center gap-x-4 gap-y-1 py-1 pl-4 text-[1.25rem] max-lg:basis-full">
            <h1 className="text-[1.5rem] leading-8 font-extrabold">{common('roles.expo')}</h1>
            <p className="flex items-baseline gap-4 whitespace-nowrap text-muted tabular-nums">
              <span>{t.rich('open', { count: cards.length, strong })}</span>
              <span className={complete > 0 ? 'font-bold text-ready' : 'hidden @min-[30rem]:inline'}>
                {t('complete', { count: complete })}
              </span>
              {late > 0 && <strong className="text-late">{t('late', { count: late })}</strong>}
            </p>
            <span className="mr-3 ml-auto">
              <Pill compact="narrow" />
            </span>
          </StaleBanner>
          <div className="ml-auto flex min-w-0 items-stretch max-lg:w-full max-lg:border-t max-lg:border-line max-lg:[&>button]:flex-1 max-sm:flex-wrap">
            <StaffSwitch labelled className={headButton} />
            <FindButton labelled className={headButton} />
            <UpcomingButton stationId={null} onOpen={() => setSheet('upcoming')} />
            <HeadButton action="open-recall" label={t('recall')} icon={Undo2} onClick={() => setSheet('recall')} />
            <HeadButton
              action="sold-out-list"
              label={soldOut > 0 ? t('soldOutCount', { count: soldOut }) : t('soldOut')}
              icon={CircleSlash}
              alert={soldOut > 0}
              onClick={() => setSheet('sold-out')}
            />
            <HeadButton action="settings" label={t('settings')} icon={Settings} onClick={() => setSheet('settings')} />
            <Clock className="hidden items-center border-l border-line px-3 text-[1.25rem] font-bold sm:flex" />
          </div>
        </div>
        <Unconfirmed />
      </header>
      <div className="px-3 pt-3 empty:hidden">
        <SoldOutStrip onOpen={() => setSheet('sold-out')} />
      </div>
      <OrderGrid cards={cards} what="orders" pass />
      {sheet === 'settings' && <FloorSettingsSheet tables={false} onClose={close} />}
      {sheet === 'sold-out' && <FloorSoldOutSheet mayMark onClose={close} />}
      {sheet === 'upcoming' && <FloorUpcomingSheet onClose={close} />}
      {sheet === 'recall' && <ExpoRecallSheet onClose={close} />}
    </>
  );
}

const strong = (chunks: ReactNode) => <strong className="text-text">{chunks}</strong>;

/** The tickets that no screen of their station shows. The expo is the last person that can tell the cooks. */
function Unconfirmed() {
  const t = useTranslations('expo');
  const kitchen = useTranslations('floor')('kitchen');
  const unconfirmed = useBoard((view) => view.unconfirmed);
  const stations = useBoard((view) => view.facts.stations);
  if (unconfirmed === null || unconfirmed.count === 0) return null;
  const names = new Set(
    unconfirmed.tickets.map(({ stationId }) => stations.find(({ id }) => id === stationId)?.name ?? kitchen),
  );
  return (
    <p
      role="status"
      data-unconfirmed={unconfirmed.count}
      className="flex items-start gap-2.5 border-t border-black/25 bg-warn-fill px-4 py-2 text-[1.0625rem] leading-6 font-semibold text-on-warn"
    >
      <Icon of={TriangleAlert} className="mt-0.5 size-5 shrink-0" strokeWidth={2.5} />
      {t('unconfirmed', { count: unconfirmed.count, stations: [...names].join(', ') })}
    </p>
  );
}

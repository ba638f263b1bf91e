'use client';
// The expo's screen at the pass: every order with each station's progress, on pages as in the kitchen, and the orders
// that can go out now.
import { CircleSlash, Settings, TriangleAlert, Undo2 } from 'lucide';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { ScreenIdentity } from '../../server/protocol/views.ts';
import { isRushed } from '../../server/protocol/views.ts';
import { useSize } from '../cards/use-size.ts';
import { FindButton } from '../find/index.ts';
import { StaffSwitch } from '../staff/staff-switch.tsx';
import { allReady, expoCards, lateAt } from '../order/cards.ts';
import { SoldOutStrip } from '../sold-out/sold-out-strip.tsx';
import { isGone } from '../../server/protocol/rules/sold-out.ts';
import { UpcomingButton } from '../order/upcoming-button.tsx';
import { useOrderActions } from '../floor/use-order-actions.ts';
import { useOrderKeys } from '../floor/use-order-keys.ts';
import { useTranslations } from '../i18n/index.ts';
import { ShiftBadge } from '../kitchen/kitchen-header.tsx';
import { BoardProvider, useBoard, useClock, useHasBoard } from '../live/index.ts';
import { useWakeLock } from '../ui/device.ts';
import { PAGE_IDLE_MS, useIdle } from '../ui/use-idle.ts';
import { Icon } from '../ui/icon.tsx';
import {
  Clock,
  EmptyBoard,
  HeadButton,
  headButton,
  lateSheet,
  Pill,
  ScreenRoot,
  StaleBanner,
  usePreferences,
  useSounds,
  type ScreenSounds,
} from '../ui/index.ts';
import type { PassActions } from './pass-card-foot.tsx';
import { PassFoot } from './pass-foot.tsx';
import { PassGrid, usePassPages } from './pass-grid.tsx';
import { passSizesOf } from './pass-sizes.ts';
import { isNewlyLate, passSoundsBetween } from './pass-sounds.ts';
import { usePutAway } from './put-away.ts';

const PassSettingsSheet = lateSheet(async () => (await import('./settings-sheet.tsx')).PassSettingsSheet);
const OrderSheet = lateSheet(async () => (await import('../floor/order-sheet.tsx')).OrderSheet);
const SoldOutSheet = lateSheet(async () => (await import('../sold-out/sold-out-sheet.tsx')).SoldOutSheet);
const FloorUpcomingSheet = lateSheet(async () => (await import('../floor/upcoming-sheet.tsx')).FloorUpcomingSheet);
const KeysSheet = lateSheet(async () => (await import('../keys/keys-sheet.tsx')).KeysSheet);
const ExpoRecallSheet = lateSheet(async () => (await import('./recall-sheet.tsx')).ExpoRecallSheet);

export function ExpoScreen({ screen }: { screen: ScreenIdentity }) {
  return (
    <BoardProvider screen={screen}>
      <ScreenRoot className="flex h-dvh flex-col overflow-hidden">
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
  const settings = usePreferences();
  const stations = useMemo(() => new Map(facts.stations.map((station) => [station.id, station])), [facts.stations]);
  const { away, putAway } = usePutAway();
  const cards = useMemo(
    () =>
      expoCards(orders.values(), stations).filter(({ order, state }) => state !== 'canceled' || !away.has(order.id)),
    [orders, stations, away],
  );
  const lateFrom = useMemo(
    () =>
      cards
        .filter(({ state }) => state !== 'canceled')
        .map(({ order }) => [order.id, lateAt(order, stations)] as const),
    [cards, stations],
  );
  const lateIds = useClock((now) => lateFrom.flatMap(([id, at]) => (at !== null && now > at ? [id] : [])).join('\n'));
  const late = lateIds === '' ? 0 : lateIds.split('\n').length;
  const sounds = usePassSounds(lateIds);
  useWakeLock(settings.awake);
  const doing = useOrderActions();
  const { actions: orderActions, asks, cancel, serving, opened, close: closeOrder } = doing;
  const actions = useMemo((): PassActions => ({ ...orderActions, putAway }), [orderActions, putAway]);

  const [turnedTo, setPage] = useState(0);
  const [area, size] = useSize();
  const sizes = passSizesOf(settings);
  const layout = usePassPages(cards, size, sizes);
  const pageCount = layout?.pages.length ?? 1;
  const page = Math.min(turnedTo, pageCount - 1);
  useIdle(turnedTo > 0 ? PAGE_IDLE_MS : null, () => setPage(0));
  const inView = new Set(layout?.pages[page]?.map((placement) => placement.card));
  const hidden = layout ? cards.filter((_, index) => !inView.has(index)) : [];
  const hasBoard = useHasBoard();
  const complete = cards.filter(allReady).length;
  const soldOut = facts.soldOut.filter(isGone).length;
  const [sheet, setSheet] = useState<'settings' | 'sold-out' | 'recall' | 'upcoming' | 'keys' | null>(null);
  const close = () => setSheet(null);
  const find = useState(false);
  const turn = (to: number) => setPage(Math.max(0, Math.min(pageCount - 1, to)));
  useOrderKeys({
    root: area,
    cards,
    doing,
    // The pass holds an order until all of it is ready. A canceled one is put away.
    finish: (card) => {
      if (card.state === 'canceled') putAway(card.order.id);
      else if (allReady(card)) orderActions.serve(card.order, card.ready);
    },
    screen: {
      recall: () => setSheet('recall'),
      'sold-out': () => setSheet('sold-out'),
      settings: () => setSheet('settings'),
      help: () => setSheet('keys'),
      find: () => find[1](true),
      'previous-page': () => turn(page - 1),
      'next-page': () => turn(page + 1),
      'start-shift': sounds.start,
    },
  });
  return (
    <>
      <header className="z-10 border-b border-line bg-panel">
        <div className="flex flex-wrap items-stretch justify-end">
          <StaleBanner className="@container flex min-h-16 min-w-0 max-sm:min-h-20 flex-1 flex-wrap items-center gap-x-4 gap-y-1 py-1 pl-4 text-[1.25rem] max-lg:basis-full">
            <h1 className="text-[1.5rem] leading-8 font-extrabold">{common('roles.expo')}</h1>
            <p className="flex items-baseline gap-4 whitespace-nowrap text-muted tabular-nums">
              {hasBoard && (
                <>
                  <span>{t.rich('open', { count: cards.length, strong })}</span>
                  <span className={complete > 0 ? 'font-bold text-ready' : 'hidden @min-[30rem]:inline'}>
                    {t('complete', { count: complete })}
                  </span>
                </>
              )}
              {late > 0 && <strong className="text-late">{t('late', { count: late })}</strong>}
            </p>
            <span className="mr-3 ml-auto">
              <Pill compact="narrow" />
            </span>
          </StaleBanner>
          <div className="ml-auto flex min-w-0 items-stretch max-lg:w-full max-lg:border-t max-lg:border-line max-lg:[&>button]:flex-1 max-sm:flex-wrap">
            <ShiftBadge sounds={sounds} />
            <StaffSwitch labelled className={headButton} />
            <FindButton labelled className={headButton} opened={find} />
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
      <div className="px-2 pt-2 empty:hidden">
        <SoldOutStrip onOpen={() => setSheet('sold-out')} />
      </div>
      <main className="relative min-h-0 flex-1" data-density={settings.density}>
        {/* Layout containment: the browser lays out the board and its surroundings independently. */}
        <div ref={area} className="absolute inset-x-2 inset-y-1 contain-strict">
          {cards.length === 0 && <EmptyBoard what="orders" />}
          {layout && cards.length > 0 && (
            <PassGrid cards={cards} layout={layout} sizes={sizes} page={page} actions={actions} />
          )}
        </div>
      </main>
      <PassFoot
        asks={asks}
        cancel={cancel}
        serving={serving}
        page={page}
        pageCount={pageCount}
        onPage={setPage}
        hidden={{
          count: hidden.length,
          held: 0,
          oldest: hidden.length ? Math.min(...hidden.map(({ firedAt }) => firedAt)) : null,
          rushed: hidden.filter(({ order, state }) => isRushed(order) && state !== 'canceled').length,
        }}
      />
      {opened !== null && <OrderSheet orderId={opened} actions={actions} pass onClose={closeOrder} />}
      {sheet === 'settings' && <PassSettingsSheet sounds={sounds} onClose={close} />}
      {sheet === 'sold-out' && <SoldOutSheet mayMark size="floor" onClose={close} />}
      {sheet === 'upcoming' && <FloorUpcomingSheet onClose={close} />}
      {sheet === 'keys' && <KeysSheet pass onClose={close} />}
      {sheet === 'recall' && <ExpoRecallSheet onClose={close} />}
    </>
  );
}

/** Plays sounds for changes of the shown board. The first board after a start makes no sound. */
function usePassSounds(lateIds: string): ScreenSounds {
  const sounds = useSounds();
  const orders = useBoard((view) => view.orders);
  const hasLiveBoard = useBoard((view) => view.rev !== null && view.restored === null);
  const before = useRef<{ orders: typeof orders; late: ReadonlySet<string> } | null>(null);
  const { play } = sounds;
  useEffect(() => {
    const late = new Set(lateIds === '' ? [] : lateIds.split('\n'));
    if (before.current && hasLiveBoard) {
      const heard = passSoundsBetween(before.current.orders, orders);
      if (isNewlyLate(before.current.late, late)) heard.push('late');
      if (heard.length) play(heard);
    }
    before.current = hasLiveBoard ? { orders, late } : null;
  }, [orders, lateIds, hasLiveBoard, play]);
  return sounds;
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

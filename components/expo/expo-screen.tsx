'use client';
// The pass: every order with each station's progress, and what can go out now.
import { Ban, Settings, TriangleAlert, Undo2 } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react';
import type { ScreenIdentity } from '../../server/protocol/views.ts';
import { FindButton } from '../find/index.ts';
import { StaffSwitch } from '../people/staff-switch.tsx';
import { allReady, expoCards, lateAt } from '../floor/floor-cards.ts';
import { OrderGrid } from '../floor/order-grid.tsx';
import { SoldOutStrip } from '../floor/sold-out-strip.tsx';
import { useTranslations } from '../i18n/index.ts';
import { BoardProvider, useBoard, useClock } from '../live/index.ts';
import { Clock, Pill, ScreenRoot, StaleBanner } from '../ui/index.ts';

const SettingsSheet = lazy(async () => ({ default: (await import('../floor/settings-sheet.tsx')).SettingsSheet }));
const SoldOutSheet = lazy(async () => ({ default: (await import('../floor/sold-out-sheet.tsx')).SoldOutSheet }));
const RecallSheet = lazy(async () => ({ default: (await import('./recall-sheet.tsx')).RecallSheet }));

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
  const floor = useTranslations('floor');
  const orders = useBoard((view) => view.orders);
  const facts = useBoard((view) => view.facts);
  const cards = useMemo(() => expoCards(orders.values()), [orders]);
  const lateFrom = useMemo(() => {
    const stations = new Map(facts.stations.map((station) => [station.id, station]));
    return cards.filter(({ state }) => state !== 'canceled').map(({ order }) => lateAt(order, stations)).filter((at) => at !== null);
  }, [cards, facts.stations]);
  const late = useClock((now) => lateFrom.filter((at) => now > at).length);
  const complete = cards.filter(allReady).length;
  const [sheet, setSheet] = useState<'settings' | 'sold-out' | 'recall' | null>(null);
  const close = () => setSheet(null);
  return (
    <>
      <header className="sticky top-0 z-10 border-b border-line bg-panel">
        <div className="flex flex-wrap items-stretch justify-end">
          <StaleBanner className="flex min-h-16 min-w-0 flex-1 flex-wrap items-center gap-x-5 gap-y-1 px-4 py-2 max-md:basis-full">
            <h1 className="text-[1.5rem] leading-8 font-bold">{common('roles.expo')}</h1>
            <p className="text-[1.125rem] text-muted tabular-nums">{t('open', { count: cards.length })}</p>
            <p className="text-[1.125rem] font-bold text-ready tabular-nums">{t('complete', { count: complete })}</p>
            {late > 0 && <p className="text-[1.125rem] font-bold text-late tabular-nums">{t('late', { count: late })}</p>}
            <span className="ml-auto"><Pill /></span>
          </StaleBanner>
          <StaffSwitch labelled className="min-h-16 min-w-16 border-l border-line px-4 text-[1.125rem] font-semibold" />
          <FindButton labelled className="min-h-16 min-w-16 border-l border-line px-4 text-[1.125rem] font-semibold" />
          <HeadButton action="open-recall" onClick={() => setSheet('recall')}>
            <Undo2 aria-hidden className="size-5" />
            {t('recall')}
          </HeadButton>
          <HeadButton action="sold-out-list" onClick={() => setSheet('sold-out')}>
            <Ban aria-hidden className="size-5" />
            {t('soldOut')}
          </HeadButton>
          <HeadButton action="settings" label={floor('settings.open')} onClick={() => setSheet('settings')}>
            <Settings aria-hidden className="size-6" />
          </HeadButton>
          <Clock className="hidden items-center border-l border-line px-4 text-[1.125rem] font-bold sm:flex" />
        </div>
        <Unconfirmed />
      </header>
      <div className="px-3 pt-3 empty:hidden">
        <SoldOutStrip onOpen={() => setSheet('sold-out')} />
      </div>
      <OrderGrid cards={cards} what="orders" pass />
      <Suspense>
        {sheet === 'settings' && <SettingsSheet tables={false} onClose={close} />}
        {sheet === 'sold-out' && <SoldOutSheet mayMark onClose={close} />}
        {sheet === 'recall' && <RecallSheet onClose={close} />}
      </Suspense>
    </>
  );
}

function HeadButton({ action, label, onClick, children }: { action: string; label?: string; onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" data-action={action} aria-label={label} onClick={onClick} className="inline-flex min-h-16 min-w-16 items-center justify-center gap-2 border-l border-line px-4 text-[1.125rem] font-semibold active:bg-press">
      {children}
    </button>
  );
}

/** Tickets that no screen of their station shows: the pass is the last that can tell the cooks. */
function Unconfirmed() {
  const t = useTranslations('expo');
  const kitchen = useTranslations('floor')('kitchen');
  const unconfirmed = useBoard((view) => view.unconfirmed);
  const stations = useBoard((view) => view.facts.stations);
  if (unconfirmed === null || unconfirmed.count === 0) return null;
  const names = new Set(unconfirmed.tickets.map(({ stationId }) => stations.find(({ id }) => id === stationId)?.name ?? kitchen));
  return (
    <p role="status" data-unconfirmed={unconfirmed.count} className="flex items-start gap-2.5 bg-warn-fill px-4 py-2 text-[1.0625rem] leading-6 font-semibold text-on-warn">
      <TriangleAlert aria-hidden className="mt-0.5 size-5 shrink-0" strokeWidth={2.5} />
      {t('unconfirmed', { count: unconfirmed.count, stations: [...names].join(', ') })}
    </p>
  );
}

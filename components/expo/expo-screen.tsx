'use client';
// The pass: every order with each station's progress, and what can go out now.
import type { ScreenIdentity } from '../../server/protocol/views.ts';
import { allReady } from '../floor/floor-cards.ts';
import { OrderGrid } from '../floor/order-grid.tsx';
import { useFloorCards } from '../floor/use-floor-cards.ts';
import { BoardProvider } from '../live/index.ts';
import { Clock, Pill, ScreenRoot, StaleBanner } from '../ui/index.ts';

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
  const cards = useFloorCards();
  const complete = cards.filter(allReady).length;
  return (
    <>
      <header className="sticky top-0 z-10 border-b border-line bg-panel">
        <div className="flex flex-wrap items-center gap-x-5 gap-y-1 px-4 py-3">
          <h1 className="text-[24px] leading-8 font-bold">Expo</h1>
          <p className="text-[18px] text-muted tabular-nums">
            <strong className="text-text">{cards.length}</strong> open
          </p>
          <p className="flex-1 text-[18px] text-ready tabular-nums">
            <strong>{complete}</strong> complete
          </p>
          <Pill />
          <Clock className="text-[18px] font-bold" />
        </div>
        <StaleBanner />
      </header>
      <OrderGrid cards={cards} what="orders" progress />
    </>
  );
}

'use client';
// The waiters' screen, for a phone in one hand: what to carry now comes first, everything else below it or one tab away.
import { useState, type ReactNode } from 'react';
import type { ScreenIdentity } from '../../server/protocol/views.ts';
import { BoardProvider, useScreen } from '../live/index.ts';
import { Pill, ScreenRoot, StaleBanner } from '../ui/index.ts';
import { OrderGrid } from './order-grid.tsx';
import { useFloorCards } from './use-floor-cards.ts';

export function FloorScreen({ screen }: { screen: ScreenIdentity }) {
  return (
    <BoardProvider screen={screen}>
      <ScreenRoot className="flex min-h-dvh flex-col">
        <Floor />
      </ScreenRoot>
    </BoardProvider>
  );
}

function Floor() {
  const { restaurant } = useScreen();
  const cards = useFloorCards();
  const [readyOnly, setReadyOnly] = useState(false);
  const ready = cards.filter((card) => card.state === 'ready');
  const shown = readyOnly ? ready : cards;
  return (
    <>
      <header className="sticky top-0 z-10 border-b border-line bg-bg">
        <div className="flex items-center justify-between gap-3 px-4 pt-3">
          <h1 className="min-w-0 truncate text-[22px] leading-8 font-bold">
            Floor <span className="text-[15px] font-medium text-muted">{restaurant.name}</span>
          </h1>
          <Pill compact />
        </div>
        <div role="group" aria-label="Which orders" className="grid grid-cols-2 gap-2 p-3">
          <Tab chosen={readyOnly} alert={ready.length > 0} onClick={() => setReadyOnly(true)}>
            Ready {ready.length}
          </Tab>
          <Tab chosen={!readyOnly} onClick={() => setReadyOnly(false)}>
            All {cards.length}
          </Tab>
        </div>
        <StaleBanner />
      </header>
      <OrderGrid cards={shown} what={readyOnly ? 'ready' : 'orders'} />
    </>
  );
}

function Tab({ chosen, alert = false, onClick, children }: { chosen: boolean; alert?: boolean; onClick: () => void; children: ReactNode }) {
  const look = chosen ? 'bg-text text-bg' : alert ? 'bg-ready-soft text-ready' : 'bg-head text-muted';
  return (
    <button type="button" aria-pressed={chosen} onClick={onClick} className={`min-h-13 rounded-xl text-[17px] font-bold tabular-nums ${look}`}>
      {children}
    </button>
  );
}

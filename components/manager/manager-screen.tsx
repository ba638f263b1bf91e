'use client';
// The manager's "Now": what is open, what is late and why, how busy each station is, and whether orders still arrive.
import { useMemo } from 'react';
import type { ScreenIdentity } from '../../server/protocol/views.ts';
import { BoardProvider, useBoard, useHealth, useNow, useScreen } from '../live/index.ts';
import { Clock, Pill, ScreenRoot, StaleBanner, Toasts } from '../ui/index.ts';
import { DelayedOrders } from './delayed-orders.tsx';
import { DiscoveredNotice } from './discovered-notice.tsx';
import { nowFigures } from './now-figures.ts';
import { PipelinePanel } from './pipeline-panel.tsx';
import { StationsPanel } from './stations-panel.tsx';
import { Tiles } from './tiles.tsx';

export function ManagerScreen({ screen }: { screen: ScreenIdentity }) {
  return (
    <BoardProvider screen={screen}>
      <ScreenRoot theme="light" className="min-h-dvh">
        <Manager />
      </ScreenRoot>
    </BoardProvider>
  );
}

function Manager() {
  const { restaurant } = useScreen();
  return (
    <>
      <header className="sticky top-0 z-10 border-b border-line bg-panel">
        <div className="flex flex-wrap items-center gap-x-5 gap-y-2 px-4 py-3 md:px-6">
          <h1 className="min-w-0 flex-1 truncate text-[20px] leading-8 font-bold">{restaurant.name}</h1>
          <span className="md:hidden">
            <Pill compact />
          </span>
          <span className="max-md:hidden">
            <Pill />
          </span>
          <Clock className="text-[17px] font-bold" />
        </div>
        <StaleBanner />
      </header>
      <Now discovered={restaurant.discovered} />
      <Toasts />
    </>
  );
}

/** Everything here is late or not by the second, so it is counted again each second, once for tiles, list and panels. */
function Now({ discovered }: { discovered: boolean }) {
  const byId = useBoard((view) => view.orders);
  const stations = useBoard((view) => view.facts.stations);
  const health = useHealth();
  const now = useNow();
  const orders = useMemo(() => [...byId.values()], [byId]);
  const figures = useMemo(() => nowFigures(orders, stations, health, now), [orders, stations, health, now]);
  return (
    <main className="grid items-start gap-4 p-4 md:gap-5 md:p-6 xl:grid-cols-[minmax(0,1fr)_22rem] min-[1400px]:grid-cols-[minmax(0,1fr)_26rem]">
      <div className="grid min-w-0 gap-4 md:gap-5">
        {discovered && <DiscoveredNotice />}
        <Tiles figures={figures} health={health} />
        <DelayedOrders figures={figures} now={now} />
      </div>
      <aside className="grid gap-4 md:grid-cols-2 md:gap-5 xl:grid-cols-1">
        <StationsPanel loads={figures.loads} />
        <PipelinePanel health={health} now={now} />
      </aside>
    </main>
  );
}

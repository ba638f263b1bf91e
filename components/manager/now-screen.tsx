'use client';
// The manager's "Now": open orders, late orders with their reasons, the load of each station, and the health of the
// pipeline.
import { useEffect, useMemo, useRef } from 'react';
import { ParkedOrders } from '../../server/protocol/parked-orders.ts';
import { Usual } from '../../server/protocol/times.ts';
import { useBoard, useHasBoard, useHealth, useNow, useScreen } from '../live/index.ts';
import { EmptyBoard } from '../ui/index.ts';
import { DelayedOrders } from './delayed-orders.tsx';
import { DiscoveredNotice } from './discovered-notice.tsx';
import { Headline } from './headline.tsx';
import { nowFigures } from './now-figures.ts';
import { PipelinePanel } from './pipeline-panel.tsx';
import { StationsPanel } from './stations-panel.tsx';
import { Tiles } from './tiles.tsx';
import { useInsight } from './use-insight.ts';

const USUAL_MS = 60_000;
const PARKED_MS = 5000;
const nothing: ParkedOrders = { orders: [], count: 0, unknown: 0 };

/** Before there is a board, its figures would be zeros that nobody has read. */
export function NowScreen() {
  return useHasBoard() ? (
    <Now />
  ) : (
    <main className="p-4 md:p-6">
      <EmptyBoard what="orders" />
    </main>
  );
}

/** Lateness changes by the second, so everything here is counted again each second, once for tiles, list and panels. */
function Now() {
  const { restaurant } = useScreen();
  const byId = useBoard((view) => view.orders);
  const stations = useBoard((view) => view.facts.stations);
  const unconfirmed = useBoard((view) => view.unconfirmed);
  const health = useHealth();
  const now = useNow();
  const parked = useParkedOrders();
  const { data: usual } = useInsight(Usual, 'usual', USUAL_MS);
  const orders = useMemo(() => [...byId.values()], [byId]);
  const figures = useMemo(
    () => nowFigures({ orders, stations, parked: parked.orders, unconfirmed, health, now }),
    [orders, stations, parked, unconfirmed, health, now],
  );
  return (
    <main className="@container p-4 md:p-6">
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 md:gap-5 @min-[70rem]:grid-cols-[minmax(0,1fr)_22rem] @min-[84rem]:grid-cols-[minmax(0,1fr)_25rem]">
        <div className="grid min-w-0 gap-4 md:gap-5">
          {restaurant.discovered && <DiscoveredNotice />}
          <Headline figures={figures} health={health} now={now} />
          <Tiles figures={figures} usual={usual} />
          <DelayedOrders figures={figures} now={now} unknown={parked.unknown} />
        </div>
        <aside className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 md:gap-5 @min-[44rem]:grid-cols-[repeat(2,minmax(0,1fr))] @min-[70rem]:grid-cols-[minmax(0,1fr)]">
          <StationsPanel loads={figures.loads} />
          <PipelinePanel health={health} confirmed={unconfirmed === null ? null : figures.tickets} now={now} />
        </aside>
      </div>
    </main>
  );
}

/**
 * Asks at once when the pulse counts differently than before, and every few seconds while any orders wait. While none
 * wait, it asks nothing.
 */
function useParkedOrders(): ParkedOrders {
  const health = useHealth();
  const waiting = health === null ? 0 : health.parkedOrders + health.failedMessages;
  const { data, ask } = useInsight(ParkedOrders, waiting > 0 ? 'parked-orders' : null, PARKED_MS);
  const counted = `${health?.parkedMessages} ${health?.failedMessages} ${health?.oldestParkedAt}`;
  const last = useRef(counted);
  useEffect(() => {
    if (last.current !== counted) ask();
    last.current = counted;
  }, [counted, ask]);
  return waiting > 0 ? (data ?? nothing) : nothing;
}

'use client';
// An order as the floor sees it: where it goes, how long the guest waits, every dish, and what can be served now.
import { AlarmClock, Ban, CheckCheck, CloudOff, Zap } from 'lucide-react';
import { memo, useMemo } from 'react';
import type { OrderView } from '../../server/protocol/views.ts';
import { useClock, useLink, usePending } from '../live/index.ts';
import { Age } from '../ui/index.ts';
import { allReady, floorCard, type CardState } from './floor-cards.ts';
import { LineRow } from './line-row.tsx';
import { placeOf, tableOf, wayOf } from './place.ts';
import type { Serve } from './serving.ts';
import { StationChips } from './station-chips.tsx';
import { LATE_MS } from './thresholds.ts';

const borders: Record<CardState, string> = {
  ready: 'border-ready', canceled: 'border-late', cooking: 'border-line', waiting: 'border-line', served: 'border-line',
};

interface Props {
  order: OrderView;
  stationNames: ReadonlyMap<string, string>;
  serve: Serve;
  /** The expo sees each station's progress above the dishes. */
  progress?: boolean;
}

export const OrderCard = memo(function OrderCard({ order, stationNames, serve, progress = false }: Props) {
  const card = useMemo(() => floorCard(order), [order]);
  const { state, ready } = card;
  const complete = progress && allReady(card);
  const table = tableOf(order);
  const about = [table === null ? wayOf(order) : order.number, table !== null && guests(order.guests)].filter(Boolean).join(' · ');
  return (
    <article
      data-order-id={order.id}
      data-state={state}
      aria-label={`Order ${order.number}, ${placeOf(order)}, ${spoken(state, ready.length)}`}
      className={`overflow-hidden rounded-2xl border-2 bg-card ${borders[state]}`}
    >
      <header className={`flex min-h-13 items-center gap-x-2.5 px-3.5 py-2 ${complete ? 'bg-ready-soft' : ''}`}>
        <h2 className="min-w-0 truncate text-[22px] leading-8 font-bold">{table ?? order.number}</h2>
        <p className="min-w-0 flex-1 truncate text-[15px] text-muted">{about}</p>
        {complete && <CheckCheck role="img" aria-label="Complete" className="size-6 shrink-0 text-ready" strokeWidth={2.5} />}
        <Unsent orderId={order.id} />
        {order.priority === 'RUSH' && (
          <span className="inline-flex items-center gap-1 rounded-md bg-warn-fill px-1.5 py-0.5 text-[13px] font-extrabold text-on-warn">
            <Zap aria-hidden className="size-3.5" strokeWidth={3} />
            RUSH
          </span>
        )}
        <Waited since={card.firedAt} />
      </header>
      {state === 'canceled' && (
        <p className="stripes flex items-center gap-2 bg-late-fill px-3.5 py-2 text-[17px] font-bold text-on-late">
          <Ban aria-hidden className="size-5" strokeWidth={2.5} />
          Cancelled: do not serve
        </p>
      )}
      {order.note && <p className="border-t border-line px-3.5 py-1.5 text-[15px] break-words text-muted">“{order.note}”</p>}
      {progress && <StationChips order={order} stationNames={stationNames} />}
      <ul>
        {order.lines.map((line) => (
          <LineRow
            key={line.id}
            line={line}
            canceled={state === 'canceled'}
            station={stationNames.get(line.stationId) ?? 'Kitchen'}
            onServe={ready.includes(line) ? () => serve(order, [line]) : undefined}
          />
        ))}
      </ul>
      {ready.length > 1 && (
        <footer className="border-t border-line p-3">
          <button
            type="button"
            data-action="serve"
            onClick={() => serve(order, ready)}
            className="inline-flex min-h-13 w-full items-center justify-center gap-2.5 rounded-xl bg-ready px-4 text-[18px] font-bold text-bg active:brightness-110"
          >
            <CheckCheck aria-hidden className="size-5" strokeWidth={2.5} />
            Serve {ready.length} ready
          </button>
        </footer>
      )}
    </article>
  );
});

/** How long the guest waits; late is said by an icon too. */
function Waited({ since }: { since: number }) {
  const late = useClock((now) => now - since > LATE_MS);
  return (
    <span className={`inline-flex items-center gap-1.5 text-[18px] font-bold ${late ? 'text-late' : ''}`}>
      {late && <AlarmClock role="img" aria-label="Late" className="size-5" strokeWidth={2.5} />}
      <Age since={since} />
    </span>
  );
}

/** A tap that the server has not heard yet; worth saying only while it cannot be heard at once. */
function Unsent({ orderId }: { orderId: string }) {
  const pending = usePending(orderId);
  const { connection } = useLink();
  if (!pending || connection === 'live') return null;
  return (
    <span className="inline-flex items-center gap-1 text-[14px] font-bold text-warn">
      <CloudOff aria-hidden className="size-4" /> not sent yet
    </span>
  );
}

const guests = (n: number | null): string | null => (n === null ? null : n === 1 ? '1 guest' : `${n} guests`);

const spoken = (state: CardState, ready: number): string => (state === 'ready' ? `${ready} ready` : state === 'canceled' ? 'cancelled' : state);

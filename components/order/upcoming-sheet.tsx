'use client';
// The orders for later: counts for each quarter of an hour, then each order with its due time, its dishes, and the button
// that starts it now. An order that was started here stays in its row until the sheet is closed: if rows left, the next
// one would move under the finger.
import { CalendarClock, Check, Play, TriangleAlert, Undo2 } from 'lucide';
import { useMemo, useState } from 'react';
import { allergiesOfLine, allergiesOfOrder } from '../../server/protocol/rules/allergies.ts';
import { readerOf } from '../../server/protocol/readings.ts';
import type { OrderView } from '../../server/protocol/views.ts';
import { isolated, useTranslations } from '../i18n/index.ts';
import { useBoard, useSend } from '../live/index.ts';
import { Icon } from '../ui/icon.tsx';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { quantityWords } from '../../server/protocol/rules/quantity.ts';
import { allUpcoming, inOrder, quartersOf, type Upcoming } from './upcoming.ts';
import { useDueTime } from './use-due-time.ts';

/** A busy week may hold hundreds. */
const SHOWN = 60;

export interface UpcomingSheetProps {
  /** Null: the orders of all stations, which start as a whole. */
  readonly stationId: string | null;
  readonly place: (order: OrderView) => string;
  readonly onClose: () => void;
}

export function UpcomingSheet({ stationId, place, onClose }: UpcomingSheetProps) {
  const t = useTranslations('common.upcoming');
  const time = useDueTime();
  const orders = useBoard((view) => view.orders);
  const waiting = useMemo(() => allUpcoming(orders.values(), stationId), [orders, stationId]);
  const [started, setStarted] = useState<readonly Upcoming[]>([]);
  const [all, setAll] = useState(false);
  const isWaiting = new Set(waiting.map(({ order }) => order.id));
  const rows = [...waiting, ...started.filter(({ order }) => !isWaiting.has(order.id))].sort(inOrder);
  const shown = all ? rows : rows.slice(0, SHOWN);
  const keep = (row: Upcoming) => setStarted((kept) => [...kept.filter(({ order }) => order.id !== row.order.id), row]);
  return (
    <Sheet title={t('title')} onClose={onClose}>
      {!rows.length && <p className="p-8 text-center text-[1.25rem] text-muted">{t('none')}</p>}
      {waiting.length > 0 && (
        <ul data-quarters className="flex flex-wrap gap-2 border-b border-line p-3">
          {quartersOf(waiting).map(({ from, orders, dishes }) => (
            <li
              key={from}
              data-quarter={new Date(from).toISOString()}
              className="rounded-lg bg-head px-3 py-1.5 text-[1rem] leading-6 tabular-nums"
            >
              <strong className="text-[1.125rem]">{time(new Date(from).toISOString())}</strong>{' '}
              <span className="text-muted">{t('quarter', { orders, dishes })}</span>
            </li>
          ))}
        </ul>
      )}
      <ul>
        {shown.map((row) => (
          <Row
            key={row.order.id}
            row={row}
            place={place(row.order)}
            time={time}
            stationId={stationId}
            started={!isWaiting.has(row.order.id)}
            onStart={() => keep(row)}
          />
        ))}
      </ul>
      {rows.length > shown.length && (
        <div className="p-3">
          <Button data-action="show-all" className="w-full" onClick={() => setAll(true)}>
            {t('more', { count: rows.length - shown.length })}
          </Button>
        </div>
      )}
    </Sheet>
  );
}

interface RowProps {
  readonly row: Upcoming;
  readonly place: string;
  readonly time: (at: string) => string;
  readonly stationId: string | null;
  readonly started: boolean;
  readonly onStart: () => void;
}

function Row({ row, place, time, stationId, started, onStart }: RowProps) {
  const t = useTranslations('common.upcoming');
  const send = useSend();
  const { order, firesAt, tickets, lines } = row;
  const reader = readerOf(order);
  const allergies = [...allergiesOfOrder(order, reader), ...lines.flatMap((line) => allergiesOfLine(line, reader))].map(
    ({ text }) => text,
  );
  const start = () => {
    onStart();
    if (stationId === null) void send({ kind: 'fire', orderId: order.id });
    else for (const { id } of tickets) void send({ kind: 'fire', orderId: order.id, ticketId: id });
  };
  const undo = () => {
    for (const { id } of tickets) void send({ kind: 'hold', orderId: order.id, ticketId: id });
  };
  return (
    <li
      data-upcoming-order-id={order.id}
      data-started={started || undefined}
      data-allergy={allergies.length ? true : undefined}
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2 pr-3 pl-5 last:border-0"
    >
      <div className="min-w-56 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-3 text-[1.125rem] text-muted">
          <strong className="text-[1.5rem] text-text wrap-anywhere">{isolated(order.number)}</strong>
          <span className="font-semibold text-text">{place}</span>
          <strong className="inline-flex items-center gap-1.5 text-text tabular-nums">
            <Icon of={CalendarClock} className="size-5 shrink-0" />
            {t('due', { time: time(order.dueAt!) })}
          </strong>
          {!started && (
            <span className="tabular-nums">
              {firesAt === null
                ? order.hold?.by
                  ? t('onHoldBy', { by: order.hold.by })
                  : t('onHold')
                : t('starts', { time: time(new Date(firesAt).toISOString()) })}
            </span>
          )}
        </p>
        {allergies.length > 0 && (
          <p className="my-1 flex items-start gap-2 rounded-md bg-allergy-fill px-2 py-1 text-[1.125rem] leading-6 font-extrabold text-on-allergy">
            <Icon of={TriangleAlert} className="mt-0.5 size-5 shrink-0" strokeWidth={2.5} />
            <span className="min-w-0 wrap-anywhere">{t('allergy', { words: [...new Set(allergies)].join(', ') })}</span>
          </p>
        )}
        <p className="text-[1.125rem] leading-6 wrap-anywhere text-muted">
          {lines.map(({ quantity, unit, name }) => `${quantityWords(quantity, unit)} ${name}`).join(', ')}
        </p>
      </div>
      {started ? (
        <span className="flex items-center gap-2">
          <span className="inline-flex items-center gap-2 text-[1.125rem] font-bold text-ready">
            <Icon of={Check} className="size-6" strokeWidth={3} />
            {t('started')}
          </span>
          <Button data-action="undo" onClick={undo}>
            <Icon of={Undo2} className="size-6" />
            {t('undo')}
          </Button>
        </span>
      ) : (
        <Button tone="info" data-action="fire" aria-label={t('startOrder', { number: order.number })} onClick={start}>
          <Icon of={Play} className="size-6" />
          {t('start')}
        </Button>
      )}
    </li>
  );
}

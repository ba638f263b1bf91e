'use client';
// The orders on the screens now: by state, by station, or by the beginning of their number. Each links to its story.
import Link from 'next/link';
import { useMemo, useState } from 'react';
import { type OrderCardState, floorCard, floorCards, isForLater, isLive, type FloorCard } from '../order/cards.ts';
import { allUpcoming } from '../order/upcoming.ts';
import { useDueTime } from '../order/use-due-time.ts';
import { useTranslations } from '../i18n/index.ts';
import { useBoard, useHasBoard } from '../live/index.ts';
import { Age, EmptyBoard } from '../ui/index.ts';
import { SelectField } from './fields.tsx';
import { useManagerLink } from './manager-frame.tsx';
import { Panel } from './panel.tsx';
import { placeWords } from './place-words.ts';

/** `later`: it waits for its due time. */
type ListedState = OrderCardState | 'later';
type Listed = Omit<FloorCard, 'state'> & { state: ListedState };

const STATES: readonly ListedState[] = ['waiting', 'cooking', 'ready', 'later', 'canceled'];
const looks: Record<ListedState, string> = {
  later: 'text-muted',
  waiting: 'text-muted',
  cooking: 'text-info',
  ready: 'text-ready',
  served: 'text-muted',
  canceled: 'text-late',
};

/** @param typed the text in the search field */
export function OpenOrders({ typed }: { typed: string }) {
  const t = useTranslations('manager.orders.open');
  const orders = useBoard((view) => view.orders);
  const stations = useBoard((view) => view.facts.stations);
  const [state, setState] = useState<ListedState | 'all'>('all');
  const [station, setStation] = useState('all');
  const cards = useMemo<Listed[]>(
    () => [
      ...floorCards(orders.values()).sort((a, b) => a.firedAt - b.firedAt),
      ...allUpcoming(orders.values(), null)
        .filter(({ order }) => isForLater(order))
        .map(({ order }) => ({ ...floorCard(order), state: 'later' as const })),
    ],
    [orders],
  );
  const hasBoard = useHasBoard();
  const begins = typed.trim().toLowerCase();
  const shown = cards.filter(
    (card) =>
      (state === 'all' || card.state === state) &&
      (station === 'all' || card.order.tickets.some(({ stationId }) => stationId === station)) &&
      card.order.number.toLowerCase().startsWith(begins),
  );
  const choices = (
    <>
      <SelectField
        inline
        label={t('byState')}
        field="open-state"
        value={state}
        options={[['all', t('all')], ...STATES.map((one) => [one, t(`states.${one}`)] as const)]}
        onChange={setState}
      />
      <SelectField
        inline
        label={t('byStation')}
        field="open-station"
        value={station}
        options={[['all', t('all')], ...stations.map(({ id, name }) => [id, name] as const)]}
        onChange={setStation}
      />
    </>
  );
  return (
    <Panel
      title={t('title')}
      {...(cards.length > 0 && { aside: t('count', { shown: shown.length, count: cards.length }), actions: choices })}
    >
      {!hasBoard ? (
        <EmptyBoard what="orders" />
      ) : shown.length === 0 ? (
        <p className="px-4 py-3 text-muted">{t(cards.length === 0 ? 'none' : 'noMatch')}</p>
      ) : (
        <List cards={shown} />
      )}
    </Panel>
  );
}

function List({ cards }: { cards: readonly Listed[] }) {
  const t = useTranslations('manager.orders.open');
  return (
    <table className="w-full text-left tabular-nums">
      <thead className="bg-bg text-[0.875rem] text-muted">
        <tr>
          {(['order', 'where', 'waits', 'state', 'dishes'] as const).map((name) => (
            <th
              key={name}
              scope="col"
              className={`px-3 py-2 font-semibold first:pl-4 last:pr-4 ${name === 'dishes' ? 'max-md:hidden' : ''}`}
            >
              {t(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {cards.map((card) => (
          <Row key={card.order.id} card={card} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ card: { order, state, firedAt } }: { card: Listed }) {
  const dueTime = useDueTime();
  const t = useTranslations('manager');
  const link = useManagerLink();
  const lines = order.lines.filter(isLive);
  const done = lines.filter((line) => line.state === 'ready' || line.state === 'served').length;
  const cell = 'px-3 py-1 leading-5 [overflow-wrap:anywhere] first:pl-4 last:pr-4';
  return (
    <tr data-open-order={order.id} className="border-t border-line">
      <td className={`${cell} font-bold`}>
        <Link
          href={link(`/manager/orders/${encodeURIComponent(order.id)}`)}
          className="inline-flex min-h-11 items-center text-info underline underline-offset-4"
        >
          {order.number}
        </Link>
      </td>
      <td className={cell}>{placeWords(t, order)}</td>
      <td className={`${cell} font-bold`}>
        {state === 'later' && order.dueAt !== null ? (
          t('orders.open.due', { time: dueTime(order.dueAt) })
        ) : (
          <Age since={firedAt} />
        )}
      </td>
      <td className={`${cell} font-semibold ${looks[state]}`}>{t(`orders.open.states.${state}`)}</td>
      <td className={`${cell} text-muted max-md:hidden`}>{t('orders.open.progress', { done, count: lines.length })}</td>
    </tr>
  );
}

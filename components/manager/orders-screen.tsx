'use client';
// Finds any order by its number or id, wherever it is, and links to its story.
import { Search } from 'lucide';
import Link from 'next/link';
import { useState } from 'react';
import { FindResult, type FoundOrder } from '../../server/protocol/find.ts';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { useScreen } from '../live/index.ts';
import { Icon } from '../ui/icon.tsx';
import { Form, Submit } from '../ui/index.ts';
import { useManagerLink } from './manager-frame.tsx';
import { OpenOrders } from './open-orders.tsx';
import { NotAnswered } from './not-answered.tsx';
import { Panel } from './panel.tsx';
import { useInsight } from './use-insight.ts';

const MOST_CHARS = 100;

export function OrdersScreen() {
  const t = useTranslations('manager.orders');
  const [typed, setTyped] = useState('');
  const [text, setText] = useState('');
  const { data, failed, ask } = useInsight(FindResult, text ? `find?${new URLSearchParams({ text })}` : null);
  return (
    <main className="grid max-w-5xl gap-4 p-4 md:p-6">
      <h2 className="text-[1.375rem] font-bold">{t('title')}</h2>
      <Form
        role="search"
        className="flex flex-wrap gap-2"
        onSubmit={() => {
          setText(typed.trim());
          ask();
        }}
      >
        <input
          aria-label={t('label')}
          placeholder={t('label')}
          data-field="find"
          type="search"
          maxLength={MOST_CHARS}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="min-h-11 min-w-0 flex-1 rounded-xl border border-line bg-panel px-3 text-[1.0625rem]"
        />
        <Submit size="desk" tone="info" data-action="find">
          <Icon of={Search} className="size-4.5" /> {t('find')}
        </Submit>
      </Form>
      {text && (data === null ? <NotAnswered failed={failed} missing={t('none')} /> : <Result result={data} />)}
      <OpenOrders typed={typed} />
    </main>
  );
}

function Result({ result }: { result: FindResult }) {
  const t = useTranslations('manager.orders');
  if (result.outcome !== 'found')
    return (
      <p role="status" className="font-semibold text-warn">
        {t(result.outcome === 'too-many' ? 'tooMany' : 'again')}
      </p>
    );
  const { matches, pipeline } = result;
  if (matches.length === 0) {
    return (
      <p role="status" className="text-[1.125rem] font-semibold">
        {t('none')} {pipeline.messagesWaiting ? t('waiting', { count: pipeline.messagesWaiting }) : ''}
      </p>
    );
  }
  return (
    <Panel title={t('title')}>
      <ul className="divide-y divide-line">
        {matches.map((found) => (
          <Found key={`${found.orderId} ${found.receivedAt}`} found={found} />
        ))}
      </ul>
    </Panel>
  );
}

function Found({ found: { orderId, number, where, receivedAt, table } }: { found: FoundOrder }) {
  const t = useTranslations('manager');
  const times = useTimes();
  const link = useManagerLink();
  const { timeZone } = useScreen().restaurant;
  const at = Date.parse(receivedAt);
  return (
    <li data-order-id={orderId} data-found={where}>
      <Link
        href={link(`/manager/orders/${encodeURIComponent(orderId)}`)}
        className="grid min-h-12 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 px-4 py-2.5 active:bg-press"
      >
        <span className="truncate text-[1.0625rem] font-bold">
          {number}
          {table !== null && <span className="pl-3 font-normal text-muted">{t('place.table', { table })}</span>}
        </span>
        <span className="text-right font-semibold">{t(`orders.where.${where}`)}</span>
        <span className="col-span-2 text-[0.9375rem] text-muted tabular-nums">
          {times.date(at, timeZone)} {times.time(at, timeZone)} · {orderId}
        </span>
      </Link>
    </li>
  );
}

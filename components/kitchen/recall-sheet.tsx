'use client';
// The list of tickets bumped lately. One tap recalls one ticket, or all that are marked, to its old place with its old
// clock. The rows stay as they were when the list was opened: if a row left, the next one would move under the finger.
import { Check, Square, SquareCheckBig, Undo2 } from 'lucide';
import { useState } from 'react';
import { readerOf } from '../../server/protocol/readings.ts';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { dishText } from '../order/dish-text.ts';
import { AllergyBand } from '../order/allergy-band.tsx';
import { modifierLine } from '../order/modifier-words.ts';
import { useBoard, useScreen, useSend } from '../live/index.ts';
import { Icon } from '../ui/icon.tsx';
import { Button } from '../ui/index.ts';
import { Sheet } from '../ui/sheet.tsx';
import type { BoardSheetProps } from './sheet-props.ts';
import { clock } from '../ui/rich.tsx';
import { bumpedTickets, ticketsOf, type StationTicket } from './station-tickets.ts';
import { ticketPlaceWords } from './ticket-words.ts';

const SHOWN = 40;

export function RecallSheet({ stationId, onClose }: BoardSheetProps) {
  const t = useTranslations('board');
  const common = useTranslations('common');
  const times = useTimes();
  const { timeZone } = useScreen().restaurant;
  const orders = useBoard((view) => view.orders);
  const send = useSend();
  const [opened] = useState(() => bumpedTickets(orders, stationId, SHOWN));
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const tickets = opened.map(
    (was) => ticketsOf(orders.get(was.order.id) ?? was.order).find(({ ticket }) => ticket.id === was.ticket.id) ?? was,
  );
  const wanted = tickets.filter(({ ticket }) => marked.has(ticket.id) && ticket.state === 'bumped');
  const recall = async ({ order, ticket }: StationTicket) => {
    const { outcome } = await send({ kind: 'recall', orderId: order.id, ticketId: ticket.id });
    // The reason for a refusal is shown above the foot of the board, which this list covers, so the list closes.
    if (outcome !== 'done') onClose();
  };
  const toggle = (id: string) =>
    setMarked((ids) => (ids.has(id) ? new Set([...ids].filter((other) => other !== id)) : new Set([...ids, id])));
  const foot = wanted.length > 0 && (
    <Button
      tone="info"
      data-action="recall-marked"
      className="w-full"
      onClick={() => {
        for (const card of wanted) void recall(card);
        setMarked(new Set());
      }}
    >
      <Icon of={Undo2} className="size-6" />
      {t('recalls.marked', { count: wanted.length })}
    </Button>
  );
  return (
    <Sheet title={t('recalls.title')} onClose={onClose} foot={foot}>
      {!tickets.length && <p className="p-8 text-center text-[1.25rem] text-muted">{t('recalls.none')}</p>}
      <ul>
        {tickets.map((card) => (
          <li
            key={card.ticket.id}
            data-recall-order-id={card.order.id}
            className="flex items-center gap-2 border-b border-line py-1 pr-3 last:border-0"
          >
            {card.ticket.state === 'bumped' ? (
              <button
                type="button"
                data-action="mark-recall"
                aria-pressed={marked.has(card.ticket.id)}
                aria-label={t('recalls.mark', { number: card.order.number })}
                onClick={() => toggle(card.ticket.id)}
                className="grid size-16 shrink-0 place-items-center active:bg-press"
              >
                {marked.has(card.ticket.id) ? (
                  <Icon of={SquareCheckBig} className="size-8 text-info" />
                ) : (
                  <Icon of={Square} aria-hidden className="size-8 text-muted" />
                )}
              </button>
            ) : (
              <span className="size-16 shrink-0" />
            )}
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-baseline gap-x-3 text-[1.125rem] text-muted">
                <strong className="text-[1.5rem] text-text wrap-anywhere">{card.order.number}</strong>
                <span className="font-semibold text-text">{ticketPlaceWords(t, card.order)}</span>
                {card.bumpedAt > 0 && (
                  <span>
                    {t.rich('recalls.bumped', { time: times.time(card.bumpedAt, timeZone), age: clock(card.bumpedAt) })}
                    {card.ticket.bumpedBy && ` · ${t('recalls.by', { name: card.ticket.bumpedBy })}`}
                  </span>
                )}
              </p>
              <p className="line-clamp-3 text-[1.125rem] wrap-anywhere text-muted">
                {card.lines
                  .map((line) =>
                    [dishText(line), modifierLine(common, line.modifiers, readerOf(card.order))]
                      .filter(Boolean)
                      .join(': '),
                  )
                  .join(', ')}
              </p>
              <AllergyBand order={card.order} lines={card.lines} className="mt-1 px-2 text-[1.125rem] leading-6" />
            </div>
            {card.ticket.state === 'bumped' ? (
              <Button data-action="recall" onClick={() => void recall(card)}>
                <Icon of={Undo2} className="size-6" />
                {t('recall')}
              </Button>
            ) : (
              <span className="flex min-h-16 items-center gap-2 px-5 text-[1.125rem] font-bold text-ready">
                <Icon of={Check} className="size-6" strokeWidth={3} />
                {t('recalls.onBoard')}
              </span>
            )}
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

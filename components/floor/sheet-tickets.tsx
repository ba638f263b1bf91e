'use client';
// The tickets of an order: the station and age of each, and the name and time of its bump. The pass bumps and recalls
// tickets here.
import { Check, Undo2 } from 'lucide';
import type { OrderView, TicketView } from '../../server/protocol/views.ts';
import { dishList } from '../order/dish-text.ts';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { useBoard, useScreen, useSend } from '../live/index.ts';
import { useDueTime } from '../order/use-due-time.ts';
import { Age } from '../ui/index.ts';
import { isCanceled } from '../../server/protocol/status.ts';
import { SheetButton, SheetPart } from './sheet-parts.tsx';

export function SheetTickets({ order, pass }: { order: OrderView; pass: boolean }) {
  const t = useTranslations('floor');
  const stations = useBoard((view) => view.facts.stations);
  const send = useSend();
  const open = !isCanceled(order);
  return (
    <SheetPart title={t('sheet.stations')}>
      <ul className="grid gap-2">
        {order.tickets.map((ticket) => {
          const lines = order.lines.filter(({ ticketId, voided }) => ticketId === ticket.id && !voided);
          return (
            <li
              key={ticket.id}
              data-ticket-id={ticket.id}
              data-state={ticket.state}
              className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-xl border border-line px-3.5 py-2"
            >
              <div className="min-w-40 flex-1">
                <p className="text-[1.0625rem] font-bold [overflow-wrap:anywhere]">
                  {stations.find(({ id }) => id === ticket.stationId)?.name ?? t('kitchen')}
                </p>
                <p className="text-[0.9375rem] text-muted tabular-nums">
                  <TicketWords ticket={ticket} />
                </p>
                <p className="text-[0.9375rem] [overflow-wrap:anywhere] text-muted">{dishList(lines)}</p>
              </div>
              {pass && open && ticket.state === 'open' && (
                <SheetButton
                  icon={Check}
                  action="bump"
                  onClick={() => void send({ kind: 'bump', orderId: order.id, ticketId: ticket.id })}
                >
                  {t('sheet.bump')}
                </SheetButton>
              )}
              {pass && open && ticket.state === 'bumped' && (
                <SheetButton
                  icon={Undo2}
                  action="recall"
                  onClick={() => void send({ kind: 'recall', orderId: order.id, ticketId: ticket.id })}
                >
                  {t('sheet.recall')}
                </SheetButton>
              )}
            </li>
          );
        })}
      </ul>
    </SheetPart>
  );
}

function TicketWords({ ticket: { state, course, firedAt, bumpedAt, bumpedBy, heldUntil } }: { ticket: TicketView }) {
  const t = useTranslations('floor.sheet');
  const times = useTimes();
  const dueTime = useDueTime();
  const { timeZone } = useScreen().restaurant;
  const when = (at: string) => times.time(Date.parse(at), timeZone);
  const what =
    state !== 'bumped' || bumpedAt === null
      ? state === 'held' && heldUntil !== null
        ? t('heldUntil', { time: dueTime(heldUntil) })
        : state === 'bumped'
          ? t('closed')
          : t(state)
      : bumpedBy === null
        ? t('bumped', { time: when(bumpedAt) })
        : t('bumpedBy', { time: when(bumpedAt), by: bumpedBy });
  return (
    <>
      {course !== null && `${t('course', { course })} · `}
      {what}
      {state === 'open' && (
        <>
          {' '}
          · <Age since={firedAt} />
        </>
      )}
    </>
  );
}

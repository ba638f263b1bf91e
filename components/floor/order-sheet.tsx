'use client';
// Everything about one order, and every action that this screen has for it: tickets, dishes, rush, hold, print, guest's
// link.
import { Pause, Play, Printer, Zap, ZapOff } from 'lucide';
import { useState } from 'react';
import type { OrderView } from '../../server/protocol/views.ts';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { useOrder, useScreen, useSend } from '../live/index.ts';
import { lateSheet } from '../ui/late-sheet.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { AllergyBand } from '../order/allergy-band.tsx';
import { canRush, fireNext, isLive } from '../order/cards.ts';
import { GuestLink } from './guest-link.tsx';
import { useDueTime } from '../order/use-due-time.ts';
import { placeOf } from '../order/place.ts';
import { SheetButton, ButtonRow } from './sheet-parts.tsx';
import { SheetLines } from './sheet-lines.tsx';
import { SheetTickets } from './sheet-tickets.tsx';
import type { OrderActions } from './use-order-actions.ts';
import { isCanceled } from '../../server/protocol/status.ts';

const PrintView = lateSheet(async () => (await import('./print-view.tsx')).PrintView);

interface Props {
  orderId: string;
  actions: OrderActions;
  pass: boolean;
  onClose: () => void;
}

export function OrderSheet({ orderId, actions, pass, onClose }: Props) {
  const t = useTranslations('floor');
  const order = useOrder(orderId);
  const [printing, setPrinting] = useState(false);
  if (order === null) return null;
  if (printing) {
    return <PrintView order={order} onClose={() => setPrinting(false)} />;
  }
  return (
    <Sheet title={`${t('sheet.title', { number: order.number })} · ${placeOf(t, order)}`} onClose={onClose}>
      <AllergyBand order={order} lines={order.lines.filter(isLive)} className="px-4 text-[1.125rem] leading-6" />
      <div data-sheet-order={order.id} className="grid gap-5 p-4">
        {order.note && (
          <p className="text-[1.0625rem] whitespace-pre-line [overflow-wrap:anywhere]">
            “<bdi>{order.note}</bdi>”
          </p>
        )}
        <Facts order={order} />
        <Actions order={order} actions={actions} pass={pass} onClose={onClose} onPrint={() => setPrinting(true)} />
        <SheetTickets order={order} pass={pass} />
        {!isCanceled(order) && <SheetLines order={order} pass={pass} serve={actions.serve} />}
      </div>
    </Sheet>
  );
}

/** The actions taken on the whole order, with their times and names. */
function Facts({ order: { dueAt, rush, hold, delayNote } }: { order: OrderView }) {
  const t = useTranslations('floor.sheet');
  const times = useTimes();
  const { timeZone } = useScreen().restaurant;
  const when = (at: string) => times.time(Date.parse(at), timeZone);
  const dueTime = useDueTime();
  const floor = useTranslations('floor');
  const facts = [
    dueAt && floor('dueAt', { time: dueTime(dueAt) }),
    rush &&
      (rush.by === null ? t('rushSince', { time: when(rush.at) }) : t('rushBy', { time: when(rush.at), by: rush.by })),
    hold &&
      (hold.by === null ? t('holdSince', { time: when(hold.at) }) : t('holdBy', { time: when(hold.at), by: hold.by })),
    delayNote && t('delay', { by: delayNote.by ?? '', note: delayNote.note }),
  ].filter((fact) => fact !== null);
  if (facts.length === 0) return null;
  return (
    <div className="grid gap-1 text-[1.0625rem] font-semibold [overflow-wrap:anywhere]">
      {facts.map((fact) => (
        <p key={fact}>{fact}</p>
      ))}
    </div>
  );
}

function Actions({
  order,
  actions,
  pass,
  onClose,
  onPrint,
}: {
  order: OrderView;
  actions: OrderActions;
  pass: boolean;
  onClose: () => void;
  onPrint: () => void;
}) {
  const t = useTranslations('floor');
  const send = useSend();
  const next = fireNext(order);
  const open = !isCanceled(order);
  const canHold =
    pass &&
    open &&
    order.hold === null &&
    order.tickets.some(
      (ticket) =>
        ticket.state === 'open' &&
        order.lines.every((line) => line.ticketId !== ticket.id || line.state === 'waiting' || line.state === 'voided'),
    );
  const closing = (act: () => void) => () => {
    act();
    onClose();
  };
  return (
    <ButtonRow>
      {canRush(order) && (
        <SheetButton icon={Zap} action="rush" onClick={closing(() => actions.rush(order))}>
          {t('rush')}
        </SheetButton>
      )}
      {order.rush !== null && open && (
        <SheetButton
          icon={ZapOff}
          action="unrush"
          onClick={() => void send({ kind: 'rush', orderId: order.id, on: false })}
        >
          {t('sheet.unrush')}
        </SheetButton>
      )}
      {canHold && (
        <SheetButton icon={Pause} action="hold" onClick={() => void send({ kind: 'hold', orderId: order.id })}>
          {t('sheet.hold')}
        </SheetButton>
      )}
      {open && next !== null && (
        <SheetButton icon={Play} action="fire" onClick={closing(() => actions.fire(order, next.course))}>
          {next.course === null ? t('sheet.release') : t('fireCourse', { course: next.course })}
        </SheetButton>
      )}
      <SheetButton icon={Printer} action="print" onClick={onPrint}>
        {t('sheet.print')}
      </SheetButton>
      {order.guestToken !== undefined && <GuestLink token={order.guestToken} />}
    </ButtonRow>
  );
}

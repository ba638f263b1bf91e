'use client';
// An order on paper: black on white, 80 mm wide for a receipt printer, printed by the browser itself. It is previewed
// on the screen first.
import { isExcerpted } from '../order/allergy-excerpt.ts';
import { Printer, X } from 'lucide';
import { useEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { readerOf } from '../../server/protocol/readings.ts';
import type { LineView, OrderView } from '../../server/protocol/views.ts';
import { allergyMark, allergyRows, isAllergyNote, isInBand } from '../order/allergies.ts';
import { isCanceled } from '../../server/protocol/status.ts';
import { isLive } from '../order/cards.ts';
import { QrCode } from '../ui/qr-code.tsx';
import { guestLink } from './guest-link.tsx';
import { useDueTime } from '../order/use-due-time.ts';
import { placeOf, wayOf } from '../order/place.ts';
import { ModifierList, UnreadParts } from '../order/modifier-list.tsx';
import { Name } from '../order/name.tsx';
import { quantityWords } from '../../server/protocol/rules/quantity.ts';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { useBoard, useNow, useScreen } from '../live/index.ts';
import { Icon } from '../ui/icon.tsx';

export function PrintView({ order, onClose }: { order: OrderView; onClose: () => void }) {
  const t = useTranslations('floor.print');
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
  }, []);
  // Rendered straight into the body, because a print leaves out everything beside it (globals.css).
  return createPortal(
    <dialog
      ref={dialog}
      data-print
      data-theme="light"
      aria-label={t('title', { number: order.number })}
      onClose={onClose}
      className="m-0 h-dvh max-h-none w-dvw max-w-none overflow-y-auto bg-white p-0 text-black"
    >
      <div className="flex justify-end gap-2 p-3 print:hidden">
        <button
          type="button"
          data-action="print-now"
          onClick={() => print()}
          className="inline-flex min-h-13 items-center gap-2 rounded-xl bg-black px-5 text-[1.0625rem] font-bold text-white"
        >
          <Icon of={Printer} className="size-5" />
          {t('print')}
        </button>
        <button
          type="button"
          data-action="close-print"
          onClick={() => dialog.current?.close()}
          className="inline-flex min-h-13 items-center gap-2 rounded-xl border border-black px-5 text-[1.0625rem] font-bold"
        >
          <Icon of={X} className="size-5" />
          {t('close')}
        </button>
      </div>
      <Paper order={order} />
    </dialog>,
    document.body,
  );
}

function Paper({ order }: { order: OrderView }) {
  const t = useTranslations('floor.print');
  const floor = useTranslations('floor');
  const common = useTranslations('common');
  const times = useTimes();
  const { publicUrl, restaurant } = useScreen();
  const { name, timeZone } = restaurant;
  const stations = useBoard((view) => view.facts.stations);
  const now = useNow();
  const dueTime = useDueTime();
  const lines = order.lines.filter(isLive);
  const stationIds = [...new Set(lines.map(({ stationId }) => stationId))];
  const allergies = isCanceled(order) ? [] : allergyRows(common, order, lines);
  const about = [wayOf(floor, order), order.guests !== null && floor('guests', { count: order.guests })]
    .filter(Boolean)
    .join(' · ');
  return (
    <article className="mx-auto w-[72mm] px-1 pb-6 text-[13px] leading-snug text-black">
      <p className="text-center font-bold">{name}</p>
      <h1 className="border-b-2 border-black py-1 text-center text-[30px] leading-tight font-extrabold [overflow-wrap:anywhere]">
        <bdi>{order.number}</bdi>
      </h1>
      <p className="pt-1 text-[20px] font-bold [overflow-wrap:anywhere]">{placeOf(floor, order)}</p>
      <p>{about}</p>
      {order.dueAt !== null && (
        <p data-due={order.dueAt} className="text-[20px] font-bold">
          {floor('dueAt', { time: dueTime(order.dueAt) })}
        </p>
      )}
      <p>{t('placed', { time: times.time(Date.parse(order.placedAt ?? order.receivedAt), timeZone) })}</p>
      {allergies.length > 0 && (
        <div
          data-allergy-band
          className="my-1 border-4 border-black p-1 text-[19px] font-extrabold [overflow-wrap:anywhere]"
        >
          {allergies.map(({ lineId, title, quotes }) => (
            <div key={lineId ?? 'order'}>
              <p>⚠ {title}</p>
              {quotes.map((quote) => (
                <p key={quote}>
                  “<bdi>{quote}</bdi>”
                </p>
              ))}
            </div>
          ))}
        </div>
      )}
      {order.note && (!isInBand(order) || isExcerpted(order.note, readerOf(order))) && (
        <p className="my-1 border-2 border-black p-1 text-[15px] font-bold [overflow-wrap:anywhere]">
          “<bdi>{order.note}</bdi>”
        </p>
      )}
      {stationIds.map((stationId) => (
        <section key={stationId} className="break-inside-avoid">
          <h2 className="mt-2 border-b border-black text-[13px] font-bold">
            {stations.find(({ id }) => id === stationId)?.name ?? floor('kitchen')}
          </h2>
          <ul>
            {lines
              .filter((line) => line.stationId === stationId)
              .map((line) => (
                <PaperLine key={line.id} order={order} line={line} />
              ))}
          </ul>
        </section>
      ))}
      {order.guestToken !== undefined && (
        <div className="mt-3 border-t border-black pt-1">
          <QrCode
            text={guestLink(publicUrl, order.guestToken)}
            label={t('guestLink')}
            className="mx-auto size-[32mm] break-inside-avoid"
          />
          <p className="text-center [overflow-wrap:anywhere]">
            {t('guestLink')} {guestLink(publicUrl, order.guestToken)}
          </p>
        </div>
      )}
      {now > 0 && (
        <p className="pt-1">{t('printed', { date: times.date(now, timeZone), time: times.time(now, timeZone) })}</p>
      )}
    </article>
  );
}

function PaperLine({ order, line }: { order: OrderView; line: LineView }) {
  const t = useTranslations('floor');
  const common = useTranslations('common');
  const mark = isCanceled(order) ? null : allergyMark(common, order, line);
  return (
    <li
      data-allergy={mark?.own || undefined}
      className="grid grid-cols-[2.2em_1fr] break-inside-avoid py-0.5 text-[17px] leading-tight"
    >
      <span className="font-bold tabular-nums">{quantityWords(line.quantity, line.unit)}</span>
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <p className="font-bold">
          <Name>{line.name}</Name>
        </p>
        {mark?.meets && <p className="text-[17px] font-extrabold underline">⚠ {mark.meets}</p>}
        {mark?.own && <p className="text-[17px] font-extrabold">⚠ {mark.own}</p>}
        <ModifierList
          order={order}
          line={line}
          look={(effect) => `text-[15px] ${effect === 'left-out' || effect === 'allergy' ? 'font-bold' : ''}`}
        />
        <UnreadParts line={line} className="text-[15px]" />
        {line.seat !== null && <p className="text-[13px]">{t('seat', { seat: line.seat })}</p>}
        {line.note && (
          <p className={`text-[15px] ${isAllergyNote(order, line) ? 'font-extrabold' : ''}`}>
            “<bdi>{line.note}</bdi>”
          </p>
        )}
      </div>
    </li>
  );
}

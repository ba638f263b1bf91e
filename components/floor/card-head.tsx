'use client';
// The head of an order's card: its place, the guest's waiting time, and the marks that concern the whole order.
import { Ban, CloudOff, Ellipsis, Info, Pause, Zap, type IconNode } from 'lucide';
import type { ReactNode } from 'react';
import { isRushed, type LineView, type OrderView } from '../../server/protocol/views.ts';
import { toneIcons } from '../order/card-tones.ts';
import { isolated } from '../../server/protocol/rules/isolate.ts';
import { useTranslations } from '../i18n/index.ts';
import { useClock, useLink, usePending } from '../live/index.ts';
import { isInBand } from '../order/allergies.ts';
import { AllergyBand } from '../order/allergy-band.tsx';
import { Icon } from '../ui/icon.tsx';
import { Age } from '../ui/index.ts';
import type { FloorCard } from '../order/cards.ts';
import { useDueTime } from '../order/use-due-time.ts';
import { tableOf, wayOf } from '../order/place.ts';
import { noticeWords } from '../order/tags.ts';
import { isCanceled } from '../../server/protocol/status.ts';

interface HeadProps {
  card: FloorCard;
  /** In ms since 1970. Null if nothing is being cooked. */
  lateAt: number | null;
  onMore: () => void;
}

export function CardHead({ card: { order, firedAt }, lateAt, onMore }: HeadProps) {
  const t = useTranslations('floor');
  const table = tableOf(t, order);
  const about = [
    table === null ? wayOf(t, order) : isolated(order.number),
    table !== null && order.guests !== null && t('guests', { count: order.guests }),
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <header className="flex items-center gap-x-2 pl-3.5">
      <div className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2.5 py-2">
        <h2 className="line-clamp-5 min-w-0 text-[1.375rem] leading-7 font-bold [overflow-wrap:anywhere]">
          {table ?? isolated(order.number)}
        </h2>
        <p className="min-w-0 text-[0.9375rem] leading-5 [overflow-wrap:anywhere] text-muted">{about}</p>
      </div>
      <div className="flex max-w-[50%] flex-wrap items-center justify-end gap-x-2 gap-y-1 py-1.5">
        <Unsent orderId={order.id} />
        {isRushed(order) && (
          <Tag icon={Zap} name="rush" colours="bg-warn-fill text-on-warn">
            {t('rushTag')}
          </Tag>
        )}
        {order.hold !== null && (
          <Tag icon={Pause} name="hold" colours="bg-info-fill text-on-info">
            {t('holdTag')}
          </Tag>
        )}
        {order.dueAt !== null && <Due at={order.dueAt} />}
        <Waited since={firedAt} lateAt={lateAt} />
      </div>
      <button
        type="button"
        data-action="more"
        aria-label={t('more', { number: order.number })}
        onClick={onMore}
        className="grid size-13 shrink-0 place-items-center self-start rounded-xl text-muted active:bg-press"
      >
        <Icon of={Ellipsis} className="size-6" />
      </button>
    </header>
  );
}

function Due({ at }: { at: string }) {
  const t = useTranslations('floor');
  const time = useDueTime();
  return (
    <span data-due={at} className="text-[1.0625rem] leading-5 font-bold text-text tabular-nums">
      {t('dueAt', { time: time(at) })}
    </span>
  );
}

function Tag({
  icon,
  name,
  colours,
  children,
}: {
  icon: IconNode;
  name: string;
  colours: string;
  children: ReactNode;
}) {
  return (
    <span
      data-tag={name}
      className={`inline-flex items-center gap-1 rounded-md px-1.5 py-0.5 text-[0.8125rem] font-extrabold ${colours}`}
    >
      <Icon of={icon} className="size-3.5" strokeWidth={3} />
      {children}
    </span>
  );
}

/** The guest's waiting time. An icon repeats "late". */
function Waited({ since, lateAt }: { since: number; lateAt: number | null }) {
  const t = useTranslations('floor');
  const late = useClock((now) => lateAt !== null && now > lateAt);
  return (
    <span className={`inline-flex items-center gap-1.5 text-[1.125rem] font-bold ${late ? 'text-late' : ''}`}>
      {late && <Icon of={toneIcons.late} role="img" aria-label={t('late')} className="size-5" strokeWidth={2.5} />}
      <Age since={since} />
    </span>
  );
}

/** The mark of a tap that has not reached the server. It is shown only while the connection is not live. */
function Unsent({ orderId }: { orderId: string }) {
  const t = useTranslations('floor');
  const pending = usePending(orderId);
  const { connection } = useLink();
  if (!pending || connection === 'live') return null;
  return (
    <span className="inline-flex items-center gap-1 text-[0.875rem] font-bold text-warn">
      <Icon of={CloudOff} className="size-4" /> {t('notSent')}
    </span>
  );
}

/** The bands between head and dishes: a cancellation, an allergy, a note, and changes that nobody has seen. */
export function CardBands({
  order,
  lines,
  bandId,
}: {
  order: OrderView;
  /** Those that are still to be carried. */
  lines: readonly LineView[];
  bandId: string;
}) {
  const t = useTranslations('floor');
  return (
    <>
      {isCanceled(order) && (
        <p className="stripes flex items-center gap-2 bg-late-fill px-3.5 py-2 text-[1.0625rem] font-bold text-on-late">
          <Icon of={Ban} className="size-5 shrink-0" strokeWidth={2.5} />
          {t('canceled')}
        </p>
      )}
      <AllergyBand id={bandId} order={order} lines={lines} className="px-3.5 text-[1.0625rem] leading-6" />
      {order.note && (isCanceled(order) || !isInBand(order)) && (
        <p className="border-t border-line px-3.5 py-2 text-[1.0625rem] leading-6 [overflow-wrap:anywhere]">
          <span className="line-clamp-3">
            “<bdi>{order.note}</bdi>”
          </span>
        </p>
      )}
      {noticeWords(t, order).map((words) => (
        <p
          key={words}
          data-notice
          className="flex items-start gap-2 border-t border-line bg-info-soft px-3.5 py-2 text-[1.0625rem] leading-6 font-bold [overflow-wrap:anywhere] text-info"
        >
          <Icon of={Info} className="mt-0.5 size-5 shrink-0" strokeWidth={2.5} />
          {words}
        </p>
      ))}
    </>
  );
}

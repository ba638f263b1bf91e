'use client';
// An order's card at the pass, or the part of it that fits into one slot: its place, age and due time, each station's
// progress once, every dish, and the actions possible now. A half-ready order says what is missing and offers no Serve:
// dishes that go out alone are served in its sheet, which the head opens.
import { ArrowRight, Bell, Check, CheckCheck, Eye, Pause, Play, Zap } from 'lucide';
import { memo, useId, useMemo } from 'react';
import type { SoldOut, StationView } from '../../server/protocol/facts.ts';
import { isRushed } from '../../server/protocol/views.ts';
import { CardBands } from '../floor/card-head.tsx';
import type { OrderActions } from '../floor/use-order-actions.ts';
import { useTranslations } from '../i18n/index.ts';
import type { Sizes } from '../kitchen/sizes.ts';
import { useClock, usePending } from '../live/index.ts';
import { toneBorders, toneHeads, toneIcons } from '../order/card-tones.ts';
import { useAllergyWords } from '../order/allergy-band.tsx';
import { allReady, isLive, limitsAt, stationProgress, type FloorCard } from '../order/cards.ts';
import { dishList } from '../order/dish-text.ts';
import { placeOf, tableOf } from '../order/place.ts';
import { SeeAllergy, useMustSeeAllergy } from '../order/see-allergy.tsx';
import { isSoldOut } from '../order/tags.ts';
import { useDueTime } from '../order/use-due-time.ts';
import { COLD_MS } from '../order/thresholds.ts';
import { toneOf, type Tone } from '../order/tone.ts';
import { Icon } from '../ui/icon.tsx';
import { AgeApart } from '../ui/index.ts';
import { PassLine } from './pass-line.tsx';
import { aboutWords, callWords, rowsOf } from './pass-words.ts';

export interface PassActions extends OrderActions {
  /** Takes a canceled order off this screen. The kitchen's own "Seen" stays its own. */
  putAway: (orderId: string) => void;
}

export interface PassCardProps {
  readonly card: FloorCard;
  readonly slot: number;
  readonly from: number;
  readonly to: number;
  /** The slot of this page in which the order goes on. Null if it ends here or goes on on the next page. */
  readonly nextSlot: number | null;
  readonly stations: ReadonlyMap<string, StationView>;
  readonly soldOut: readonly SoldOut[];
  readonly sizes: Sizes;
  /** The same object as long as the screen is open. */
  readonly actions: PassActions;
}

export const PassCard = memo(function PassCard({
  card,
  slot,
  from,
  to,
  nextSlot,
  stations,
  soldOut,
  actions,
}: PassCardProps) {
  const t = useTranslations('floor');
  const { order, ready } = card;
  const stationName = useMemo(() => (id: string) => stations.get(id)?.name ?? t('kitchen'), [stations, t]);
  const pending = usePending(order.id);
  const complete = allReady(card);
  const canceled = card.state === 'canceled';
  const state = card.state === 'ready' && !complete ? 'cooking' : card.state;
  const limits = useMemo(() => limitsAt(order, stations), [order, stations]);
  const tone = useClock((now) => (now && !complete && !canceled && limits ? toneOf(now, limits) : 'fresh'));
  const toCarry = order.lines.filter((line) => isLive(line) && line.state !== 'served');
  const allergy = useAllergyWords(order, toCarry);
  const bandId = useId();
  const rows = rowsOf(card);
  const name = [
    t('card.name', { number: order.number, place: placeOf(t, order), state: card.state, ready: ready.length }),
    isRushed(order) && t('card.rushed'),
    order.hold && t('card.held'),
  ];
  const border = complete ? 'border-ready' : canceled ? 'border-late-deep' : toneBorders[tone];
  return (
    <article
      aria-describedby={allergy && bandId}
      data-allergy={allergy}
      data-order-id={order.id}
      data-state={state}
      data-pending={pending || undefined}
      data-complete={complete || undefined}
      data-tone={tone}
      data-slot={slot}
      tabIndex={-1}
      aria-label={name.filter(Boolean).join(', ')}
      className={`relative flex flex-col overflow-hidden rounded-xl border-2 bg-card ${border} ${pending ? 'border-dashed' : ''}`}
    >
      <Head
        card={card}
        slot={slot}
        tone={tone}
        complete={complete}
        again={from > 0}
        onMore={() => actions.more(order.id)}
      />
      <CardBands order={order} lines={toCarry} bandId={bandId} />
      {from === 0 && !canceled && <Progress card={card} complete={complete} stationName={stationName} />}
      <ul data-lines className="relative">
        {rows.slice(from, to).map((lines) =>
          canceled ? (
            <li
              key="canceled"
              className="border-t border-line px-(--card-pad) py-1 text-(length:--card-name) leading-(--card-name-row) font-semibold wrap-anywhere text-muted line-through"
            >
              {dishList(lines)}
            </li>
          ) : (
            <PassLine
              key={lines[0]!.id}
              order={order}
              line={lines[0]!}
              stationName={stationName}
              soldOut={isSoldOut(lines[0]!, soldOut)}
              complete={complete}
            />
          ),
        )}
      </ul>
      {to < rows.length ? (
        <Continues nextSlot={nextSlot} />
      ) : (
        <Foot card={card} complete={complete} canceled={canceled} actions={actions} />
      )}
    </article>
  );
});

interface HeadProps {
  readonly card: FloorCard;
  readonly slot: number;
  readonly tone: Tone;
  readonly complete: boolean;
  /** True for a later part of a card that is split. */
  readonly again: boolean;
  readonly onMore: () => void;
}

/** The whole head is one button, which opens the order. */
function Head({ card: { order, firedAt, state }, slot, tone, complete, again, onMore }: HeadProps) {
  const t = useTranslations('floor');
  const board = useTranslations('board');
  const dueTime = useDueTime();
  const call = callWords(t, order);
  const about = aboutWords(t, order, dueTime);
  const long = call.length > 9;
  const colours = complete ? 'bg-ready-soft' : tone === 'fresh' ? 'bg-head' : toneHeads[tone];
  const mark = 'inline-flex shrink-0 items-center gap-0.5 rounded px-1 font-extrabold';
  return (
    <button
      type="button"
      data-action="more"
      aria-label={t('more', { number: order.number })}
      onClick={onMore}
      className={`flex min-h-(--card-head) w-full items-stretch text-left select-none active:brightness-110 ${colours}`}
    >
      <span
        aria-hidden
        className="grid w-6 shrink-0 place-items-center bg-black/15 text-[0.9375rem] font-bold tabular-nums"
      >
        {slot}
      </span>
      <span className="flex min-w-0 flex-1 flex-col justify-center px-2 py-0.5">
        <span className="flex items-center gap-1.5">
          <span
            title={call}
            className={`min-w-0 flex-1 font-extrabold tracking-tight ${long ? 'line-clamp-2 text-[calc(var(--card-number)*0.62)] leading-[1.1] wrap-anywhere' : 'text-(length:--card-number) leading-(--card-number-row) whitespace-nowrap'}`}
          >
            {call}
          </span>
          {tone !== 'fresh' && (
            <Icon
              of={toneIcons[tone]}
              role="img"
              aria-label={t(tone === 'late' ? 'late' : 'due')}
              className="size-5 shrink-0"
              strokeWidth={2.5}
            />
          )}
          {complete && (
            <Icon
              of={CheckCheck}
              role="img"
              aria-label={t('complete')}
              className="size-6 shrink-0 text-ready"
              strokeWidth={2.5}
            />
          )}
          {state !== 'canceled' && (
            <AgeApart
              since={firedAt}
              className="shrink-0 text-(length:--card-age) leading-(--card-age-row) font-bold tracking-tight"
            />
          )}
        </span>
        <span className="flex flex-wrap items-center gap-x-1.5 text-(length:--card-place) leading-(--card-place-row) font-semibold">
          <span className="min-w-0 flex-1 wrap-anywhere">{again ? board('continued') : about}</span>
          {isRushed(order) && (
            <strong data-tag="rush" className={`${mark} bg-text text-bg`}>
              <Icon of={Zap} className="size-[0.9em] fill-current" />
              {t('rushTag')}
            </strong>
          )}
          {order.hold !== null && (
            <strong data-tag="hold" className={`${mark} bg-info-fill text-on-info`}>
              <Icon of={Pause} className="size-[0.9em]" strokeWidth={3} />
              {t('holdTag')}
            </strong>
          )}
        </span>
      </span>
    </button>
  );
}

/**
 * Each station's progress, once for the order, and how long its first ready dish has waited. While a part of the order
 * is there, the stations that it waits for are louder.
 */
function Progress({
  card,
  complete,
  stationName,
}: {
  card: FloorCard;
  complete: boolean;
  stationName: (id: string) => string;
}) {
  const t = useTranslations('floor');
  const { order, ready, readySince } = card;
  const cold = useClock((now) => readySince !== null && now - readySince > COLD_MS);
  const stations = stationProgress(order);
  const waited = ready.length > 0 && !complete ? 'text-warn' : '';
  const chip = 'inline-flex max-w-full items-center gap-1 font-bold tabular-nums';
  if (stations.length === 0) return null;
  return (
    <ul
      aria-label={t('stations')}
      className="flex flex-wrap gap-x-3 border-t border-line px-(--card-pad) py-1 text-(length:--card-sub) leading-(--card-sub-row)"
    >
      {stations.map(({ stationId, done, total, held }) => {
        const name = stationName(stationId);
        const done_ = done === total;
        return (
          <li
            key={stationId}
            data-station={name}
            data-done={done}
            data-total={total}
            className={`${chip} ${done_ ? 'text-ready' : held ? 'text-faint' : waited}`}
          >
            {done_ && <Icon of={Check} className="size-[1em] shrink-0" strokeWidth={3.5} />}
            {held && (
              <Icon
                of={Pause}
                role="img"
                aria-label={t('state.held')}
                className="size-[1em] shrink-0"
                strokeWidth={3}
              />
            )}
            <span className="min-w-0 wrap-anywhere">{name}</span> {done}/{total}
          </li>
        );
      })}
      {readySince !== null && (
        <li data-cold={cold || undefined} className={`${chip} ml-auto ${cold ? 'text-late' : 'text-ready'}`}>
          <Icon of={Bell} role="img" aria-label={t('state.ready')} className="size-[1em] shrink-0" strokeWidth={2.5} />
          <AgeApart since={readySince} />
        </li>
      )}
    </ul>
  );
}

function Continues({ nextSlot }: { nextSlot: number | null }) {
  const t = useTranslations('board');
  return (
    <p
      data-continues={nextSlot ?? 'next-page'}
      className="flex min-h-(--card-strip) items-center justify-center gap-2 border-t border-line bg-head px-(--card-pad) text-[0.9375rem] leading-tight font-semibold text-muted"
    >
      <span>{nextSlot === null ? t('continuesNext') : t('continuesIn', { slot: nextSlot })}</span>
      <Icon of={ArrowRight} className="size-4.5 shrink-0" />
    </p>
  );
}

const whole =
  'flex min-h-(--card-foot) flex-1 items-center justify-center gap-2 px-2 text-[1.125rem] leading-5 font-bold select-none active:brightness-125';

function Foot({
  card,
  complete,
  canceled,
  actions,
}: {
  card: FloorCard;
  complete: boolean;
  canceled: boolean;
  actions: PassActions;
}) {
  const t = useTranslations('floor');
  const board = useTranslations('board');
  const { order, ready, next } = card;
  const mustSee = useMustSeeAllergy(order, null);
  if (canceled)
    return (
      <footer className="flex">
        <button
          type="button"
          data-action="put-away"
          onClick={() => actions.putAway(order.id)}
          className={`${whole} bg-warn-fill text-on-warn`}
        >
          <Icon of={Eye} className="size-6 shrink-0" />
          {board('seen')}
        </button>
      </footer>
    );
  if (next === null && !complete) return null;
  const serves = complete && !mustSee;
  return (
    <footer className="flex gap-px">
      {next !== null && (
        <button
          type="button"
          data-action="fire"
          onClick={() => actions.fire(order, next.course)}
          className={`${whole} bg-info-fill text-on-info`}
        >
          <Icon of={Play} className="size-5 shrink-0" strokeWidth={2.5} />
          {next.course === null ? t('fire') : t('fireCourse', { course: next.course })}
        </button>
      )}
      {complete && mustSee && <SeeAllergy order={order} ticketId={null} className={`${whole} grow-[2]`} />}
      {serves && (
        <button
          type="button"
          data-action="serve"
          onClick={() => actions.serve(order, ready)}
          className={`${whole} grow-[2] bg-ready text-bg`}
        >
          <Icon of={CheckCheck} className="size-6 shrink-0" strokeWidth={2.5} />
          {tableOf(t, order) === null ? t('handOver') : t('serve')}
        </button>
      )}
    </footer>
  );
}

'use client';
// The foot of the floor's screen, within reach of a thumb: messages, recent serves with their undo, and delayed requests
// to the kitchen with their cancel. It takes its room from the cards, which scroll above it.
import { Undo2, X } from 'lucide';
import type { ReactNode } from 'react';
import { useTranslations, type Words } from '../i18n/index.ts';
import { useClock } from '../live/index.ts';
import { Icon } from '../ui/icon.tsx';
import type { Ask } from './asks.ts';
import { callOf } from '../order/place.ts';
import type { Doing } from './use-order-actions.ts';

/** `children` stand above. */
export function UndoBar({
  serving,
  asks,
  cancel,
  children,
}: Pick<Doing, 'serving' | 'asks' | 'cancel'> & { children: ReactNode }) {
  const t = useTranslations('floor');
  return (
    <section
      aria-label={t('justDone')}
      className="grid max-h-[50dvh] shrink-0 grid-cols-[minmax(0,32rem)] justify-center gap-2 overflow-y-auto px-2 [&:has(>:not(:empty))]:border-t [&:has(>:not(:empty))]:border-line [&:has(>:not(:empty))]:bg-panel [&:has(>:not(:empty))]:py-2 [&:has(>:not(:empty))]:pb-[max(0.5rem,env(safe-area-inset-bottom))]"
    >
      {children}
      <Undos serving={serving} asks={asks} cancel={cancel} />
    </section>
  );
}

/** Several entries stand side by side, because the dishes need the room. */
export function Undos({ serving, asks, cancel }: Pick<Doing, 'serving' | 'asks' | 'cancel'>) {
  const t = useTranslations('floor');
  return (
    <div
      data-undo
      className="group flex min-w-0 flex-wrap gap-2 empty:hidden"
      data-several={asks.length + serving.served.length > 1 || undefined}
    >
      {asks.map((ask) => (
        <Row key={ask.key} title={askWords(t, ask)} detail={t('asks.soon')}>
          <button
            type="button"
            data-action={`cancel-${ask.command.kind}`}
            onClick={() => cancel(ask.key)}
            className={`${action} bg-warn-fill text-on-warn`}
          >
            <Icon of={X} className="size-5" strokeWidth={2.5} />
            {t('cancel')} <Countdown until={ask.until} from={3} />
          </button>
        </Row>
      ))}
      {serving.served.map((entry) => (
        <Row key={entry.key} title={t('served', { place: callOf(t, entry.order) })} detail={entry.dishes}>
          <button
            type="button"
            data-action="undo"
            aria-label={t('undo')}
            onClick={() => serving.undo(entry)}
            className={`${action} bg-info-fill text-on-info`}
          >
            <Icon of={Undo2} className="size-5" strokeWidth={2.5} />
            {t('undo')} <Countdown until={entry.until} from={5} />
          </button>
        </Row>
      ))}
    </div>
  );
}

const action =
  'inline-flex min-h-13 shrink-0 items-center justify-center gap-2 rounded-xl px-4 text-[1.0625rem] font-bold whitespace-nowrap group-data-several:gap-1 group-data-several:px-1.5 group-data-several:text-[1rem] group-data-several:[&>svg]:size-4 active:brightness-125';

function Row({ title, detail, children }: { title: string; detail: string; children: ReactNode }) {
  return (
    <div className="flex min-w-min flex-1 basis-27 items-center gap-3 rounded-2xl border border-line bg-head py-2 pr-2 pl-4 group-data-several:flex-col group-data-several:items-stretch group-data-several:justify-end group-data-several:gap-1 group-data-several:p-1">
      <p
        role="status"
        className="min-w-0 flex-1 group-data-several:line-clamp-2 group-data-several:flex-none group-data-several:px-1 group-data-several:leading-4.5"
      >
        <span className="block text-[1rem] leading-5 font-bold [overflow-wrap:anywhere] group-data-several:inline group-data-several:text-[0.875rem] group-data-several:leading-4.5">
          {title}
        </span>{' '}
        <span
          title={detail}
          className="line-clamp-2 text-[0.9375rem] leading-5 text-muted group-data-several:inline group-data-several:text-[0.875rem] group-data-several:leading-4.5"
        >
          {detail}
        </span>
      </p>
      {children}
    </div>
  );
}

export function askWords(t: Words<'floor'>, { order, command }: Ask): string {
  const place = callOf(t, order);
  if (command.kind === 'rush') return t('asks.rush', { place });
  return command.course === null || command.course === undefined
    ? t('asks.fire', { place })
    : t('asks.fireCourse', { place, course: command.course });
}

/** The one-second beat of the screen's clocks redraws it, but it counts by this device's own time. */
export function Countdown({ until, from }: { until: number; from: number }) {
  const t = useTranslations('floor');
  const left = useClock((now) => (now ? Math.max(1, Math.ceil((until - performance.now()) / 1000)) : from));
  return <span className="tabular-nums">{t('seconds', { count: left })}</span>;
}

'use client';
// A guest's phone: the dishes that are coming, cooking, on their way and served. It polls every few seconds, and says
// so when it gets no answer.
import { Check, CookingPot, Hand, Hourglass, Link2Off, PackageCheck, WifiOff } from 'lucide';
import type { ReactNode } from 'react';
import type { GuestDish, GuestOrder } from '../../server/protocol/guest.ts';
import { useTranslations } from '../i18n/index.ts';
import { LanguageChooser } from '../i18n/language-chooser.tsx';
import { quantityWords } from '../../server/protocol/rules/quantity.ts';
import { Name } from '../order/name.tsx';
import { Icon } from '../ui/icon.tsx';
import { summaryOf } from './guest-words.ts';
import { useGuestOrder } from './use-guest-order.ts';

const badges = {
  coming: { icon: Hourglass, colours: 'bg-head text-text' },
  cooking: { icon: CookingPot, colours: 'bg-info-fill text-on-info' },
  ready: { icon: PackageCheck, colours: 'bg-ready-fill text-on-ready' },
  carried: { icon: Hand, colours: 'bg-warn-fill text-on-warn' },
  served: { icon: Check, colours: 'bg-ready-fill text-on-ready' },
  canceled: { icon: Link2Off, colours: 'bg-head text-muted' },
};

export function GuestScreen({ token }: { token: string }) {
  const t = useTranslations('guest');
  const { order, connection, staleFor } = useGuestOrder(token);
  return (
    <main
      data-theme="light"
      data-guest={order?.state ?? ''}
      data-connection={connection}
      className="min-h-dvh bg-bg px-5 py-8 text-text"
    >
      <div className="mx-auto grid max-w-xl gap-5">
        <p className="text-[1.0625rem] font-bold text-muted">{t('title')}</p>
        {connection === 'stale' && order && (
          <p
            role="status"
            className="flex items-center gap-3 rounded-xl bg-warn-fill px-4 py-3 text-[1.0625rem] font-semibold text-on-warn"
          >
            <Icon of={WifiOff} className="size-6 shrink-0" />
            {t('stale', { minutes: Math.max(1, Math.round(staleFor / 60_000)) })}
          </p>
        )}
        {connection === 'gone' ? (
          <Notice icon={<Icon of={Link2Off} className="size-12 text-muted" />} title={t('gone')} text={t('goneWhy')} />
        ) : order ? (
          <Dishes order={order} />
        ) : (
          <Notice
            icon={<Icon of={Hourglass} className="size-12 text-muted" />}
            title={connection === 'stale' ? t('away') : t('opening')}
            text=""
          />
        )}
        <footer className="pt-6 text-[0.9375rem]">
          <LanguageChooser size="desk" />
        </footer>
      </div>
    </main>
  );
}

function Dishes({ order }: { order: GuestOrder }) {
  const t = useTranslations('guest');
  return (
    <>
      <h1 aria-live="polite" className="text-[2rem] leading-tight font-extrabold text-balance">
        {summaryOf(t, order)}
      </h1>
      <ul className="grid gap-2.5">
        {order.dishes.map((dish, index) => (
          <Dish key={`${index} ${dish.name}`} dish={dish} />
        ))}
      </ul>
    </>
  );
}

function Dish({ dish: { name, quantity, unit, state } }: { dish: GuestDish }) {
  const t = useTranslations('guest');
  const { icon, colours } = badges[state];
  return (
    <li
      data-dish
      data-state={state}
      className="flex items-center gap-4 rounded-2xl border border-line bg-card px-4 py-3.5"
    >
      {(quantity !== 1 || unit) && (
        <strong className="text-[1.25rem] tabular-nums">{quantityWords(quantity, unit)}</strong>
      )}
      <span
        className={`min-w-0 flex-1 text-[1.1875rem] leading-6 font-semibold wrap-anywhere ${state === 'served' ? 'text-muted' : ''}`}
      >
        <Name>{name}</Name>
      </span>
      <span
        className={`inline-flex shrink-0 items-center gap-1.5 rounded-full px-3 py-1.5 text-[0.9375rem] font-bold ${colours}`}
      >
        <Icon of={icon} className="size-4.5" strokeWidth={2.5} />
        {t(`state.${state}`)}
      </span>
    </li>
  );
}

function Notice({ icon, title, text }: { icon: ReactNode; title: string; text: string }) {
  return (
    <div className="grid justify-items-center gap-3 py-16 text-center">
      {icon}
      <h1 className="text-[1.625rem] leading-tight font-extrabold text-balance">{title}</h1>
      {text && <p className="text-[1.0625rem] text-muted">{text}</p>}
    </div>
  );
}

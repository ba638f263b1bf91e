'use client';
// What all pages of a manager stand in: one live board, the head with the way to the others, and which restaurant it is.
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import type { ScreenIdentity } from '../../server/protocol/views.ts';
import { FindButton } from '../find/index.ts';
import { useTranslations } from '../i18n/index.ts';
import { BoardProvider, useScreen } from '../live/index.ts';
import { Clock, Pill, ScreenRoot, StaleBanner, Toasts } from '../ui/index.ts';

export interface Restaurants { id: string; name: string }

/** @param restaurants those that whoever is signed in manages; empty on a paired screen */
export function ManagerFrame({ screen, restaurants, children }: { screen: ScreenIdentity; restaurants: readonly Restaurants[]; children: ReactNode }) {
  return (
    <BoardProvider screen={screen}>
      <ScreenRoot theme="light" className="min-h-dvh">
        <Head restaurants={restaurants} />
        {children}
        <Toasts />
      </ScreenRoot>
    </BoardProvider>
  );
}

const tabs = [
  { key: 'now', href: '/manager' },
  { key: 'times', href: '/manager/times' },
  { key: 'orders', href: '/manager/orders' },
  { key: 'people', href: '/manager/people', signedIn: true },
  { key: 'devices', href: '/manager/devices', signedIn: true },
  { key: 'setup', href: '/manager/setup', signedIn: true },
] as const;

/** Which restaurant, or which screen, a page of a manager is of. */
export function useManagerLink(): (path: string) => string {
  const { person, deviceId, restaurant } = useScreen();
  const query = person === null ? new URLSearchParams({ device: deviceId }) : new URLSearchParams({ restaurant: restaurant.id });
  return (path) => `${path}?${query}`;
}

function Head({ restaurants }: { restaurants: readonly Restaurants[] }) {
  const t = useTranslations('manager.nav');
  const { restaurant, person } = useScreen();
  const link = useManagerLink();
  const path = usePathname();
  return (
    <header className="sticky top-0 z-10 flex items-center border-b border-line bg-panel">
      <StaleBanner className="flex min-w-0 flex-1 flex-wrap items-center gap-x-6 px-4 md:pl-6">
        {restaurants.length > 1 ? <Switcher restaurants={restaurants} /> : <h1 className="max-w-72 min-w-0 truncate py-2.5 text-[1.25rem] leading-8 font-bold max-md:flex-1">{restaurant.name}</h1>}
        <nav aria-label={t('label')} className="flex min-w-0 gap-x-1 overflow-x-auto max-md:order-last max-md:-mx-2 max-md:basis-full">
          {tabs.filter((tab) => !('signedIn' in tab) || person !== null).map(({ key, href }) => {
            const here = href === '/manager' ? path === href : path.startsWith(href);
            return (
              <Link
                key={key}
                href={link(href)}
                aria-current={here ? 'page' : undefined}
                className={`inline-flex min-h-12 items-center border-b-[3px] px-2.5 text-[1rem] font-semibold whitespace-nowrap md:min-h-14 ${here ? 'border-info text-text' : 'border-transparent text-muted'}`}
              >
                {t(key)}
              </Link>
            );
          })}
        </nav>
        <span className="ml-auto md:hidden">
          <Pill compact />
        </span>
        <span className="ml-auto max-md:hidden">
          <Pill />
        </span>
        <Clock className="text-[1.0625rem] font-bold max-md:hidden" />
      </StaleBanner>
      {person !== null && <a href="/account" className="mr-3 inline-flex min-h-10 items-center rounded-xl border border-line px-3 text-[0.9375rem] font-bold whitespace-nowrap">{t('account')}</a>}
      <FindButton labelled className="mr-4 min-h-10 rounded-xl border border-line px-3 text-[0.9375rem] font-bold max-md:hidden md:mr-6" />
    </header>
  );
}

/** The page is loaded anew: nothing of the other restaurant stays on it. */
function Switcher({ restaurants }: { restaurants: readonly Restaurants[] }) {
  const t = useTranslations('manager.nav');
  const { restaurant } = useScreen();
  const path = usePathname();
  const page = tabs.findLast(({ href }) => path.startsWith(href))?.href ?? '/manager';
  return (
    <h1 className="min-w-0 max-md:flex-1">
      <select
        aria-label={t('restaurant')}
        value={restaurant.id}
        onChange={(event) => location.assign(`${page}?${new URLSearchParams({ restaurant: event.target.value })}`)}
        className="min-h-11 max-w-72 truncate rounded-xl border border-line bg-panel px-3 text-[1.125rem] font-bold max-md:w-full"
      >
        {restaurants.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </h1>
  );
}

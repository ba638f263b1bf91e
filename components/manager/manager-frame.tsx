'use client';
// The frame of all pages of a manager: one live board, and a head with the other pages and the choice of the
// restaurant.
import { CircleUser } from 'lucide';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import type { ScreenIdentity } from '../../server/protocol/views.ts';
import { FindButton } from '../find/index.ts';
import { useTranslations } from '../i18n/index.ts';
import { BoardProvider, useScreen } from '../live/index.ts';
import { Icon } from '../ui/icon.tsx';
import { Clock, Pill, ScreenRoot, StaleStrip, Toasts } from '../ui/index.ts';

export interface Restaurants {
  id: string;
  name: string;
}

/** @param restaurants the restaurants that the signed-in person manages; empty on a paired screen */
export function ManagerFrame({
  screen,
  restaurants,
  children,
}: {
  screen: ScreenIdentity;
  restaurants: readonly Restaurants[];
  children: ReactNode;
}) {
  return (
    <BoardProvider screen={screen}>
      <ScreenRoot theme="light" className="min-h-dvh">
        <Head restaurants={restaurants} />
        {children}
        <div className="sticky bottom-0 z-30 mx-auto max-w-3xl px-3">
          <Toasts />
        </div>
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
  { key: 'changes', href: '/manager/changes', signedIn: true },
] as const;

/** The restaurant or the screen of a manager's page. */
export function useManagerLink(): (path: string) => string {
  const { person, deviceId, restaurant } = useScreen();
  const query =
    person === null ? new URLSearchParams({ device: deviceId }) : new URLSearchParams({ restaurant: restaurant.id });
  return (path) => `${path}?${query}`;
}

function Head({ restaurants }: { restaurants: readonly Restaurants[] }) {
  const t = useTranslations('manager.nav');
  const { restaurant, person } = useScreen();
  const link = useManagerLink();
  const path = usePathname() ?? '';
  return (
    <>
      <header className="@container sticky top-0 z-10 border-b border-line bg-panel px-4 md:px-6">
        <div className="flex flex-wrap items-center gap-x-3 md:flex-nowrap md:gap-x-4">
          {restaurants.length > 1 ? (
            <Switcher restaurants={restaurants} />
          ) : (
            <h1
              title={restaurant.name}
              className="max-w-72 min-w-0 truncate py-2.5 text-[1.25rem] leading-8 font-bold max-md:flex-[1_1_5.5rem]"
            >
              {restaurant.name}
            </h1>
          )}
          <nav
            aria-label={t('label')}
            className="flex min-w-0 gap-x-1 overflow-x-auto mask-r-from-[calc(100%-1.5rem)] pr-4 max-md:order-last max-md:-mx-2 max-md:basis-full md:flex-1"
          >
            {tabs
              .filter((tab) => !('signedIn' in tab) || person !== null)
              .map(({ key, href }) => {
                const here = href === '/manager' ? path === href : path.startsWith(href);
                return (
                  <Link
                    key={key}
                    href={link(href)}
                    aria-current={here ? 'page' : undefined}
                    ref={here ? inView : undefined}
                    className={`inline-flex min-h-12 items-center border-b-[3px] px-2.5 text-[1rem] font-semibold whitespace-nowrap md:min-h-14 ${here ? 'border-info text-text' : 'border-transparent text-muted'}`}
                  >
                    {t(key)}
                  </Link>
                );
              })}
          </nav>
          <div className="ml-auto flex shrink-0 items-center gap-1.5 py-1">
            <span className="@min-[76rem]:hidden">
              <Pill compact />
            </span>
            <span className="hidden @min-[76rem]:inline">
              <Pill />
            </span>
            <Clock className="hidden px-2 text-[1.0625rem] font-bold @min-[60rem]:inline" />
            <FindButton className="size-[44px] rounded-xl border border-line" />
            {person !== null && (
              <a
                href="/account"
                aria-label={t('account')}
                title={t('account')}
                className="grid size-[44px] place-items-center rounded-xl border border-line"
              >
                <Icon of={CircleUser} className="size-5" />
              </a>
            )}
          </div>
        </div>
      </header>
      <StaleStrip className="px-4 py-2 md:px-6" />
    </>
  );
}

/** On a phone not all pages fit beside each other. */
const inView = (link: HTMLElement | null): void => {
  const row = link?.parentElement;
  if (link && row) row.scrollLeft = link.offsetLeft - row.offsetLeft - (row.clientWidth - link.offsetWidth) / 2;
};

/** The page is loaded anew: nothing of the other restaurant stays on it. */
function Switcher({ restaurants }: { restaurants: readonly Restaurants[] }) {
  const t = useTranslations('manager.nav');
  const { restaurant } = useScreen();
  const path = usePathname() ?? '';
  const page = tabs.findLast(({ href }) => path.startsWith(href))?.href ?? '/manager';
  return (
    <h1 className="min-w-0 max-md:flex-[1_1_5.5rem]">
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

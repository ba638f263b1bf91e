'use client';
// Around the pages of somebody who is signed in: where they are, which restaurant, and out.
import type { ReactNode } from 'react';
import { LanguageChooser, useTranslations } from '../i18n/index.ts';
import { forgetPerson } from './forget.ts';
import { call } from './manage-call.ts';
import type { PersonView } from './person-header.ts';
import { WhileSignedIn } from './signed-out.tsx';

type Place = 'people' | 'devices' | 'account';

interface FrameProps { person: PersonView; restaurant: { id: string; name: string } | null; place: Place; children: ReactNode }

export function ManageFrame({ person, restaurant, place, children }: FrameProps) {
  const t = useTranslations('people');
  const managed = person.restaurants.filter(({ role }) => role === 'manager' || role === 'operator');
  const at = restaurant ?? managed[0] ?? null;
  const link = (path: string) => (at ? `${path}?${new URLSearchParams({ restaurant: at.id })}` : path);
  const links: [Place | 'now', string][] = [...(at ? [['now', link('/manager')], ['people', link('/manager/people')], ['devices', link('/manager/devices')]] as [Place | 'now', string][] : []), ['account', '/account']];
  return (
    <WhileSignedIn restaurantId={restaurant?.id ?? null}>
      <main data-theme="light" data-page={place} className="min-h-dvh bg-bg text-text">
        <header className="border-b border-line bg-panel">
          <div className="mx-auto flex max-w-5xl flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3">
            <a href="/" className="text-[20px] font-extrabold tracking-tight">Heard.</a>
            <nav aria-label={t('nav.label')} className="flex flex-wrap gap-1">
              {links.map(([name, href]) => (
                <a key={name} href={href} aria-current={name === place ? 'page' : undefined} className="inline-flex min-h-10 items-center rounded-lg px-3 text-[15px] font-semibold text-muted aria-[current]:bg-head aria-[current]:text-text">
                  {t(`nav.${name}`)}
                </a>
              ))}
            </nav>
            <div className="ml-auto flex flex-wrap items-center gap-3">
              {restaurant && managed.length > 1 && (
                <label className="flex items-center gap-2 text-[15px]">
                  <span className="sr-only">{t('nav.restaurant')}</span>
                  <select value={restaurant.id} onChange={(event) => location.assign(`${location.pathname}?${new URLSearchParams({ restaurant: event.target.value })}`)} className="min-h-10 max-w-56 rounded-lg border border-line bg-panel px-2 font-semibold">
                    {managed.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
                  </select>
                </label>
              )}
              {restaurant && managed.length <= 1 && <span className="text-[15px] font-semibold">{restaurant.name}</span>}
              <button type="button" data-action="sign-out" onClick={() => void signOut(person)} className="min-h-10 rounded-lg border border-line px-3 text-[15px] font-semibold">{t('nav.signOut')}</button>
            </div>
          </div>
        </header>
        <div className="mx-auto grid max-w-5xl grid-cols-1 content-start gap-6 px-4 py-6">{children}</div>
        <footer className="mx-auto max-w-5xl px-4 pb-8"><LanguageChooser size="desk" /></footer>
      </main>
    </WhileSignedIn>
  );
}

/** Takes with it what this browser keeps of the person's screens. */
export async function signOut(person: PersonView): Promise<void> {
  await call('POST', '/auth/sign-out').catch(() => {});
  await forgetPerson(person);
  location.replace('/sign-in');
}

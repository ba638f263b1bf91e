'use client';
// The frame of one's own account: links to the managed pages, and the way out.
import type { ReactNode } from 'react';
import { useTranslations } from '../i18n/index.ts';
import { LanguageChooser } from '../i18n/language-chooser.tsx';
import { forgetPerson } from './forget.ts';
import { call } from '../http/call.ts';
import type { PersonView } from '../../server/protocol/people.ts';
import { WhileSignedIn } from './signed-out.tsx';

export function AccountFrame({ person, children }: { person: PersonView; children: ReactNode }) {
  const t = useTranslations('people');
  const managed = person.restaurants.filter(({ role }) => role === 'manager' || role === 'operator');
  const links = [
    ...(managed.length
      ? ([
          ['now', '/manager'],
          ['people', '/manager/people'],
          ['devices', '/manager/devices'],
        ] as const)
      : []),
    ['account', '/account'],
  ] as const;
  return (
    <WhileSignedIn restaurantId={null}>
      <main data-theme="light" data-page="account" className="min-h-dvh bg-bg text-text">
        <header className="border-b border-line bg-panel">
          <div className="mx-auto flex max-w-5xl flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3">
            <a href="/" className="text-[1.25rem] font-extrabold tracking-tight">
              Heard.
            </a>
            <nav
              aria-label={t('nav.label')}
              className="flex flex-wrap gap-1 max-md:order-last max-md:-mx-3 max-md:basis-full"
            >
              {links.map(([name, href]) => (
                <a
                  key={name}
                  href={href}
                  aria-current={name === 'account' ? 'page' : undefined}
                  className="inline-flex min-h-10 items-center rounded-lg px-3 text-[0.9375rem] font-semibold text-muted aria-[current]:bg-head aria-[current]:text-text"
                >
                  {t(`nav.${name}`)}
                </a>
              ))}
            </nav>
            <div className="ml-auto flex flex-wrap items-center gap-3">
              <button
                type="button"
                data-action="sign-out"
                onClick={() => void signOut(person)}
                className="min-h-10 rounded-lg border border-line px-3 text-[0.9375rem] font-semibold"
              >
                {t('nav.signOut')}
              </button>
            </div>
          </div>
        </header>
        <div className="mx-auto grid max-w-5xl grid-cols-1 content-start gap-6 px-4 py-6">{children}</div>
        <footer className="mx-auto max-w-5xl px-4 pb-8">
          <LanguageChooser size="desk" />
        </footer>
      </main>
    </WhileSignedIn>
  );
}

/** Also deletes everything that this browser keeps of the person's screens. */
export async function signOut(person: PersonView): Promise<void> {
  await call(null, 'POST', '/auth/sign-out').catch(() => {});
  await forgetPerson(person);
  location.replace('/sign-in');
}

// The front page outside the demo: the screens that this browser is paired as, and how to pair another one.
import type { ReactNode } from 'react';
import type { ScreenIdentity } from '../../server/protocol/views.ts';
import { readWords } from '../i18n/server.tsx';
import { screenLink } from './links.ts';
import { PageFrame } from './page-frame.tsx';
import { ScreenList } from './screen-list.tsx';
import { WaysIn } from './set-up-list.tsx';
import { Title } from './title.tsx';

export async function PairedFront({ screens, person }: { screens: readonly ScreenIdentity[]; person: string | null }) {
  const [t, common] = await Promise.all([readWords('front'), readWords('common')]);
  const nameOf = ({ role, station, restaurant }: ScreenIdentity): string =>
    `${station?.name ?? common(`roles.${role}`)} · ${restaurant.name}`;
  return (
    <PageFrame>
      <Title>{t('paired')}</Title>
      {screens.length > 0 && (
        <section className="pb-8">
          <h2 className="pb-3 text-[22px] font-bold">{t('myScreens')}</h2>
          <ScreenList
            label={t('myScreens')}
            entries={screens.map((screen) => ({ href: screenLink(screen), role: screen.role, name: nameOf(screen) }))}
          />
        </section>
      )}
      <section className="rounded-2xl border border-line bg-card p-5 text-[18px] leading-7 text-muted">
        <h2 className="pb-2 text-[22px] font-bold text-text">{screens.length > 0 ? t('another') : t('notYet')}</h2>
        <p>{t.rich('how', { code })}</p>
      </section>
      <WaysIn name={person} />
    </PageFrame>
  );
}

const code = (chunks: ReactNode) => (
  <code className="rounded bg-head px-1.5 py-0.5 text-[16px] text-text">{chunks}</code>
);

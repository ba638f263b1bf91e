// The front page of the demo: every screen of every restaurant is one tap away, and the tap pairs this browser.
import { ChefHat } from 'lucide';
import type { DemoRestaurant } from '../../server/protocol/demo.ts';
import type { Role } from '../../server/protocol/domain.ts';
import { readWords } from '../i18n/server.tsx';
import { Icon } from '../ui/icon.tsx';
import { manageLink, openLink } from './links.ts';
import { PageFrame } from './page-frame.tsx';
import { ScreenList, type ScreenEntry } from './screen-list.tsx';
import { SetUpList } from './set-up-list.tsx';
import { Title } from './title.tsx';

export async function DemoFront({ restaurants }: { restaurants: readonly DemoRestaurant[] }) {
  const [t, roles] = await Promise.all([readWords('front'), readWords('common')]);
  return (
    <PageFrame wide>
      <Title>{t('demo')}</Title>
      {restaurants.length === 0 && <p className="text-[20px] text-muted">{t('noRestaurant')}</p>}
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,19rem),1fr))] items-start gap-5">
        {restaurants.map((restaurant) => (
          <section key={restaurant.id} className="rounded-2xl border border-line bg-card p-4">
            <h2 className="truncate px-1 pb-3 text-[22px] font-bold">{restaurant.name}</h2>
            <StationList restaurant={restaurant} />
            <ScreenList
              label={t('otherScreens', { restaurant: restaurant.name })}
              entries={wholeHouse(restaurant, (role) => roles(`roles.${role}`))}
            />
            <SetUpList restaurant={restaurant} />
          </section>
        ))}
      </div>
    </PageFrame>
  );
}

async function StationList({ restaurant: { id, name, stations } }: { restaurant: DemoRestaurant }) {
  const t = await readWords('front');
  return (
    <ul aria-label={t('kitchenScreens', { restaurant: name })} className="grid grid-cols-2 gap-2 pb-2">
      {stations.map((station) => (
        <li key={station.name} className="odd:last:col-span-2">
          <a
            href={openLink(id, 'kitchen', station.name)}
            className="flex min-h-16 items-center gap-3 rounded-xl bg-head px-4 active:brightness-125"
          >
            <Icon of={ChefHat} className="size-6 shrink-0 text-ready" />
            <span className="line-clamp-2 min-w-0 py-1 text-[19px] leading-6 font-bold wrap-break-word">
              {station.name}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

const wholeHouse = ({ id }: DemoRestaurant, nameOf: (role: Role) => string): ScreenEntry[] =>
  (['expo', 'floor', 'manager'] as const).map((role) => ({
    href: role === 'manager' ? manageLink(id, '/manager') : openLink(id, role),
    role,
    name: nameOf(role),
  }));

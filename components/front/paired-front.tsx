// The front page outside the demo: the screens that this browser is, and how another one is made.
import type { ScreenIdentity } from '../../server/protocol/views.ts';
import { screenLink } from './links.ts';
import { PageFrame } from './page-frame.tsx';
import { ScreenList } from './screen-list.tsx';
import { Title } from './title.tsx';

export function PairedFront({ screens }: { screens: readonly ScreenIdentity[] }) {
  return (
    <PageFrame>
      <Title>Orders come from the ordering platform and show here as tickets, at the station that cooks them, until the guest has them.</Title>
      {screens.length > 0 && (
        <section className="pb-8">
          <h2 className="pb-3 text-[22px] font-bold">This browser’s screens</h2>
          <ScreenList label="This browser’s screens" entries={screens.map((screen) => ({ href: screenLink(screen), role: screen.role, name: nameOf(screen) }))} />
        </section>
      )}
      <section className="rounded-2xl border border-line bg-card p-5 text-[18px] leading-7 text-muted">
        <h2 className="pb-2 text-[22px] font-bold text-text">{screens.length > 0 ? 'Another screen' : 'This browser is not a screen yet'}</h2>
        <p>
          An operator makes a link for it with <code className="rounded bg-head px-1.5 py-0.5 text-[16px] text-text">POST /api/v1/devices</code>. Open that link on
          the device within 5 minutes: it works once, and lands on the screen.
        </p>
      </section>
    </PageFrame>
  );
}

const names = { kitchen: 'Kitchen', expo: 'Expo', floor: 'Floor', manager: 'Manager' } as const;

const nameOf = ({ role, station, restaurant }: ScreenIdentity): string => `${station?.name ?? names[role]} · ${restaurant.name}`;

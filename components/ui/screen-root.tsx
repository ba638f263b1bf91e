'use client';
// The root of every screen. Its attributes name the screen, its connection state and its newest change. Once the device
// is no longer paired, or its person is signed out, it shows only a notice.
import { Unplug } from 'lucide';
import { memo, type ReactNode } from 'react';
import type { ScreenIdentity } from '../../server/protocol/views.ts';
import { useTranslations } from '../i18n/index.ts';
import { useBoard, useLink, useScreen } from '../live/index.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { useHydrated } from './use-hydrated.ts';
import { useLook } from './use-preferences.ts';

export function ScreenRoot({
  theme = 'dark',
  className = '',
  children,
}: {
  theme?: 'dark' | 'light';
  className?: string;
  children: ReactNode;
}) {
  const screen = useScreen();
  const { role } = screen;
  const { connection, cause } = useLink();
  const rev = useBoard((view) => view.rev);
  const restored = useBoard((view) => view.restored !== null);
  const slow = useBoard((view) => view.slow);
  const motion = useBoard((view) => view.motion);
  useLook();
  const ended = cause?.kind === 'revoked' || cause?.kind === 'not-paired';
  return (
    <div
      data-screen={role}
      data-connection={connection}
      data-rev={rev ?? ''}
      data-restored={restored || undefined}
      data-slow={slow || undefined}
      data-motion={motion || undefined}
      data-theme={theme}
      className={`bg-bg text-text ${className}`}
    >
      <InstallAs screen={screen} />
      {ended ? <NoLongerPaired /> : children}
    </div>
  );
}

/**
 * Each screen can be installed as an app of its own. React moves the manifest link into the page's head only when it
 * runs in the browser: on a page of the Pages Router, a link rendered on the server stays in the body.
 */
const InstallAs = memo(function InstallAs({ screen: { role, station, deviceId, person } }: { screen: ScreenIdentity }) {
  const roles = useTranslations('common.roles');
  if (!useHydrated()) return null;
  const path = role === 'kitchen' ? `/kitchen/${encodeURIComponent(station?.name ?? '')}` : `/${role}`;
  const asked = new URLSearchParams({
    page: person ? path : `${path}?device=${deviceId}`,
    name: station?.name ?? roles(role),
  });
  return <link rel="manifest" href={`/manifest.webmanifest?${asked.toString()}`} />;
});

function NoLongerPaired() {
  const t = useTranslations('common.ended');
  const { person } = useScreen();
  const words = person ? (['signedOut', 'signedOutText', 'signIn'] as const) : (['title', 'text', 'again'] as const);
  return (
    <main
      data-signed-out={person ? '' : undefined}
      className="grid h-dvh place-content-center justify-items-center gap-4 p-6 text-center"
    >
      <Icon of={Unplug} className="size-16 text-late" />
      <h1 role="alert" className="text-[34px] leading-tight font-bold">
        {t(words[0])}
      </h1>
      <p className="max-w-xl text-[20px] text-muted">{t(words[1])}</p>
      <Button onClick={() => location.reload()}>{t(words[2])}</Button>
    </main>
  );
}

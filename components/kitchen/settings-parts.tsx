'use client';
// The parts of the settings that the kitchen's and the pass's screens share: choices, sounds and the display.
import { Maximize, Minimize, Volume2 } from 'lucide';
import type { ReactNode } from 'react';
import { useTranslations } from '../i18n/index.ts';
import { useFullScreen, useWakeLock } from '../ui/device.ts';
import { Icon } from '../ui/icon.tsx';
import { Button, prefer, usePreferences, type Preferences, type ScreenSounds, type SoundName } from '../ui/index.ts';

/** The sounds of the screen, with their names to be tried. */
export function SoundsGroup({ heard, names }: { heard: ScreenSounds; names: readonly SoundName[] }) {
  const t = useTranslations('board.settings');
  const start = useTranslations('board.head');
  const { sounds } = usePreferences();
  return (
    <Group title={t('sounds.title')}>
      <div className="flex flex-wrap items-center gap-2">
        {!heard.running && (
          <Button tone="warn" data-action="start-shift" onClick={heard.start}>
            {start('startShift')}
          </Button>
        )}
        <Button
          data-action="mute"
          aria-pressed={sounds.muted}
          tone={sounds.muted ? 'warn' : 'plain'}
          onClick={() => prefer({ sounds: { ...sounds, muted: !sounds.muted } })}
        >
          {t(sounds.muted ? 'sounds.muted' : 'sounds.mute')}
        </Button>
        <label className="flex min-h-16 min-w-56 flex-1 items-center gap-3 text-[1.125rem]">
          <Icon of={Volume2} className="size-6" />
          <span className="sr-only">{t('sounds.volume')}</span>
          <input
            type="range"
            data-setting="volume"
            min={0}
            max={100}
            step={5}
            value={Math.round(sounds.volume * 100)}
            onChange={(event) => prefer({ sounds: { muted: false, volume: Number(event.target.value) / 100 } })}
            className="h-16 flex-1 accent-info"
          />
          <span className="w-14 text-right tabular-nums">{Math.round(sounds.volume * 100)} %</span>
        </label>
      </div>
      <div className="flex flex-wrap gap-2">
        {names.map((name) => (
          <Button
            key={name}
            tone="outline"
            data-action={`play-${name}`}
            disabled={!heard.running}
            onClick={() => heard.play([name])}
          >
            {t(`sounds.${name}`)}
          </Button>
        ))}
      </div>
    </Group>
  );
}

export function DisplayGroup() {
  const t = useTranslations('board.settings');
  const settings = usePreferences();
  // The screen holds the wake lock. Here it is read only to show whether it was granted.
  const wake = useWakeLock(settings.awake);
  const screen = useFullScreen();
  return (
    <Group title={t('display.title')}>
      <div className="flex flex-wrap items-center gap-2">
        <Button data-action="full-screen" disabled={!screen.available} onClick={screen.toggle}>
          {screen.full ? (
            <Icon of={Minimize} className="size-6" />
          ) : (
            <Icon of={Maximize} aria-hidden className="size-6" />
          )}
          {t(screen.full ? 'display.leave' : 'display.full')}
        </Button>
        <Button
          data-action="awake"
          aria-pressed={settings.awake}
          tone={settings.awake ? 'info' : 'plain'}
          disabled={wake === 'unavailable'}
          onClick={() => prefer({ awake: !settings.awake })}
        >
          {t('display.awake')}
        </Button>
      </div>
      <p role="status" data-wake-lock={wake} className="text-[1rem] text-muted">
        {wake === 'unavailable' && t('display.unavailable')}
        {wake === 'on' && t('display.on')}
        {wake === 'off' && settings.awake && t('display.off')}
        {!screen.available && ` ${t('display.noFull')}`}
      </p>
    </Group>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="grid gap-2">
      <legend className="pb-2 text-[1.125rem] font-semibold text-muted">{title}</legend>
      {children}
    </fieldset>
  );
}

type Chosen = 'density' | 'text' | 'theme' | 'bump' | 'places';

export function Choice<K extends Chosen>({
  name,
  value,
  options,
}: {
  name: K;
  value: Preferences[K];
  options: readonly Preferences[K][];
}) {
  const t = useTranslations('board.settings');
  const words = (key: string) => t(`${name}.${key}` as Parameters<typeof t>[0]);
  return (
    <Group title={words('title')}>
      <div className="flex flex-wrap gap-2">
        {options.map((option) => (
          <Button
            key={option}
            data-action={`${name}-${option}`}
            aria-pressed={option === value}
            tone={option === value ? 'info' : 'plain'}
            onClick={() => prefer({ [name]: option })}
          >
            {words(option)}
          </Button>
        ))}
      </div>
    </Group>
  );
}

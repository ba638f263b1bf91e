'use client';
// What this device is set to. Everything takes effect at once, so that it can be seen.
import { Keyboard, Maximize, Minimize, Volume2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, prefer, usePreferences, type Preferences, type SoundName } from '../ui/index.ts';
import { useFullScreen, useWakeLock } from './device.ts';
import { Sheet } from '../ui/sheet.tsx';
import type { SheetProps } from './sheets.ts';
import { useHeard } from './sounds-context.ts';

const soundNames: Record<SoundName, string> = { new: 'New', changed: 'Changed', voided: 'Voided', rushed: 'Rush', ready: 'Ready' };

export function SettingsSheet({ onOpen, onClose }: SheetProps) {
  const settings = usePreferences();
  const { sounds } = settings;
  const heard = useHeard();
  // Only asked for where the screen does; here it says how that went.
  const wake = useWakeLock(settings.awake);
  const screen = useFullScreen();
  return (
    <Sheet title="Settings of this device" onClose={onClose}>
      <div className="grid gap-6 p-5">
        <Choice title="Density" name="density" value={settings.density} options={{ roomy: 'Roomy', medium: 'Medium', compact: 'Compact' }} />
        <p className="-mt-4 text-[1rem] text-muted">Compact has room for 40 tickets and more: a tap on the head of a ticket bumps it, a tap below opens it.</p>
        <Choice title="Text size" name="text" value={settings.text} options={{ normal: 'Normal', large: 'Large', largest: 'Largest' }} />
        <Choice title="Colours" name="theme" value={settings.theme} options={{ auto: 'As usual', dark: 'Dark', light: 'Light' }} />
        <Choice title="Bump with" name="bump" value={settings.bump} options={{ single: 'One tap', double: 'Two taps' }} />
        <Choice title="When a ticket leaves" name="places" value={settings.places} options={{ closing: 'Others close up', fixed: 'Others keep their places' }} />
        <Group title="Sounds">
          <div className="flex flex-wrap items-center gap-2">
            {!heard.running && <Button tone="warn" data-action="start-shift" onClick={heard.start}>Start shift</Button>}
            <Button data-action="mute" aria-pressed={sounds.muted} tone={sounds.muted ? 'warn' : 'plain'} onClick={() => prefer({ sounds: { ...sounds, muted: !sounds.muted } })}>{sounds.muted ? 'Muted' : 'Mute'}</Button>
            <label className="flex min-h-16 min-w-56 flex-1 items-center gap-3 text-[1.125rem]">
              <Volume2 aria-hidden className="size-6" />
              <span className="sr-only">Volume</span>
              <input type="range" data-setting="volume" min={0} max={100} step={5} value={Math.round(sounds.volume * 100)} onChange={(event) => prefer({ sounds: { muted: false, volume: Number(event.target.value) / 100 } })} className="h-16 flex-1 accent-info" />
              <span className="w-14 text-right tabular-nums">{Math.round(sounds.volume * 100)} %</span>
            </label>
          </div>
          <div className="flex flex-wrap gap-2">
            {(Object.keys(soundNames) as SoundName[]).map((name) => <Button key={name} tone="outline" data-action={`play-${name}`} disabled={!heard.running} onClick={() => heard.play([name])}>{soundNames[name]}</Button>)}
          </div>
        </Group>
        <Group title="Display">
          <div className="flex flex-wrap items-center gap-2">
            <Button data-action="full-screen" disabled={!screen.available} onClick={screen.toggle}>
              {screen.full ? <Minimize aria-hidden className="size-6" /> : <Maximize aria-hidden className="size-6" />}
              {screen.full ? 'Leave full screen' : 'Full screen'}
            </Button>
            <Button data-action="awake" aria-pressed={settings.awake} tone={settings.awake ? 'info' : 'plain'} disabled={wake === 'unavailable'} onClick={() => prefer({ awake: !settings.awake })}>Keep the display on</Button>
          </div>
          <p role="status" data-wake-lock={wake} className="text-[1rem] text-muted">
            {wake === 'unavailable' && 'This browser cannot keep the display on: that needs https, or an app. Switch off its sleep in the tablet’s settings.'}
            {wake === 'on' && 'The display stays on.'}
            {wake === 'off' && settings.awake && 'The browser does not keep the display on just now.'}
            {!screen.available && ' This browser has no full screen: add the page to the home screen instead.'}
          </p>
        </Group>
        <Button data-action="open-keys" onClick={() => onOpen('keys')}>
          <Keyboard aria-hidden className="size-6" />
          Keys and bump bar
        </Button>
      </div>
    </Sheet>
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

function Choice<K extends Chosen>({ title, name, value, options }: { title: string; name: K; value: Preferences[K]; options: Record<Preferences[K], string> }) {
  return (
    <Group title={title}>
      <div className="flex flex-wrap gap-2">
        {(Object.entries(options) as [Preferences[K], string][]).map(([option, words]) => (
          <Button key={option} data-action={`${name}-${option}`} aria-pressed={option === value} tone={option === value ? 'info' : 'plain'} onClick={() => prefer({ [name]: option })}>
            {words}
          </Button>
        ))}
      </div>
    </Group>
  );
}

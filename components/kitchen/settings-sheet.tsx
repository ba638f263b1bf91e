'use client';
// The settings of this device. Each takes effect at once, so that its effect can be seen.
import { Keyboard } from 'lucide';
import { useTranslations } from '../i18n/index.ts';
import { LanguageChooser } from '../i18n/language-chooser.tsx';
import { Icon } from '../ui/icon.tsx';
import { Button, usePreferences, type SoundName } from '../ui/index.ts';
import { Sheet } from '../ui/sheet.tsx';
import type { BoardSheetProps } from './sheet-props.ts';
import { Choice, DisplayGroup, SoundsGroup } from './settings-parts.tsx';
import { useHeard } from './sounds-context.ts';

const soundNames: readonly SoundName[] = ['new', 'changed', 'voided', 'rushed', 'ready'];

export function SettingsSheet({ onOpen, onClose }: BoardSheetProps) {
  const t = useTranslations('board.settings');
  const settings = usePreferences();
  return (
    <Sheet title={t('title')} onClose={onClose}>
      <div className="grid gap-6 p-5">
        <Choice name="density" value={settings.density} options={['roomy', 'medium', 'compact']} />
        <p className="-mt-4 text-[1rem] text-muted">{t('density.hint')}</p>
        <Choice name="text" value={settings.text} options={['normal', 'large', 'largest']} />
        <Choice name="theme" value={settings.theme} options={['auto', 'dark', 'light']} />
        <Choice name="bump" value={settings.bump} options={['single', 'double']} />
        <Choice name="places" value={settings.places} options={['closing', 'fixed']} />
        <LanguageChooser />
        <SoundsGroup heard={useHeard()} names={soundNames} />
        <DisplayGroup />
        <Button data-action="open-keys" onClick={() => onOpen('keys')}>
          <Icon of={Keyboard} className="size-6" />
          {t('keys')}
        </Button>
      </div>
    </Sheet>
  );
}

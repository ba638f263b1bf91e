'use client';
// The settings of a screen at the pass. Each takes effect at once, so that its effect can be seen.
import { useTranslations } from '../i18n/index.ts';
import { LanguageChooser } from '../i18n/language-chooser.tsx';
import { Choice, DisplayGroup, SoundsGroup } from '../kitchen/settings-parts.tsx';
import { usePreferences, type ScreenSounds, type SoundName } from '../ui/index.ts';
import { Sheet } from '../ui/sheet.tsx';

const soundNames: readonly SoundName[] = ['new', 'ready', 'late', 'voided', 'rushed'];

export function PassSettingsSheet({ sounds, onClose }: { sounds: ScreenSounds; onClose: () => void }) {
  const t = useTranslations('board.settings');
  const settings = usePreferences();
  return (
    <Sheet title={t('title')} onClose={onClose}>
      <div className="grid gap-6 p-5">
        <Choice name="density" value={settings.density} options={['roomy', 'medium', 'compact']} />
        <Choice name="text" value={settings.text} options={['normal', 'large', 'largest']} />
        <Choice name="theme" value={settings.theme} options={['auto', 'dark', 'light']} />
        <LanguageChooser />
        <SoundsGroup heard={sounds} names={soundNames} />
        <DisplayGroup />
      </div>
    </Sheet>
  );
}

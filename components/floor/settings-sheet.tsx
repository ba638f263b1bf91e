'use client';
// The settings of a waiter's device: the tables that it alerts for, language, sounds, colours and text size.
import { useTranslations } from '../i18n/index.ts';
import { LanguageChooser } from '../i18n/language-chooser.tsx';
import { prefer, type ScreenSounds, usePreferences } from '../ui/index.ts';
import { Sheet } from '../ui/sheet.tsx';
import { SheetButton, ButtonRow, SheetPart } from './sheet-parts.tsx';
import { TablesPart } from './tables-part.tsx';

export function FloorSettingsSheet({ sounds: heard, onClose }: { sounds: ScreenSounds; onClose: () => void }) {
  const t = useTranslations('floor.settings');
  const { theme, text, sounds } = usePreferences();
  return (
    <Sheet title={t('title')} onClose={onClose}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5 p-4">
        <TablesPart />
        <SheetPart title={t('sounds')}>
          <div className="flex flex-wrap items-center gap-2">
            <SheetButton
              action="sounds-on"
              pressed={!sounds.muted}
              onClick={() => {
                prefer({ sounds: { ...sounds, muted: false } });
                heard.start();
              }}
            >
              {t('on')}
            </SheetButton>
            <SheetButton
              action="sounds-off"
              pressed={sounds.muted}
              onClick={() => prefer({ sounds: { ...sounds, muted: true } })}
            >
              {t('off')}
            </SheetButton>
            <label className="flex min-h-13 min-w-48 flex-1 items-center gap-3 text-[1.0625rem]">
              {t('volume')}
              <input
                type="range"
                min={0.1}
                max={1}
                step={0.1}
                value={sounds.volume}
                className="h-13 min-w-0 flex-1 accent-info"
                onChange={(event) => prefer({ sounds: { ...sounds, volume: event.target.valueAsNumber } })}
                onPointerUp={() => heard.play(['ready'])}
              />
            </label>
          </div>
        </SheetPart>
        <LanguageChooser size="floor" />
        <SheetPart title={t('theme')}>
          <ButtonRow>
            {(['auto', 'dark', 'light'] as const).map((option) => (
              <SheetButton
                key={option}
                action={`theme-${option}`}
                pressed={theme === option}
                onClick={() => prefer({ theme: option })}
              >
                {t(option)}
              </SheetButton>
            ))}
          </ButtonRow>
        </SheetPart>
        <SheetPart title={t('text')}>
          <ButtonRow>
            {(['normal', 'large', 'largest'] as const).map((option) => (
              <SheetButton
                key={option}
                action={`text-${option}`}
                pressed={text === option}
                onClick={() => prefer({ text: option })}
              >
                {t(option)}
              </SheetButton>
            ))}
          </ButtonRow>
        </SheetPart>
      </div>
    </Sheet>
  );
}

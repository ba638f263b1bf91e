// The building blocks of screens.
export { Button } from './button.tsx';
export { Digits } from './apart.tsx';
export { Age, AgeApart, Clock, TimeOfDay } from './clock.tsx';
export { EmptyBoard } from './empty-board.tsx';
export { Form, Submit } from './form.tsx';
export { HeadButton, headButton } from './head-button.tsx';
export { lateSheet } from './late-sheet.tsx';
export { Pill } from './pill.tsx';
export { ScreenRoot } from './screen-root.tsx';
export { COVER, SettleGuard, type Box } from './settle-guard.ts';
export { StaleBanner, StaleStrip } from './stale-banner.tsx';
export { prefer, type Preferences } from './preferences.ts';
export { formatAge, formatSpan, formatTime } from '../i18n/times.ts';
export { Toasts } from './toast.tsx';
export { useSounds, type ScreenSounds } from './use-sounds.ts';
export type { SoundName } from './sounds.ts';
export { usePreferences } from './use-preferences.ts';
export { useSettling } from './use-settling.ts';

// The language functions for components. Pages use server.tsx.
export { useLocale } from 'use-intl';
export { useTranslations } from './use-translations.ts';
export { LanguageProvider } from './provider.tsx';
export { LanguageChooser } from './language-chooser.tsx';
export { languageNames, languageTags, locales, type Locale } from './locales.ts';
export { isolated } from '../../server/protocol/rules/isolate.ts';
export { useTimes } from './use-times.ts';
export type { Words } from './types.ts';

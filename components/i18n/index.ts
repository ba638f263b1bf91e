// The language functions for components. Pages use server.tsx. The chooser (language-chooser.tsx) is not among them: it
// brings the App Router's navigation, 5 KB gzipped, which no page needs before its settings are opened.
export { useLocale } from 'use-intl';
export { useTranslations } from './use-translations.ts';
export { LanguageProvider } from './provider.tsx';
export { languageNames, languageTags, locales, type Locale } from './locales.ts';
export { isolated } from '../../server/protocol/rules/isolate.ts';
export { useTimes } from './use-times.ts';
export type { Words } from './types.ts';

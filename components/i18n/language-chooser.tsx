'use client';
// The choice of this device's language, for every screen's settings. The choice is a cookie, since the server picks the
// texts. The page then requests itself again in the other language, and keeps its board, its queue and its place.
import { useRouter as usePagesRouter } from 'next/compat/router';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { languageNames, languageTags, type Locale, LOCALE_COOKIE, locales } from './locales.ts';

const YEAR_S = 31_536_000;

/** `size` is the height for a finger at that screen: 64 px in the kitchen, 52 px on the floor, 40 px at a desk. */
export function LanguageChooser({ size = 'kitchen' }: { size?: 'kitchen' | 'floor' | 'desk' }) {
  const t = useTranslations('common');
  const current = useLocale();
  const router = useRouter();
  const pages = usePagesRouter();
  const [changing, change] = useTransition();
  const choose = (locale: Locale) => {
    document.cookie = `${LOCALE_COOKIE}=${locale}; path=/; max-age=${YEAR_S}; samesite=lax`;
    // The kitchen's page belongs to the Pages Router, for which `refresh` would reload the document.
    change(() => (pages ? void pages.replace(pages.asPath, undefined, { scroll: false }) : router.refresh()));
  };
  const height = { kitchen: 'min-h-16 text-[20px]', floor: 'min-h-13 text-[17px]', desk: 'min-h-10 text-[15px]' }[size];
  return (
    <fieldset aria-busy={changing} className="flex flex-wrap gap-2">
      <legend className="pb-2 font-semibold text-muted">{t('language')}</legend>
      {locales.map((locale) => (
        <button
          key={locale}
          type="button"
          lang={languageTags[locale]}
          data-action={`language-${locale}`}
          aria-pressed={locale === current}
          onClick={() => choose(locale)}
          className={`rounded-xl border px-5 font-bold ${height} ${locale === current ? 'border-info bg-info-fill text-on-info' : 'border-line bg-panel text-text'}`}
        >
          {languageNames[locale]}
        </button>
      ))}
    </fieldset>
  );
}

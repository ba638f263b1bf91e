// The languages of the screens, and the rule for the one that a browser is given.

export const locales = ['en', 'zh'] as const;
export type Locale = (typeof locales)[number];

/** The language chosen in a device's settings. Without it the browser's own languages decide. */
export const LOCALE_COOKIE = 'heard_locale';

/** For <html lang>, and for the browser's own choice of font, digits and dates. */
export const languageTags: Record<Locale, string> = { en: 'en', zh: 'zh-Hans' };

/** Each language by its own name, so that its readers find it. */
export const languageNames: Record<Locale, string> = { en: 'English', zh: '简体中文' };

const isLocale = (value: unknown): value is Locale => locales.some((locale) => locale === value);

/**
 * @param chosen the cookie's value
 * @param accepted the Accept-Language header
 */
export function pickLocale(chosen: string | null | undefined, accepted: string | null | undefined): Locale {
  if (isLocale(chosen)) return chosen;
  const wanted = (accepted ?? '')
    .split(',')
    .map(parseWanted)
    .filter(({ quality }) => quality > 0);
  // The sort is stable: of two languages with the same quality, the first one counts.
  for (const { language } of wanted.sort((a, b) => b.quality - a.quality)) if (isLocale(language)) return language;
  return 'en';
}

/**
 * `zh-TW;q=0.8`: only the language counts. Readers of Traditional Chinese are better served by Simplified than by
 * English.
 */
function parseWanted(entry: string): { language: string; quality: number } {
  const [tag = '', ...parameters] = entry.split(';').map((part) => part.trim());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  return {
    language: tag.split('-', 1)[0]!.toLowerCase(),
    quality: quality === undefined ? 1 : Number(quality.slice(2)) || 0,
  };
}

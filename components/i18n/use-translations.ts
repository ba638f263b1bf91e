// The texts of an area, in the language of the page.
import { useTranslations as useTexts } from 'use-intl';
import { isolating } from './isolating.ts';

export const useTranslations = ((area: Parameters<typeof useTexts>[0]) => isolating(useTexts(area))) as typeof useTexts;

'use client';
// A refusal of the server, in the reader's words.
import { PASSWORD_MIN } from '../../server/protocol/limits.ts';
import { useTranslations } from '../i18n/index.ts';
import { asCallError } from '../http/call.ts';

/** @returns words for an error that `call` threw; `wrong` is the meaning of a 401 here */
export function useProblem(): (error: unknown, wrong?: string) => string {
  const t = useTranslations('people');
  return (error, wrong) => {
    const { status, detail, errors, retryAfterSeconds } = asCallError(error);
    if (status === 401 && wrong !== undefined) return wrong;
    if (status === 429) return t('problem.tooMany', { minutes: Math.floor(retryAfterSeconds / 60) });
    if (status === 0 || status === 503) return t('problem.away');
    for (const { field, code } of errors) {
      if (code === 'own' || code === 'few' || code === 'common') return t(`password.${code}`);
      if (field === 'present') return t('password.wrong');
      if (field === 'pin') return t('people.easyPin');
      if (field === 'password' || field === 'next') return t('password.short', { min: PASSWORD_MIN });
    }
    if (status === 403) return t('problem.notYours');
    if (status === 404 || status === 410) return t('problem.gone');
    return t('problem.unsaid', { detail });
  };
}

// A sentence about a tap that was not carried out.
import type { Words } from '../i18n/index.ts';
import type { BoardMessage, UndoneTap } from '../live/index.ts';

/** @param timeOfDay formats the time, in ms, of a tap that had to wait for the server */
export function messageWords(t: Words<'common'>, message: BoardMessage, timeOfDay: (at: number) => string): string {
  if ('lostTaps' in message) return t('notDone.lost', { count: message.lostTaps });
  if ('unstoredTaps' in message) return t('notDone.unstored');
  const { about, why, by, tappedAt } = message.tap;
  const reason = whyWords(t, why);
  const what =
    'order' in about
      ? t('notDone.order', { number: about.order, reason })
      : t('notDone.dish', { dish: about.dish, reason });
  const whose = by === null ? what : t('notDone.by', { what, by });
  return tappedAt === null ? whose : t('notDone.tappedAt', { what: whose, time: timeOfDay(Date.parse(tappedAt)) });
}

function whyWords(t: Words<'common'>, { code, dish, state }: UndoneTap['why']): string {
  if (code === 'line-state') return t('why.line-state', { dish: dish ?? '', state: state ?? '' });
  if (code === 'ticket-state') return t('why.ticket-state', { state: state ?? '' });
  return t(`why.${code}`);
}

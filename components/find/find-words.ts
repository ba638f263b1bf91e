// The sentences about an order that was looked up, and about one that is not here.
import type { FoundOrder, PipelineState } from '../../server/protocol/find.ts';
import type { Words } from '../i18n/index.ts';
import type { TimeFormats } from '../i18n/times.ts';

/** A sentence, and whether somebody has to act on it. */
export function whereWords(t: Words<'find'>, { where, parked, reason }: FoundOrder): { text: string; bad: boolean } {
  switch (where) {
    case 'failed':
      return { text: t('where.failed', { attempts: parked?.attempts ?? 0 }), bad: true };
    case 'rejected':
      return { text: t('where.rejected', { reason: reason ?? '' }), bad: true };
    case 'parked':
    case 'discarded':
    case 'canceled':
      return { text: t(`where.${where}`), bad: true };
    default:
      return { text: t(`where.${where}`), bad: false };
  }
}

/** The reason why the order, or a newer change of it, does not come. Null if there is none. */
export function parkedWords(
  t: Words<'find'>,
  times: TimeFormats,
  timeZone: string,
  { where, parked }: FoundOrder,
): string | null {
  if (!parked) return null;
  const isHere = where !== 'parked' && where !== 'failed';
  const what = parked.failed
    ? t('retry.failed', { attempts: parked.attempts })
    : t('retry.waits', {
        attempts: parked.attempts,
        at: parked.nextAttemptAt ? times.time(Date.parse(parked.nextAttemptAt), timeZone, true) : '',
      });
  return [isHere && t('retry.newer'), what, parked.lastError && t('retry.because', { error: parked.lastError })]
    .filter(Boolean)
    .join(' ');
}

/** Why an order may not be here yet. `sure` if there is no place left where it could be. */
export function absenceWords(
  t: Words<'find'>,
  times: TimeFormats,
  { messagesWaiting, secondsBehind, orderApi, kafka, unfetchedOrders }: PipelineState,
): { sure: boolean; words: string[] } {
  const words: string[] = [];
  if (kafka === 'away') words.push(t('absent.kafkaAway'));
  else if (messagesWaiting === null) words.push(t('absent.lagUnknown'));
  if (messagesWaiting)
    words.push(t('absent.waiting', { messages: messagesWaiting, span: times.span((secondsBehind ?? 0) * 1000) }));
  if (orderApi === 'down') words.push(t('absent.orderApiDown'));
  if (unfetchedOrders) words.push(t('absent.unfetched', { orders: unfetchedOrders }));
  return words.length ? { sure: false, words } : { sure: true, words: [t('absent.notSent')] };
}

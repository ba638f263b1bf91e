// Words for a dish that is sold out, or is counted ("3 left"). Pure.
import type { SoldOut } from '../../server/protocol/facts.ts';
import { quantityWords } from '../../server/protocol/rules/quantity.ts';
import { isGone } from '../../server/protocol/rules/sold-out.ts';
import type { Words } from '../i18n/index.ts';
import type { TimeFormats } from '../i18n/times.ts';

/** The texts, and the restaurant's clock. */
export interface Telling {
  readonly t: Words<'soldOut'>;
  readonly times: TimeFormats;
  readonly timeZone: string;
}

const DAY_MS = 24 * 3600_000;

/** The time of day; with its date where it is more than a day after the tap. */
export function untilWords(
  { times, timeZone }: Telling,
  { at, until }: Pick<SoldOut, 'at'> & { until: string },
): string {
  const end = Date.parse(until);
  const time = times.time(end, timeZone);
  return end - Date.parse(at) > DAY_MS ? `${times.date(end, timeZone)} ${time}` : time;
}

/** The tag at a dish of an order: "86", "86 until 18:00", "3 left". */
export function tagWords(telling: Telling, mark: SoldOut): string {
  const { t } = telling;
  if (!isGone(mark)) return t('left', { count: quantityWords(mark.left!) });
  return mark.until === null
    ? t('tag')
    : t('tagUntil', { time: untilWords(telling, { at: mark.at, until: mark.until }) });
}

/** All that is known of a mark, for the list of them. */
export function markWords(telling: Telling, mark: SoldOut): string {
  const { t, times, timeZone } = telling;
  const { at, by, until, left } = mark;
  return [
    isGone(mark)
      ? t('since', { time: times.time(Date.parse(at), timeZone) })
      : t('left', { count: quantityWords(left!) }),
    left !== null && left < 0 && t('over', { count: quantityWords(-left) }),
    until !== null && t('until', { time: untilWords(telling, { at, until }) }),
    by !== null && t('by', { name: by }),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** One of the marks in the strip over a screen's cards. */
export function stripWords(telling: Telling, mark: SoldOut): string {
  const { t, times, timeZone } = telling;
  const { name: dish, at, until, left } = mark;
  if (!isGone(mark)) return t('dishLeft', { dish, count: quantityWords(left!) });
  return until === null
    ? t('dishSince', { dish, time: times.time(Date.parse(at), timeZone) })
    : t('dishUntil', { dish, time: untilWords(telling, { at, until }) });
}

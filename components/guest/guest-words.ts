// One sentence about a whole order.
import type { GuestOrder } from '../../server/protocol/guest.ts';
import type { Words } from '../i18n/index.ts';

/** The best news comes first: an order to collect, dishes on their way, then dishes being cooked. */
export function summaryOf(t: Words<'guest'>, { state, dishes }: GuestOrder): string {
  const count = (wanted: string) => dishes.filter((dish) => dish.state === wanted).length;
  if (state === 'canceled') return t('summary.canceled');
  if (state === 'served') return t('summary.served');
  if (count('ready')) return t('summary.ready');
  if (count('carried')) return t('summary.carried', { count: count('carried') });
  if (count('cooking')) return t('summary.cooking', { count: count('cooking') });
  return t(count('served') ? 'summary.more' : 'summary.coming');
}

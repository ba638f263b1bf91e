// The place that an order goes to: its table, else the way it leaves the house.
import { ORDER_TYPES } from '../../server/protocol/domain.ts';
import { isolated } from '../../server/protocol/rules/isolate.ts';
import { isTableNumber } from '../order/place.ts';
import type { Words } from '../i18n/index.ts';

/** An unknown type is shown as it came. */
export function placeWords(
  t: Words<'manager'>,
  { type, table }: { type: string | null; table: string | null },
): string {
  const named = table?.trim();
  if (named && type !== 'TAKEAWAY' && type !== 'DELIVERY')
    return isTableNumber(named) ? t('place.table', { table: named }) : isolated(named);
  if (type === null) return t('place.none');
  const known = ORDER_TYPES.find((one) => one === type);
  return known === undefined ? isolated(type) : t(`setup.types.${known}`);
}

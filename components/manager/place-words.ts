// The place that an order goes to: its table, else the way it leaves the house.
import { ORDER_TYPES } from '../../server/protocol/domain.ts';
import type { Words } from '../i18n/index.ts';

/** An unknown type is shown as it came. */
export function placeWords(
  t: Words<'manager'>,
  { type, table }: { type: string | null; table: string | null },
): string {
  const named = table?.trim();
  if (named && type !== 'TAKEAWAY' && type !== 'DELIVERY')
    return /^(table|bar|terrace|room)\b|[\u4e00-\u9fff]$/i.test(named) ? named : t('place.table', { table: named });
  if (type === null) return t('place.none');
  const known = ORDER_TYPES.find((one) => one === type);
  return known === undefined ? type : t(`setup.types.${known}`);
}

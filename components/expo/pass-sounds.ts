// The sounds for the changes at the pass between two moments.
import { isRushed, type OrderView } from '../../server/protocol/views.ts';
import { allReady, floorCard } from '../order/cards.ts';
import type { SoundName } from '../ui/sounds.ts';
import { isCanceled } from '../../server/protocol/status.ts';

type Orders = ReadonlyMap<string, OrderView>;

/** Each sound is played once, the most urgent first, however many changes came at once. */
const byUrgency: readonly SoundName[] = ['rushed', 'voided', 'ready', 'new'];

export function passSoundsBetween(before: Orders, after: Orders): SoundName[] {
  const heard = new Set<SoundName>();
  for (const [id, order] of after) {
    const was = before.get(id);
    if (was === order) continue;
    if (isCanceled(order)) {
      if (was && !isCanceled(was)) heard.add('voided');
      continue;
    }
    if (isRushed(order) && !(was && isRushed(was))) heard.add('rushed');
    else if (!was && order.closedAt === null) heard.add('new');
    // What was served and is taken back is no news.
    if (was && allReady(floorCard(order)) && !allReady(floorCard(was)) && !wasServed(was)) heard.add('ready');
  }
  return byUrgency.filter((name) => heard.has(name));
}

const wasServed = (order: OrderView): boolean => floorCard(order).state === 'served';

/** Whether an order is late now that was not before. */
export const isNewlyLate = (before: ReadonlySet<string>, now: ReadonlySet<string>): boolean =>
  [...now].some((id) => !before.has(id));

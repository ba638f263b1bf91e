// The sounds for the changes on a station's board between two moments.
import { isRushed, type OrderView, type TicketView } from '../../server/protocol/views.ts';
import type { SoundName } from '../ui/sounds.ts';
import { ticketsOf } from './station-tickets.ts';
import { isCanceled } from '../../server/protocol/status.ts';

type Orders = ReadonlyMap<string, OrderView>;

/** Each sound is played once, the most urgent first, however many changes came at once. */
const byUrgency: readonly SoundName[] = ['rushed', 'voided', 'new', 'changed', 'ready'];

export function soundsBetween(before: Orders, after: Orders, stationId: string | null): SoundName[] {
  const heard = new Set<SoundName>();
  for (const [id, order] of after) {
    const was = before.get(id);
    if (was === order) continue;
    for (const card of ticketsOf(order)) {
      if (stationId !== null && card.ticket.stationId !== stationId) continue;
      const former = was?.tickets.find((ticket) => ticket.id === card.ticket.id);
      if (card.ticket.state === 'open' && (!former || former.state === 'held')) heard.add(card.rush ? 'rushed' : 'new');
      for (const sound of noticed(card.ticket, former)) heard.add(sound);
      for (const line of card.lines) {
        if (!line.flag || line.ticketId !== card.ticket.id) continue;
        const flag = was?.lines.find((other) => other.id === line.id)?.flag;
        if (flag?.kind === line.flag.kind && flag.at === line.flag.at) continue;
        heard.add(line.flag.kind === 'voided' ? 'voided' : 'changed');
      }
      if (was && !isRushed(was) && isRushed(order) && card.onBoard) heard.add('rushed');
    }
    if (was && isShared(order, stationId) && !isReady(was) && isReady(order)) heard.add('ready');
  }
  return byUrgency.filter((name) => heard.has(name));
}

function noticed({ notices }: TicketView, former: TicketView | undefined): SoundName[] {
  return notices
    .filter(
      ({ kind, at }) => kind !== 'rush' && !former?.notices.some((notice) => notice.kind === kind && notice.at === at),
    )
    .map(({ kind }) => (kind === 'canceled' ? 'voided' : 'changed'));
}

/**
 * Whether the order is cooked here and elsewhere. A cook with one part done wants to hear when the rest is done.
 */
function isShared({ lines }: OrderView, stationId: string | null): boolean {
  const stations = new Set(lines.filter((line) => !line.voided).map((line) => line.stationId));
  return stations.size > 1 && (stationId === null || stations.has(stationId));
}

const isReady = (order: OrderView) =>
  !isCanceled(order) && order.lines.every(({ voided, state }) => voided || state === 'ready' || state === 'served');

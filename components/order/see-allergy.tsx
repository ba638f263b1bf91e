'use client';
// The button by which somebody says, with their name, that they have seen a guest's allergy. While the restaurant asks
// for it, it stands in the place of Bump at a station, and of Serve at the hand-over.
import { Eye } from 'lucide';
import { mustSeeAtHandOver, mustSeeAtStation } from '../../server/protocol/rules/allergy-seen.ts';
import { readerOf } from '../../server/protocol/readings.ts';
import type { OrderView } from '../../server/protocol/views.ts';
import { useTranslations } from '../i18n/index.ts';
import { useBoard, useSend } from '../live/index.ts';
import { Icon } from '../ui/icon.tsx';

/** Whether the button is asked for now: of a ticket at its station, or of the order at the hand-over (null). */
export function useMustSeeAllergy(order: OrderView, ticketId: string | null): boolean {
  const asked = useBoard((view) => view.facts.allergySeen);
  return (
    asked &&
    (ticketId === null ? mustSeeAtHandOver(order, readerOf(order)) : mustSeeAtStation(order, ticketId, readerOf(order)))
  );
}

export function SeeAllergy({
  order,
  ticketId,
  className,
}: {
  order: OrderView;
  ticketId: string | null;
  className: string;
}) {
  const t = useTranslations('common');
  const send = useSend();
  return (
    <button
      type="button"
      data-action="see-allergy"
      onClick={() => void send({ kind: 'see-allergy', orderId: order.id, ...(ticketId !== null && { ticketId }) })}
      className={`relative z-10 bg-allergy-fill font-bold text-on-allergy select-none active:brightness-110 ${className}`}
    >
      <Icon of={Eye} className="size-6 shrink-0" />
      {t('allergy.see')}
    </button>
  );
}
